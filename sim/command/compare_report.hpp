// What `compare` prints: a block for each metric, what must be known before believing it, and the answer in words.
#pragma once

#include <string>
#include <vector>

#include "study/comparison.hpp"
#include "study/tuning.hpp"

namespace gatesim {

struct CompareReport {
    const std::vector<Arm>& arms;
    const GridOptions& options;
    const GridResult& grid;
    const Comparison& comparison;
    std::string directory;
    std::string again;
    const Tuning* tuning = nullptr;  ///< how the arms' settings were chosen, if they were
};

/// For the terminal (colours as the terminal can), and for the file compare.txt: nothing of the machine.
std::string compare_text(const CompareReport& report, bool terminal);

/// The answer in plain words, one or a few sentences.
std::string compare_answer(const CompareReport& report);

/// What stands between a reader and the numbers: overload, warm-up, changes in flight, relaxations, partial results.
/// Each once, with those it is true of; `many` = what all of them are called. In grid_cautions.cpp.
std::vector<std::string> grid_cautions(const std::vector<Arm>& arms, const GridResult& grid,
                                       const std::vector<Summary>& summaries, const std::vector<bool>& overloaded,
                                       const std::string& many);

}  // namespace gatesim
