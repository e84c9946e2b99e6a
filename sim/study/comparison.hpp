// What came of a grid in which every arm is held against one baseline: differences, verdicts, regret.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "measure/comparison.hpp"
#include "study/grid.hpp"
#include "study/summary.hpp"

namespace gatesim {

struct Tuning;

/// What is asked of a comparison.
struct CompareTerms {
    std::size_t baseline = 0;          ///< index of the arm that all others are held against
    std::vector<std::size_t> metrics;  ///< indices into metrics(); the first one decides the answer
    double matters = 0.05;             ///< a difference below this share of the baseline's mean is negligible
    double precision = 0;              ///< see is_precise; 0 = a fixed number of replications
    std::size_t looks = 1;             ///< planned
};

struct Comparison {
    CompareTerms terms;
    double level = kLevel;           ///< of one difference, so that all hold at once with kLevel
    std::vector<Summary> summaries;  ///< by arm: every metric with its own 95 % interval, and warnings
    std::vector<std::vector<Difference>> differences;  ///< by arm (empty for the baseline), by named metric
    std::size_t oracle = kNoArm;                  ///< the first arm whose strategy declares that it knows the truth
    std::vector<std::vector<Difference>> regret;  ///< by arm (empty for the oracle), by named metric: arm - oracle
    std::vector<bool> overloaded;                 ///< by arm: no steady state

    static constexpr std::size_t kNoArm = static_cast<std::size_t>(-1);
};

Comparison compare_arms(const std::vector<Arm>& arms, const GridOptions& options, const GridResult& grid,
                        const CompareTerms& terms);

/// Whether every named metric's difference is precise enough to end. Rare events never are, and are not waited for; nor
/// is what has not differed in any replication, unless it is the metric that decides.
bool precise_enough(const GridResult& grid, const CompareTerms& terms);

/// One arm as a study of its own, put together as `run` does.
Summary arm_summary(const Arm& arm, const GridOptions& options, const GridResult& grid, std::size_t index);

/// compare.json. Only `engine` and everything under `timing` depend on the machine. `tuning`: how the arms' settings
/// were chosen, or nullptr.
std::string compare_json(const std::vector<Arm>& arms, const GridOptions& options, const GridResult& grid,
                         const Comparison& comparison, const Tuning* tuning = nullptr);

/// compare.csv: a row for each arm and metric, with its interval, its difference and its verdict.
std::string compare_csv(const std::vector<Arm>& arms, const Comparison& comparison);

/// replications.csv: a row for each arm, replication and metric.
std::string replications_csv(const std::vector<Arm>& arms, const GridResult& grid);

/// Most replications say that the gate's queue grew through the whole period.
bool is_overloaded(const std::vector<ReplicationRecord>& records);

/// How the documents state a warm-up, as JSON; empty if there is none to state.
std::string warmup_text(const Warmup& warmup);

/// What a reader must know of the warm-up, in words.
std::vector<std::string> warmup_sentences(const Warmup& warmup);

/// The name of the strategy that an arm's gate has.
std::string strategy_of(const Scenario& scenario);

/// What the arm's strategy declares to leave of the contract: sentences whose subject is its name.
std::vector<std::string> relaxations_of(const Scenario& scenario);

}  // namespace gatesim
