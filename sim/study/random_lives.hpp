// Pools of a random scenario that live.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// The first pool lives by any rule, with any of its parameters, and perhaps a second one of the same label shares its
/// quota or helps out after a time. It can always serve the largest job. `coincide`: times fall together. `below(n)`
/// draws a number from 0 to n-1.
void let_pools_live(Scenario& scenario, bool coincide, const std::function<int(int)>& below);

}  // namespace gatesim
