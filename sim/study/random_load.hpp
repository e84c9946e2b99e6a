// What stands on top of the drawn changes of a random scenario.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// For scenarios whose changes arrive at a rate: hours of the week, changes that are listed, and events that name any
/// of them, each with some chance. `below(n)` draws a number from 0 to n-1.
void mix_load(Scenario& scenario, const std::function<int(int)>& below);

}  // namespace gatesim
