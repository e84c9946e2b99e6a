// What a cause depends on: a node, region or provider, an hour of the day, a time, a base, changes tested together, or
// how many builds ran at once. The one that explains best where the hits lie, if it does so beyond chance.
#pragma once

#include <string>
#include <vector>

#include "correlate/runs.hpp"

namespace gatesim::correlate {

struct Factor {
    std::string name;    ///< node, region, provider, hour, time, base, tested_with, concurrency; empty = none found
    std::string value;   ///< "north-2", "02 to 05", "2014-01-20T06:00:00Z to …", a change
    double log_p = 0;    ///< after correction for everything that was tried
    double share = 0;    ///< of the hits that lie there
    double at_risk = 0;  ///< runs there
};

/// `failed` are the builds that a cause hit; those at risk are all runs of their jobs.
Factor find_factor(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits);

/// How many other builds ran when each started.
std::vector<std::uint32_t> concurrency(const Builds& builds);

}  // namespace gatesim::correlate
