// R27: a freeze, and whom it holds.
#include <fmt/format.h>

#include "measure/hold_meter.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

constexpr Time kRun = 30 * kMinute;
constexpr double kPerHour = 12;
constexpr Time kFreeze = 63 * kHour;   // from Friday 17:00 to Monday 8:00
constexpr Time kWeekend = 48 * kHour;  // Saturday and Sunday

/// Reads off the metrics themselves.
class HoldGauge final : public Gauge {
public:
    HoldGauge(Scenario scenario, Time length) : scenario_(std::move(scenario)), length_(length), meter_(scenario_, 0) {}

    bool wants_waits() const override { return true; }

    void on(const Event& event) override {
        meter_.on(event);
        if (event.kind == EventKind::arrived) last_ = event.at;
        if (event.kind == EventKind::ended) end_ = event.at;
    }

    std::vector<Share> read() const override {
        MetricValues values(metrics().size());
        meter_.fill(values, end_);
        const auto value = [&](const char* name) { return values[*find_metric(name)].value_or(0); };
        const double frozen = value("hours_frozen"), held = value("changes_held");
        return {{held, kPerHour * frozen}, {value("hours_held"), held * seconds(length_) / 3600}};
    }

    std::string fault() const override { return last_ > end_ - kHour ? "" : "no change came after the last freeze"; }

private:
    Scenario scenario_;
    Time length_;  // of each freeze
    mutable HoldMeter meter_;
    Time last_ = 0, end_ = 0;
};

void add_step(Scenario& s, Time at, Hold hold, bool by_hours) {
    TimelineStep step;
    step.at = at;
    step.pipeline = 0;
    step.hold = hold;
    step.by_hours = by_hours;
    s.timeline.push_back(step);
}

/// Changes come until an hour after the last freeze.
Scenario frozen_gate(Time length) {
    Scenario s = wide_gate(kRun, {{"window", std::int64_t{0}}});
    let_arrive(s, kPerHour / 3600, 0);
    s.period.length = length + kHour;
    return s;
}

Scenario frozen_once() {
    Scenario s = frozen_gate(kDay + kFreeze);
    add_step(s, kDay, Hold::freeze, false);
    add_step(s, kDay + kFreeze, Hold::thaw, false);
    return s;
}

Scenario frozen_at_weekends() {
    Scenario s = frozen_gate(2 * kWeek);  // from Monday 0:00
    s.pipelines[0].freeze_hours = WeeklyHours::of({{kWeek - kWeekend, kWeek}});
    add_step(s, kNever, Hold::freeze, true);
    add_step(s, kNever, Hold::thaw, true);
    return s;
}

ClosedForm held(const char* where, Scenario (*scenario)(), Time length) {
    ClosedForm form;
    form.id = "R27";
    form.title = "A freeze of T holds aT changes, each for T/2 on average";
    form.source = "Poisson arrivals see it begin at any time; arrivals in a stretch are uniform in it";
    form.assumes = "Poisson arrivals at a, every change passes after the same time, nodes and window without limit";
    form.where = where;
    form.quantities = {{"changes held / aT", 1}, {"time held / T", 0.5}};
    form.scenario = scenario;
    form.gauge = [=] { return std::make_unique<HoldGauge>(scenario(), length); };
    return form;
}

}  // namespace

std::vector<ClosedForm> freeze_forms() {
    return {
        held("one of 63 h, 12 changes an hour", frozen_once, kFreeze),
        held("two weekends, by hours of the week", frozen_at_weekends, kWeekend),
    };
}

}  // namespace gatesim
