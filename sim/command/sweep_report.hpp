// What `sweep` prints: a row a cell, a matrix if there are two axes, and the best cell with all that may be as good.
#pragma once

#include <string>
#include <vector>

#include "study/sweep.hpp"

namespace gatesim {

struct SweepReport {
    const std::vector<Arm>& cells;
    const GridOptions& options;
    const GridResult& grid;
    const Sweep& sweep;
    std::string directory;
    std::string again;
};

/// For the terminal (colours as the terminal can), and for the file sweep.txt: nothing of the machine.
std::string sweep_text(const SweepReport& report, bool terminal);

}  // namespace gatesim
