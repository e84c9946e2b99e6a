// Tuning: before a comparison judges strategies, each gets the settings that suit the scenario, so that none loses by a
// default. What is tried stands in the strategy's own table (Parameter::tries).
//
// Settings are chosen on training replications, whose luck no judged replication has: what did well by luck has no
// advantage when it is judged. All settings meet the same luck. The worse half is left out after each round, and the
// rounds double; the defaults stay to the end, so that what they give is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/mser.hpp"
#include "study/grid.hpp"

namespace gatesim {

/// Training replications are this one and those after it. Those that are judged begin at 1 and are at most a million,
/// those that find a warm-up begin at kFirstWarmupRun.
inline constexpr std::uint32_t kFirstTrainingRun = 2'000'000'001;
static_assert(kFirstTrainingRun > kFirstWarmupRun + kWarmupRuns);

/// The main parameters of a strategy; empty = it has nothing to choose.
std::vector<Parameter> main_parameters(const StrategyDescription& strategy);

/// Every combination of the values to try, in the order of the table, the defaults first.
std::vector<ParameterValues> settings_of(const std::vector<Parameter>& main);

/// A strategy that is to be tuned: `scenarios` by setting.
struct TuneSubject {
    std::string label;     ///< of its arm
    std::string strategy;  ///< its name
    std::vector<Parameter> main;
    std::vector<ParameterValues> settings;
    std::vector<Scenario> scenarios;
};

/// What came of one setting on the training replications that it had.
struct TuneScore {
    ParameterValues values;
    std::uint32_t runs = 0;      ///< replications
    std::uint32_t defined = 0;   ///< those in which the metric is defined
    std::optional<double> mean;  ///< of the metric over those
};

struct TunedArm {
    std::string label;
    std::string strategy;
    std::vector<Parameter> main;    ///< empty: there is nothing to choose
    std::vector<TuneScore> scores;  ///< by setting; the defaults first
    std::size_t chosen = 0;         ///< of them
};

/// What a report needs to say of it.
struct Tuning {
    std::size_t metric = 0;
    std::vector<std::uint32_t> rounds;  ///< replications of each setting, after each round
    std::vector<TunedArm> arms;         ///< the subjects, in their order
};

/// With so many training replications in the last round: a quarter, a half, all of them; two at least.
std::vector<std::uint32_t> training_rounds(std::uint32_t last);

/// A setting is better if the metric is defined in more replications (in none: nothing landed), then by its mean. Of
/// equals the earlier one is chosen, so the defaults if nothing is better.
bool is_better(const Metric& metric, const TuneScore& one, const TuneScore& other);

/// Trains and chooses; what is missing in the journal is run. `tuning` has metric and rounds, and gets the arms. Empty
/// text, or why not (an interrupt is a problem too). Same subjects and options: same choice, whatever `jobs` and
/// however often it was interrupted.
StudyProblem tune(const std::vector<TuneSubject>& subjects, const GridOptions& options, Journal& journal,
                  Tuning& tuning);

/// As a part of compare.json.
std::string tuning_json(const Tuning& tuning);

}  // namespace gatesim
