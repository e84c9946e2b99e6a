// Runs of a random scenario that nobody hears of or that hang, and changes out of line.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// Some jobs have a chance that a run never reports, or hangs, from the start or from a time on; some listed changes
/// have such runs by their script. Some jobs have a timeout, so that hanging ends. `below(n)` draws a number from 0 to
/// n-1.
void lose_runs(Scenario& scenario, const std::function<int(int)>& below);

/// Some listed changes go to the front, and some want to be alone.
void jump_and_be_alone(Scenario& scenario, const std::function<int(int)>& below);

}  // namespace gatesim
