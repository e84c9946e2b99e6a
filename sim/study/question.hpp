// What the result of a replication depends on, so that an earlier one is used again only for the same question.
#pragma once

#include <string>

#include "model/scenario.hpp"

namespace gatesim {

/// Which build of gatesim this is: the same for the same program file, another one as soon as its code differs. Empty
/// if that cannot be told.
const std::string& build_id();

/// Of the programs that strategies name: their bytes, and those of the files named behind them, wherever they are.
/// What a program reads or imports on its own is not in it. Empty if there are none.
std::string sha256_of_programs(const Scenario& scenario);

/// Of everything that an arm is: the resolved scenario with the files it names, and its programs.
std::string sha256_of_arm(const Scenario& scenario);

}  // namespace gatesim
