// Changes and time: the picture that explains a reset, from the tables of a run.
#pragma once

#include <optional>

#include "picture/change_time.hpp"
#include "report/folder.hpp"

namespace gatesim::report {

/// Rows, bars, crosses and arrows of one queue each. Empty without stays.csv and attempts.csv. `about` and `time` are
/// left to the caller.
struct Still {
    std::string queue;  ///< "gate/integrated"
    picture::ChangeTime chart;
    std::size_t landed = 0, out = 0, resets = 0;
};
std::vector<Still> stills(const Tables& tables);

}  // namespace gatesim::report
