// Random scenarios, full of what makes gates go wrong: failures, conflicts, dependencies, retries, flakes, withdrawals,
// promotions, outages, tiny pools, semaphores, jobs that take no time, overlapping footprints, repairs, predictions
// good and bad, and times that coincide. One number names one scenario; of the same number with fewer changes the first
// ones are the same.
#pragma once

#include <cstdint>

#include "model/scenario.hpp"

namespace gatesim {

struct RandomScenarioOptions {
    int changes = 30;
    bool coincide = true;              ///< times on a coarse grid, so that events fall on one instant
    bool check_too = true;             ///< sometimes a check and a post pipeline beside the gate
    StrategyChoice strategy;           ///< of the gate; parameters are drawn on top of its values
    bool draw_window = true;           ///< draws the window parameters of "zuul"
    std::vector<Parameter> draw_from;  ///< draws some of these too
};

Scenario random_scenario(std::uint64_t number, const RandomScenarioOptions& options);

}  // namespace gatesim
