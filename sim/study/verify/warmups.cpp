// R24: the warm-up rule as users meet it. A queue begins empty, the rule decides what is left out, and the first day
// that counts must be like any other day.
#include <algorithm>
#include <vector>

#include "measure/mser.hpp"
#include "measure/slices.hpp"
#include "study/replication.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

constexpr Time kRun = 30 * kMinute;  // a test takes
constexpr double kLoad = 0.8;
constexpr Time kPeriod = 14 * kDay;

/// One change after the other on the only node: M/D/1.
Scenario serial_gate() {
    Scenario s = wide_gate(kRun, {});
    s.pipelines[0].strategy = {"serial", {}};
    s.pools[0].nodes = 1;
    let_arrive(s, kLoad / seconds(kRun), 0);
    s.period.kind = PeriodKind::steady;
    s.period.length = kPeriod;
    return s;
}

/// The number of changes in the gate, in slices of the period.
class QueueSeries final : public Observer {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::enqueued) slices_.add(event.at, 1);
        if (event.kind == EventKind::dequeued) slices_.add(event.at, -1);
        end_ = event.at;
    }
    std::vector<double> means() const { return slices_.means(std::max(end_, kPeriod)); }

private:
    SliceMeans slices_{kPeriod};
    Time end_ = 0;
};

/// What a study with that seed would leave out.
Time warmup_of_study(std::uint64_t seed) {
    const Scenario scenario = serial_gate();
    std::vector<std::vector<double>> runs;
    for (std::uint32_t run = 0; run < kWarmupRuns; ++run) {
        ReplicationOptions options;
        options.seed = seed;
        options.replication = kFirstWarmupRun + run;
        options.engine = "heap";
        Cast cast;
        QueueSeries series;
        run_replication(scenario, options, cast, {&series});
        runs.push_back(series.means());
    }
    const std::size_t cut = std::min(warmup_cut(runs).cut, kSlices / 2);
    return SliceMeans::slice_of(kPeriod) * static_cast<Time>(cut);
}

/// Each replication is a study of its own: its first arrival is the seed of the pilots, so that the chance in the rule
/// counts as well.
class FirstDayGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::enqueued) {
            if (entered_.size() <= event.change) entered_.resize(event.change + 1, kNever);
            entered_[event.change] = event.at;
        }
        if (event.kind == EventKind::dequeued) stays_.push_back({entered_[event.change], event.at});
    }

    std::vector<Share> read() const override {
        if (stays_.empty()) return {{0, 0}};
        const Time from = warmup_of_study(static_cast<std::uint64_t>(entered_.front()));
        Share hours;
        for (const Stay& stay : stays_) {
            if (stay.entered < from || stay.entered >= from + kDay) continue;
            hours.over += seconds(stay.left - stay.entered) / 3600;
            hours.under += 1;
        }
        return {hours};
    }

private:
    struct Stay {
        Time entered, left;
    };
    std::vector<Time> entered_;  ///< by change
    std::vector<Stay> stays_;
};

}  // namespace

std::vector<ClosedForm> warmup_forms() {
    ClosedForm form;
    form.id = "R24";
    form.title = "What a steady scenario leaves out at its beginning (M/D/1)";
    form.source = "Pollaczek 1930, Khinchine 1932";
    form.assumes =
        "Poisson arrivals, one node that is up at once; each replication finds its warm-up from ten of its own";
    form.where = "the first day that counts, load 0.8, 14 days";
    const double hours = seconds(kRun) / 3600;
    form.quantities = {{"hours in the gate", hours * (1 + theory::single_server_wait(kLoad, 0)), 0.08}};
    form.scenario = serial_gate;
    form.gauge = [] { return std::make_unique<FirstDayGauge>(); };
    return {form};
}

}  // namespace gatesim
