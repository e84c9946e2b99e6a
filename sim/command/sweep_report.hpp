// What `sweep` prints: a row a cell, a matrix if there are two axes, and in words which cells are as good as
// the best and which of them takes least.
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
    bool open_end;  ///< it could have gone on to decide more
};

/// For the terminal (colours as the terminal can), and for the file sweep.txt: nothing of the machine.
std::string sweep_text(const SweepReport& report, bool terminal);

}  // namespace gatesim
