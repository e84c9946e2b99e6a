// Options and manners that `compare` and `sweep` share: how many replications, with what luck, where the files go.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "command/option.hpp"
#include "study/comparison.hpp"

namespace gatesim {

/// --replications, --precision, --at-most, --seed, --until, --warmup, --set, --out, --resume, --report, --json, --jobs,
/// --engine.
std::vector<Option> grid_options();

/// --warmup, which `run` has as well.
Option warmup_option();
/// What it says: a time, or nothing for "auto". Not a time: nothing, and `problem` says so.
std::optional<Time> read_warmup(const Arguments& arguments, std::string& problem);

/// How the grid is to be run.
struct GridPlan {
    GridOptions options;
    double precision = 0;  ///< 0 = a fixed number of replications
    double matters = 0.05;
    std::vector<std::size_t> metrics;  ///< named by --metric; empty = none
};

/// Reads the options above, --matters and --metric. Nothing if something is wrong, which has been printed.
std::optional<GridPlan> read_grid_plan(const std::string& command, const Arguments& arguments);

/// What gives the same numbers again: `command`, its scenario and every option that matters to the numbers.
std::string grid_again(const std::string& command, const Arguments& arguments);

/// Runs the arms with a journal in `directory`, progress on stderr. A problem has been printed and set `exit_code`.
std::optional<GridResult> run_arms(const std::string& command, const Arguments& arguments, const GridPlan& plan,
                                   const std::vector<Arm>& arms, const std::string& directory,
                                   const std::function<bool(const GridResult&)>& enough, int& exit_code);

/// Writes files, each whole or not at all. What went wrong, or empty.
std::string write_files(const std::string& directory,
                        const std::vector<std::pair<std::string, std::string>>& name_and_content);

}  // namespace gatesim
