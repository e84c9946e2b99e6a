// A scenario with twice the load, or twice the failures, as values to set.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// "/load/arrivals/rate=80/h" and so on; or why that cannot be done.
struct ScaledSets {
    std::string what;
    std::vector<std::string> sets;
    std::string why_not;
};

/// From the resolved scenario (Scenario::resolved).
ScaledSets twice_the_load(const std::string& resolved);
ScaledSets twice_the_failures(const std::string& resolved);

}  // namespace gatesim
