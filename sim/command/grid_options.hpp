// Options that `compare` and `sweep` share: how many replications, with what luck, where the files go, in how many
// shards.
#pragma once

#include <string>
#include <vector>

#include "command/option.hpp"
#include "study/comparison.hpp"

namespace gatesim {

/// --replications, --precision, --at-most, --seed, --until, --warmup, --set, --out, --resume, --report, --json, --jobs,
/// --engine, and those of shards (command/shards.hpp).
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

}  // namespace gatesim
