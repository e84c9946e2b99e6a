#include "study/tuning.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "study/grid_work.hpp"

namespace gatesim {

namespace {

/// All settings of all subjects as arms of one grid.
struct Lineup {
    std::vector<Arm> arms;
    std::vector<std::size_t> first;  ///< by subject: its first arm, the defaults
    std::vector<Arm> defaults;       ///< of the subjects that have a choice
};

Lineup lineup_of(const std::vector<TuneSubject>& subjects) {
    Lineup out;
    for (const TuneSubject& subject : subjects) {
        out.first.push_back(out.arms.size());
        for (const Scenario& scenario : subject.scenarios) out.arms.push_back({subject.label, scenario});
        if (!subject.scenarios.empty()) out.defaults.push_back(out.arms[out.first.back()]);
    }
    return out;
}

const StudyProblem kInterruptedHere = {"interrupted while tuning; --resume goes on", 130, 0};

/// One warm-up for all settings, so that all are measured on the same changes: that of the defaults. Pilots of every
/// setting would cost more than the training.
StudyProblem find_training_warmup(const Lineup& lineup, GridOptions& options, Journal& journal) {
    const GridOptions asked = options;
    Grid grid(lineup.defaults, asked, journal);
    grid.progress.part = "tuning, warm-up";
    const bool whole = grid.run(grid.missing(grid.tasks(grid.pilots(), true)));
    if (!grid.result.problem.text.empty()) return grid.result.problem;
    if (!whole) return kInterruptedHere;
    grid.set_warmup();
    if (grid.result.warmup.steady) options.warmup = grid.result.warmup.length;
    return {};
}

/// The race: settings that are left, round by round.
class Training {
public:
    Training(const std::vector<TuneSubject>& subjects, const Lineup& lineup, Grid& grid, Tuning& tuning);

    /// Runs up to `runs` replications of each setting that is left. False: they are not all there.
    bool run(std::uint32_t runs);
    /// Leaves out the worse half, but never the defaults.
    void halve();
    void choose();

private:
    void sort(std::size_t subject);
    void score(std::size_t subject, std::size_t setting, std::uint32_t runs);
    std::vector<GridTask> tasks(std::uint32_t runs) const;
    GridTask task(std::size_t subject, std::size_t setting, std::uint32_t run) const {
        return {lineup_.first[subject] + setting, kFirstTrainingRun + run, false};
    }

