// --tune of `compare`: which arms are tuned, among what, and what is said of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/grid_run.hpp"
#include "study/tuning.hpp"

namespace gatesim {

/// --tune and --training.
std::vector<Option> tune_options();

/// A paragraph for the page of `compare`.
std::string tune_help();

/// What is wrong with them, the metric that decides among it; empty = nothing.
std::string fault_of_tuning(const Arguments& arguments, std::size_t metric);

/// What is to be tuned, and what came of it.
struct Tuned {
    std::vector<TuneSubject> subjects;
    Tuning tuning;
};

/// The arms that are named at --strategies, with every setting of their main parameters as a scenario. What is wrong
/// has been printed, and `exit_code` is set, if there is nothing.
std::optional<Tuned> plan_tuning(const std::vector<Arm>& arms, const Arguments& arguments, std::size_t metric,
                                 int& exit_code);

/// The call will tune first, and give each of the arms what was chosen for it. All three must outlive the call.
void tune_first(Tuned& tuned, std::vector<Arm>& arms, GridCall& call);

/// What was chosen, from what and on how many replications, and what the defaults gave. In tune_text.cpp.
std::string tuning_text(const Tuning& tuning, const std::vector<Arm>& arms);

}  // namespace gatesim
