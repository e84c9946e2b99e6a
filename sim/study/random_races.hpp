// Races of the branch in a random scenario.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// `below(n)`: the next draw, from 0 to n - 1.
void give_races(Scenario& scenario, const std::function<int(int)>& below);

}  // namespace gatesim
