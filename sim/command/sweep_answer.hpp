// What a sweep found, in words.
#pragma once

#include <string>

#include "command/sweep_report.hpp"

namespace gatesim {

/// Which cells are as good as the best, which of them takes least, what is not decided.
std::string sweep_answer(const SweepReport& report);

}  // namespace gatesim
