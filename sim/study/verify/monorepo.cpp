// R14 and R15: the same changes of a large monorepo under several gates. Published are ratios of a replay that nobody
// can repeat, at a load for which most gates are too slow, so that the ratios grow with its length. Order and rough
// size are what can be checked, and only with the length of the load stated. The load is that of
// scenarios/monorepo-2019.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "measure/ranks.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

constexpr std::int64_t kWorkers = 500;

Scenario monorepo(const StrategyChoice& gate, double per_hour, double hours) {
    Scenario s = wide_gate(kHour, {});
    s.pipelines[0].strategy = gate;
    s.pools[0].nodes = kWorkers;
    s.pools[0].single_use = false;
    Job& build = s.projects[0].pipelines[0].jobs[0];
    build.duration = Distribution::lognormal_mean_cv(30 * 60, 0.6);
    build.duration_per_change = true;
    s.failures.defect = 0.05;
    s.failures.semantic_overlap = 0.0135;
    s.load.footprint = FootprintRule{20000, Distribution::lognormal_p50_p95(2, 60), 0.5, 0.03};
    Predictor predictor;
    predictor.kind = Predictor::Kind::hits;
    predictor.good_hits = predictor.bad_hits = 0.97;
    s.signals = {predictor, predictor, 0.05};
    let_arrive(s, per_hour / 3600, static_cast<std::uint64_t>(per_hour * hours));
    return s;
}

/// How one gate did.
struct Outcome {
    std::vector<double> stays;  ///< seconds from arrival to the last report, of every change
    double builds = 0;
    double landed = 0;
};

/// A quantity: what `over` gives by what `under` gives, two gates by their place in the list.
struct Ratio {
    std::string what;
    std::size_t over, under;
    double low, high;  ///< what counts as the published order and size
};

/// Reads one number off what one gate did, and adds it to the ratios that speak of that gate.
class ArmGauge final : public Gauge {
public:
    using Reading = double (*)(const Outcome&);
    ArmGauge(std::vector<Ratio> ratios, std::size_t arm, Reading reading)
        : ratios_(std::move(ratios)), arm_(arm), reading_(reading) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::arrived) arrived_[event.change] = event.at;
        if (event.kind == EventKind::reported) outcome_.stays.push_back(seconds(event.at - arrived_[event.change]));
        outcome_.landed += event.kind == EventKind::landed ? 1 : 0;
        outcome_.builds += event.kind == EventKind::build_started ? 1 : 0;
    }

    std::vector<Share> read() const override {
        const double value = reading_(outcome_);
        std::vector<Share> out;
        for (const Ratio& ratio : ratios_)
            out.push_back({ratio.over == arm_ ? value : 0, ratio.under == arm_ ? value : 0});
        return out;
    }

private:
    std::vector<Ratio> ratios_;
    std::size_t arm_;
    Reading reading_;
    std::map<ChangeId, Time> arrived_;
    Outcome outcome_;
};

double median_stay(const Outcome& outcome) {
    std::vector<double> sorted = outcome.stays;
    std::sort(sorted.begin(), sorted.end());
    return quantile_of_sorted(sorted, 0.5);
}

double builds_a_landing(const Outcome& outcome) {
    return outcome.builds / outcome.landed;
}

/// Each gate is a piece; all have the same changes and the same luck.
ClosedForm paired(const std::vector<StrategyChoice>& gates, double per_hour, double hours,
                  const std::vector<Ratio>& ratios, ArmGauge::Reading reading) {
    ClosedForm form;
    form.assumes =
        "order and rough size only (theory: the middle of the range): ratios grow with the length of the load";
    form.where = fmt::format("{:g}/h for {:g} h, {} workers, then until all have left", per_hour, hours, kWorkers);
    form.dear = true;
    for (const Ratio& r : ratios)
        form.quantities.push_back({r.what, (r.low + r.high) / 2, (r.high - r.low) / (r.high + r.low)});
    form.pieces = static_cast<std::uint32_t>(gates.size());
    form.one_luck = true;
    form.piece = [=](std::uint32_t arm) { return monorepo(gates[arm], per_hour, hours); };
    form.piece_gauge = [=](std::uint32_t arm) { return std::make_unique<ArmGauge>(ratios, arm, reading); };
    return form;
}

/// Published at 500/h with 500 workers, median stay: submitqueue at most 1.2 of the oracle's, optimistic 7.3 to 9.6,
/// single-queue 80. The last two had a longer load: half an hour a change makes single-queue's grow with every hour.
ClosedForm order_of_gates() {
    enum : std::size_t { oracle, submitqueue, optimistic, single_queue };
    ClosedForm form = paired({{"oracle", {}}, {"submitqueue", {}}, {"optimistic", {}}, {"single-queue", {}}}, 500, 2,
                             {{"submitqueue / oracle", submitqueue, oracle, 1, 1.4},
                              {"optimistic / oracle", optimistic, oracle, 4, 15},
                              {"optimistic/submitqueue", optimistic, submitqueue, 3, 15},
                              {"single-q. / optimistic", single_queue, optimistic, 1.1, 10}},
                             median_stay);
    form.id = "R14";
    form.title = "A monorepo under four gates: ratios of the median time from arrival to verdict";
    form.source = "Ananthanarayanan et al. 2019 (SubmitQueue), order and shape";
    return form;
}

/// Published of three monorepos: 45, 48 and 64 % fewer builds a change.
ClosedForm fewer_builds() {
    const StrategyChoice before{"submitqueue", {{"threshold", 0.01}, {"bypass", std::int64_t{0}}}};
    const StrategyChoice after{"submitqueue", {{"threshold", 0.1}, {"bypass", std::int64_t{2}}}};
    ClosedForm form = paired({before, after}, 300, 3, {{"after / before", 1, 0, 0.25, 0.75}}, builds_a_landing);
    form.id = "R15";
    form.title = "Unlikely guesses not tested, and the small landing before the large: builds a landing";
    form.source = "CI at Scale 2025: 35 to 65 % fewer, give or take 10";
    form.where += ", threshold 0.01 to 0.1 and bypass 2";
    return form;
}

}  // namespace

std::vector<ClosedForm> monorepo_forms() {
    return {order_of_gates(), fewer_builds()};
}

}  // namespace gatesim
