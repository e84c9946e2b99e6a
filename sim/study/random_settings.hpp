// Settings of a random scenario that change in the course of its run.
#pragma once

#include <functional>

#include "model/scenario.hpp"

namespace gatesim {

/// Steps of the timeline for what jobs and changes are like and for semaphores, and trouble at stated times: each with
/// some chance. `below(n)` draws a number from 0 to n-1; `coincide` keeps all times on the same grid. The timeline has
/// to be in order of time already, and is so afterwards.
void set_by_time(Scenario& scenario, bool coincide, const std::function<int(int)>& below);

/// Failing runs of some jobs show that they will fail before their end.
void show_early(Scenario& scenario, const std::function<int(int)>& below);

/// What those who read predictions hear: nothing, hits and misses, or scores, sure of themselves or not.
void predict(Scenario& scenario, const std::function<int(int)>& below);

/// Amounts that the strategy of the first pipeline goes by, changed twice. `parameters`: those that it has.
void retune_by_time(Scenario& scenario, const std::vector<Parameter>& parameters, const std::function<int(int)>& below);

/// Freezes and pauses of the first pipeline, with changes that are exempt. Most end.
void hold_by_time(Scenario& scenario, bool coincide, const std::function<int(int)>& below);

/// The same by hours of the week. Most of a run lies in the first minutes of one.
void hold_by_week(Scenario& scenario, bool coincide, const std::function<int(int)>& below);

}  // namespace gatesim
