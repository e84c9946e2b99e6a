// `verify --strategy`: one strategy against the contract of the gate.
#pragma once

#include "command/option.hpp"

namespace gatesim {

/// The options that go with --strategy.
std::vector<Option> verify_strategy_options();

/// Tries the strategy on random scenarios, or on the one that --random names. Returns the exit code: kBroken at the
/// first violation, which is printed with the line that repeats it.
int verify_strategy(const Arguments& arguments);

}  // namespace gatesim
