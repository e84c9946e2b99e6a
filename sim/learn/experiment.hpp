// A comparison that the learner planned, carried out.
#pragma once

#include "learn/bench.hpp"
#include "learn/checker.hpp"

namespace gatesim::learn {

/// Carries it out five times (a large one fewer times), each time on other luck of that seed, and fills the finding:
/// right if the 95 % interval of the mean difference leaves out zero each time.
void run_experiment(const Experiment& experiment, Stage& stage, const Bench& answers, std::uint64_t seed, unsigned jobs,
                    Finding& finding, StudyProblem& trouble);

}  // namespace gatesim::learn
