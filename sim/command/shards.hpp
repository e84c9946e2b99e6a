// --shard, --merge and --print-tasks of `compare` and `sweep`: a study on several machines, by engines that exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/grid_run.hpp"

namespace gatesim {

/// --shard, --merge, --print-tasks, --shards.
std::vector<Option> shard_options();
/// The scenario, and the folders behind --merge.
std::vector<Positional> grid_positionals();
/// A paragraph for the pages of both commands.
std::string shards_help();
/// What is wrong with them, and with what cannot stand beside them; empty = nothing.
std::string fault_of_shards(const Arguments& arguments);

/// With --shard: runs that shard, in a folder of its own in the study's folder, and says where the results are. With
/// --print-tasks: prints the lines that do. Gives the exit code; nothing if neither was typed.
std::optional<int> run_as_shard(const GridCall& call);

/// What the shards in the folders of --merge have run, as if it had been run here. The journal in the study's folder
/// gets what was used. A shard that is missing, foreign, given twice or not finished is named.
std::optional<GridResult> merge_shards(const GridCall& call, int& exit_code);

/// The command that runs the study again, with that folder, as a shell takes it; --shard or --merge come behind it.
/// In shard_tasks.cpp.
std::string study_line(const GridCall& call, const std::string& folder);

/// What --print-tasks prints: a script for sh that runs all shards by that engine, and merges them. In shard_tasks.cpp.
std::string tasks_text(const GridCall& call, const std::string& engine, std::uint32_t shards);

}  // namespace gatesim
