#include "learn/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "learn/wording.hpp"
#include "measure/metric.hpp"

namespace gatesim::learn {

namespace {

constexpr std::uint32_t kMostPairs = 200;
/// One success may be chance. A plan that tells the two apart is one that does so again and again; a large one is so
/// dear that fewer times must do.
constexpr std::uint32_t kTimes = 3;

std::uint32_t times_of(std::uint32_t pairs) {
    return std::clamp(kMostPairs / pairs, 1u, kTimes);
}

GridResult run_cases(const std::vector<Arm>& arms, std::uint64_t seed, std::uint32_t runs, std::optional<Time> warmup,
                     unsigned jobs) {
    GridOptions how;
    how.seed = seed;
    how.engine = "heap";
    how.jobs = jobs;
    how.looks = {runs};
    how.warmup = warmup;
    Journal none;
    return run_grid(arms, how, none, [](const GridResult&) { return true; });
}

/// Cuts the differences into as many experiments, and shows the one that says least.
void judge_times(const Series& differences, std::uint32_t runs, std::uint32_t times, Finding& finding) {
    std::uint32_t told = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t k = 0; k < times; ++k) {
        Series part(differences.begin() + std::ptrdiff_t{k} * runs, differences.begin() + std::ptrdiff_t{k + 1} * runs);
        const Estimate e = mean_interval(part);
        told += e.low && e.high && (*e.low > 0 || *e.high < 0);
        // Room for the author's margin: on whichever side of zero the mean is.
        if (e.mean && *e.mean < 0)
            for (auto& r : part)
                if (r) r = -*r;
        const double says = margin(part);
        if (k > 0 && says >= least) continue;
        least = says;
        finding.room = std::move(part);
        finding.measured = e.mean;
        finding.low = e.low;
        finding.high = e.high;
        finding.yours = text(e, finding.unit);
    }
    finding.n = runs;
    finding.status = told == times ? Status::pass : Status::fail;
    finding.distance =
        times == 1 ? (told ? "told apart" : "not told apart") : fmt::format("told apart {} of {} times", told, times);
}

}  // namespace

void run_experiment(const Experiment& experiment, Stage& stage, const Bench& answers, std::uint64_t seed, unsigned jobs,
                    Finding& finding, StudyProblem& trouble) {
    finding.goal = "an interval without 0";
    const Value pairs = answers.value_of_means(*experiment.pairs);
    if (!pairs.number || *pairs.number < 2 || *pairs.number > kMostPairs ||
        std::floor(*pairs.number) != *pairs.number) {
        finding.status = Status::fail;
        finding.yours = pairs.number ? amount_text(*pairs.number, "") + " runs" : "no plan";
        finding.distance = fmt::format("2 to {} runs", kMostPairs);
        return;
    }
    const bool same = !experiment.same_luck || answers.value_of_means(*experiment.same_luck).holds();
    std::optional<Time> warmup = stage.lesson().warmup;
    if (experiment.warmup)
        if (const Value given = answers.value_of_means(*experiment.warmup); given.number)
            warmup = from_seconds(*given.number);
    const Staged* a = stage.get(experiment.first);
    const Staged* b = stage.get(experiment.second);
    if (!a || !b) return;
    const Arm first{experiment.first, a->scenario}, second{experiment.second, b->scenario};
    const auto runs = static_cast<std::uint32_t>(*pairs.number);
    const std::uint32_t times = times_of(runs);
    const std::size_t metric = *find_metric(experiment.metric);
    Series differences;
    if (same) {
        const GridResult both = run_cases({first, second}, seed, runs * times, warmup, jobs);
        trouble = both.problem;
        if (both.records.size() == 2) differences = paired(both.values(0, metric), both.values(1, metric));
    } else {
        const GridResult one = run_cases({first}, seed, runs * times, warmup, jobs);
        const GridResult two = run_cases({second}, seed + 1, runs * times, warmup, jobs);
        trouble = one.problem.text.empty() ? two.problem : one.problem;
        // Runs of different luck are paired in the order they were drawn: their differences spread just as they should.
        if (!one.records.empty() && !two.records.empty())
            differences = paired(one.values(0, metric), two.values(0, metric));
    }
    if (!trouble.text.empty() || differences.size() < std::size_t{runs} * times) return;
    finding.unit = metrics()[metric].unit;
    judge_times(differences, runs, times, finding);
}

}  // namespace gatesim::learn
