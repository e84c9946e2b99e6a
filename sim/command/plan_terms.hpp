// What is asked of a plan: promises, the grid, and what is to be least.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/option.hpp"
#include "study/grid.hpp"
#include "study/plan.hpp"

namespace gatesim {

/// Everything that the command line asks, and its cells.
struct PlanAsked {
    PlanTerms terms;
    std::vector<Arm> cells;
    GridOptions options;
    bool own_promises = true;  ///< named by --promise; else those of the scenario
};

/// Reads the command line and loads the cells. Nothing if something is wrong, which has been printed; `exit_code` is
/// set.
std::optional<PlanAsked> read_plan(const Arguments& arguments, int& exit_code);

/// The options of `plan`.
std::vector<Option> plan_options();

}  // namespace gatesim
