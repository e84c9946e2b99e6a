// Random scenarios in which jobs share what there is by other rules: groups, grants by place, successes used again.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// Concurrency groups, grants of nodes and of semaphores in order of the queue, jobs that reuse a success, returns to
/// the front: each with some chance. `below(n)` draws a number from 0 to n-1.
void share_by_other_rules(Scenario& scenario, const std::function<int(int)>& below);

}  // namespace gatesim
