// What a run prints: what was run, the story or the table, warnings, expectations, where the files are, what to try
// next.
#pragma once

#include <string>
#include <vector>

#include "model/scenario.hpp"
#include "study/summary.hpp"

namespace gatesim {

/// An expectation and what came of it.
struct Checked {
    const Expectation* expectation;
    bool met;
    std::string value;  ///< what it was
};

std::vector<Checked> check_expectations(const Scenario& scenario, const Summary& summary);

/// Everything the report is made of.
struct RunReport {
    const Scenario& scenario;
    const StudyResult& result;
    const Summary& summary;
    const std::vector<Checked>& expectations;
    std::string directory;      ///< where the files are
    std::string again;          ///< what repeats the run, after the program's name
    std::string scenario_path;  ///< as typed
    std::string evidence;       ///< the table beside reality; empty = none
};

/// For the terminal, with colours where they work, engine and speed.
std::string terminal_text(const RunReport& report);
/// For summary.txt: no colours, nothing that depends on the machine.
std::string file_text(const RunReport& report);

}  // namespace gatesim
