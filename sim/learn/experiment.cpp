#include "learn/experiment.hpp"

#include <fmt/format.h>

#include <cmath>

#include "learn/wording.hpp"
#include "measure/metric.hpp"

namespace gatesim::learn {

namespace {

constexpr double kMostPairs = 200;

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

}  // namespace

void run_experiment(const Experiment& experiment, Stage& stage, const Bench& answers, std::uint64_t seed, unsigned jobs,
                    Finding& finding, StudyProblem& trouble) {
    finding.goal = "an interval without 0";
    const Value pairs = answers.value_of_means(*experiment.pairs);
    if (!pairs.number || *pairs.number < 2 || *pairs.number > kMostPairs ||
        std::floor(*pairs.number) != *pairs.number) {
        finding.status = Status::fail;
        finding.yours = pairs.number ? amount_text(*pairs.number, "") + " runs" : "no plan";
        finding.distance = fmt::format("2 to {:.0f} runs", kMostPairs);
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
    const auto runs = static_cast<std::uint32_t>(*pairs.number);
    const std::size_t metric = *find_metric(experiment.metric);
    Series first, second;
    if (same) {
        const GridResult both =
            run_cases({{experiment.first, a->scenario}, {experiment.second, b->scenario}}, seed, runs, warmup, jobs);
        trouble = both.problem;
        if (both.records.size() == 2) first = both.values(0, metric), second = both.values(1, metric);
    } else {
        const GridResult one = run_cases({{experiment.first, a->scenario}}, seed, runs, warmup, jobs);
        const GridResult two = run_cases({{experiment.second, b->scenario}}, seed + 1, runs, warmup, jobs);
        trouble = one.problem.text.empty() ? two.problem : one.problem;
        if (!one.records.empty()) first = one.values(0, metric);
        if (!two.records.empty()) second = two.values(0, metric);
    }
    if (!trouble.text.empty()) return;
    // Runs of different luck are paired in the order they were drawn: their differences spread just as they should.
    finding.room = paired(first, second);
    const Estimate e = mean_interval(finding.room);
    finding.n = runs;
    finding.unit = metrics()[metric].unit;
    finding.measured = e.mean;
    finding.low = e.low;
    finding.high = e.high;
    finding.yours = text(e, finding.unit);
    const bool tells = e.low && e.high && (*e.low > 0 || *e.high < 0);
    finding.status = tells ? Status::pass : Status::fail;
    finding.distance = tells ? "told apart" : "not told apart";
    // Room for the author's margin: on whichever side of zero the mean is.
    if (e.mean && *e.mean < 0)
        for (auto& r : finding.room)
            if (r) r = -*r;
}

}  // namespace gatesim::learn
