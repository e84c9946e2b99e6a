// How `compare` and `sweep` run their arms, with a journal in a folder: all of it, one shard, or what shards have run.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "command/grid_options.hpp"
#include "study/comparison.hpp"

namespace gatesim {

/// What a command asks of its arms.
struct GridCall {
    std::string command;  ///< "compare"
    const Arguments& arguments;
    const GridPlan& plan;
    const std::vector<Arm>& arms;
    std::string directory;  ///< of the study
    std::function<bool(const GridResult&)> enough;
    /// Asked before the arms run, with the journal open; may change the arms. A problem ends the study. May be empty.
    std::function<StudyProblem(Journal&, const GridOptions&)> before = {};
    std::vector<const Scenario*> tried = {};  ///< what `before` runs besides the arms
};

/// Runs the arms with a journal in the study's folder, progress on stderr; or, with --merge, takes what shards have
/// run. A problem has been printed and set `exit_code`.
std::optional<GridResult> run_arms(const GridCall& call, int& exit_code);

/// What to do with an open journal. `aside` is a folder for what is not whole yet.
using GridRunner = std::function<GridResult(Journal& journal, const std::string& aside, const GridOptions& options)>;

/// Where, and what is written there.
struct GridFolder {
    std::string path;
    std::vector<std::string> files;  ///< besides the journal
    bool resume = false;
};

/// Opens the journal in a folder, which is made, and closes it after `run`, whose options show progress. Problems as in
/// run_arms.
std::optional<GridResult> run_in_folder(const GridCall& call, const GridFolder& folder, const GridRunner& run,
                                        int& exit_code);

/// Whether it fits into the machine (command/size_check.hpp); `replications` of each arm.
bool grid_fits(const GridCall& call, std::uint32_t replications);

/// The files of a study, besides its journal.
std::vector<std::string> study_files(const GridCall& call);

/// Says what went wrong, and returns its exit code.
int grid_problem(const GridCall& call, const StudyProblem& problem, const std::string& arm = "");

/// Writes files, each whole or not at all. What went wrong, or empty.
std::string write_files(const std::string& directory,
                        const std::vector<std::pair<std::string, std::string>>& name_and_content);

}  // namespace gatesim
