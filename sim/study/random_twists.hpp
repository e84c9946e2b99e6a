// What lies away from the beaten track of random scenarios: parts of a scenario that is made already are bent.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// Latencies on everything, requests for many nodes, changes that are listed or approved in an odd order, new patch
/// sets of changes that others need: each with some chance. `below(n)` draws a number from 0 to n-1; `coincide` keeps
/// all times on the same grid.
void twist(Scenario& scenario, bool coincide, const std::function<int(int)>& below);

}  // namespace gatesim
