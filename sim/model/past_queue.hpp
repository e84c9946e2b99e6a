// Landings that no queue has tested, as a scenario has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/ids.hpp"
#include "model/time.hpp"

namespace gatesim {

/// Somebody pushes to a branch, past all queues, at a stated time.
struct Push {
    Time at = 0;
    ProjectId project = 0;
    std::string branch = "master";
};

/// The same, at random: pushes of their own at a rate, or a share of the changes that would have been enqueued.
struct PastQueue {
    double per_second = 0;
    double share = 0;
    std::uint64_t limit = 0;                             ///< stop after so many; 0 = the period's end
    std::vector<std::pair<ProjectId, double>> projects;  ///< at a rate: weights
    std::string author;                                  ///< at a rate: who pushes
    std::optional<double> breaks;                        ///< share of them with a defect; none: Failures::defect
    std::vector<JobId> jobs;                             ///< what a defect of them can break; empty = all
};

}  // namespace gatesim
