// Puts a strategy to the test: random scenarios in which it has to keep the contract. (Used by `verify --strategy`.)
#pragma once

#include <cstdint>
#include <string>

#include "model/scenario.hpp"

namespace gatesim {

/// One trial; all of it follows from these three.
struct Trial {
    std::string strategy;      ///< its name; "exec:PROGRAM" for one from outside
    std::uint64_t number = 1;  ///< of the random scenario, and the seed of its luck
    int changes = 30;
};

/// The scenario of a trial: the strategy with some of its parameters drawn (a preset keeps what it sets). Every eighth
/// is one of the zoo (study/extreme_scenario.hpp).
Scenario scenario_of(const Trial& trial);

struct TrialResult {
    std::string broken;       ///< what was broken, with the last events; empty if the contract was kept
    std::string unavailable;  ///< the strategy's program could not be started, or was killed
    std::string stuck;        ///< changes that no strategy could have decided (see Gate::account_for_the_rest)
};

/// Runs it on the heap, with the auditor listening.
TrialResult try_contract(const Trial& trial);

/// The trial with the fewest changes that still breaks the contract, given one that does.
Trial smallest(const Trial& broken);

/// The command that repeats it, after the program's name: "verify --strategy zuul --random 17 --changes 4".
std::string replay_line(const Trial& trial);

}  // namespace gatesim