    const Lineup& lineup_;
    Grid& grid_;
    Tuning& tuning_;
    std::vector<std::vector<std::size_t>> left_;  ///< by subject: indices of settings
};

Training::Training(const std::vector<TuneSubject>& subjects, const Lineup& lineup, Grid& grid, Tuning& tuning)
    : lineup_(lineup), grid_(grid), tuning_(tuning) {
    for (const TuneSubject& subject : subjects) {
        TunedArm arm{subject.label, subject.strategy, subject.main, {}, 0};
        left_.emplace_back();
        for (const ParameterValues& values : subject.settings) {
            left_.back().push_back(arm.scores.size());
            arm.scores.push_back({values, 0, 0, std::nullopt});
        }
        tuning_.arms.push_back(std::move(arm));
    }
}

std::vector<GridTask> Training::tasks(std::uint32_t runs) const {
    std::vector<GridTask> out;
    for (std::uint32_t run = 0; run < runs; ++run)
        for (std::size_t subject = 0; subject < left_.size(); ++subject)
            for (const std::size_t setting : left_[subject])
                if (left_[subject].size() > 1) out.push_back(task(subject, setting, run));
    return out;
}

void Training::score(std::size_t subject, std::size_t setting, std::uint32_t runs) {
    TuneScore& score = tuning_.arms[subject].scores[setting];
    double sum = 0;
    score.runs = runs;
    score.defined = 0;
    for (std::uint32_t run = 0; run < runs; ++run) {
        const auto value = grid_.record(task(subject, setting, run))->values[tuning_.metric];
        if (!value) continue;
        sum += *value;
        ++score.defined;
    }
    if (score.defined > 0) score.mean = sum / score.defined;
}

bool Training::run(std::uint32_t runs) {
    if (!grid_.run(grid_.missing(tasks(runs)))) return false;
    for (std::size_t subject = 0; subject < left_.size(); ++subject)
        for (const std::size_t setting : left_[subject])
            if (left_[subject].size() > 1) score(subject, setting, runs);
    return true;
}

/// Best first.
void Training::sort(std::size_t subject) {
    const std::vector<TuneScore>& scores = tuning_.arms[subject].scores;
    const Metric& metric = metrics()[tuning_.metric];
    std::sort(left_[subject].begin(), left_[subject].end(), [&](std::size_t one, std::size_t other) {
        if (is_better(metric, scores[one], scores[other])) return true;
        return !is_better(metric, scores[other], scores[one]) && one < other;
    });
}

void Training::halve() {
    for (std::size_t subject = 0; subject < left_.size(); ++subject) {
        std::vector<std::size_t>& left = left_[subject];
        sort(subject);
        left.resize((left.size() + 1) / 2);
        if (!left.empty() && std::find(left.begin(), left.end(), 0u) == left.end()) left.push_back(0);
    }
}

void Training::choose() {
    for (std::size_t subject = 0; subject < left_.size(); ++subject) {
        sort(subject);
        if (!left_[subject].empty()) tuning_.arms[subject].chosen = left_[subject].front();
    }
}

/// Every way to take one value of each parameter from `at` on.
void combine(const std::vector<Parameter>& main, std::size_t at, ParameterValues so_far,
             std::vector<ParameterValues>& out) {
    if (at == main.size()) {
        out.push_back(std::move(so_far));
        return;
    }
    for (const ParameterValue& value : main[at].tries) {
        ParameterValues more = so_far;
        more.emplace_back(main[at].name, value);
        combine(main, at + 1, std::move(more), out);
    }
}

}  // namespace

std::vector<Parameter> main_parameters(const StrategyDescription& strategy) {
    std::vector<Parameter> out;
    for (const Parameter& parameter : strategy.parameters)
        if (!parameter.tries.empty()) out.push_back(parameter);
    return out;
}

std::vector<ParameterValues> settings_of(const std::vector<Parameter>& main) {
    std::vector<ParameterValues> all, out(1);
    for (const Parameter& parameter : main) out.front().emplace_back(parameter.name, parameter.value);
    combine(main, 0, {}, all);
    for (ParameterValues& values : all)
        if (values != out.front()) out.push_back(std::move(values));
    return out;
}

std::vector<std::uint32_t> training_rounds(std::uint32_t last) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t runs : {last / 4, last / 2, last})
        if (const std::uint32_t enough = std::max(2u, runs); out.empty() || out.back() < enough) out.push_back(enough);
    return out;
}

bool is_better(const Metric& metric, const TuneScore& one, const TuneScore& other) {
    if (one.defined != other.defined) return one.defined > other.defined;
    if (!one.mean || !other.mean) return false;
    return metric.direction == Direction::higher ? *one.mean > *other.mean : *one.mean < *other.mean;
}

StudyProblem tune(const std::vector<TuneSubject>& subjects, const GridOptions& options, Journal& journal,
                  Tuning& tuning) {
    if (!journal.problem().text.empty()) return journal.problem();
    const Lineup lineup = lineup_of(subjects);
    GridOptions training = options;
    if (StudyProblem problem = find_training_warmup(lineup, training, journal); !problem.text.empty()) return problem;
    Grid grid(lineup.arms, training, journal);
    Training race(subjects, lineup, grid, tuning);
    for (std::size_t round = 0; round < tuning.rounds.size(); ++round) {
        grid.progress.part = fmt::format("tuning, round {} of {}", round + 1, tuning.rounds.size());
        if (round > 0) race.halve();
        if (race.run(tuning.rounds[round])) continue;
        StudyProblem problem = grid.result.problem;
        if (problem.text.empty()) return kInterruptedHere;
        if (!grid.result.problem_arm.empty()) problem.text = grid.result.problem_arm + ", tuning: " + problem.text;
        return problem;
    }
    race.choose();
    return {};
}

}  // namespace gatesim
