// Random scenarios, full of what makes gates go wrong: failures, conflicts, dependencies, retries, withdrawals,
// promotions, tiny pools, semaphores, and times that coincide. One number names one scenario.
#pragma once

#include <cstdint>

#include "model/scenario.hpp"

namespace gatesim {

struct RandomScenarioOptions {
    int changes = 30;
    bool coincide = true;     ///< times on a coarse grid, so that events fall on one instant
    bool check_too = true;    ///< sometimes a check and a post pipeline beside the gate
    StrategyChoice strategy;  ///< of the gate; window parameters are drawn on top if it is "zuul"
    bool draw_window = true;
};

Scenario random_scenario(std::uint64_t number, const RandomScenarioOptions& options);

}  // namespace gatesim
