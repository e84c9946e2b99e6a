// Series over time that several pictures draw.
#pragma once

#include <string>
#include <vector>

#include "picture/panels.hpp"
#include "report/folder.hpp"

namespace gatesim::report {

/// Dates where the period has a start, else what has passed.
picture::Axis time_axis(const StudyFolder& folder);

/// Length and window of each queue of a gate, as steps.
struct QueueSteps {
    std::string name;  ///< "gate/integrated"
    picture::Series length, window;
};
std::vector<QueueSteps> queue_steps(const Table& queue);

/// Busy nodes of every pool, as steps; sizes from the scenario.
std::vector<picture::Pool> pool_use(const Table& nodes, const std::vector<PoolSize>& sizes);

/// The last instant that any table tells of.
double last_instant(const Tables& tables);

}  // namespace gatesim::report
