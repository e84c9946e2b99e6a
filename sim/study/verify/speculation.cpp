// R04, R05: what testing changes on top of untested ones gives and costs.
#include <fmt/format.h>

#include <cmath>

#include "study/verify/closed_form.hpp"
#include "study/verify/saturated.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

constexpr int kRounds = 300;

ClosedForm fixed_window(double p, int window, double tolerance) {
    ClosedForm form;
    form.id = "R04";
    form.title = "A fixed window w, a queue that never runs dry: (1 - (1-p)^w) / p";
    form.source = "the first failure in a row of w is geometric";
    form.assumes = "all builds take D, each run fails with chance p, nodes without limit";
    form.where = fmt::format("w = {}, p = {:g}", window, p);
    const double resolved = theory::resolved_per_round(p, window);
    form.quantities = {{"resolved per D", resolved, tolerance}, {"builds per resolved", window / resolved, tolerance}};
    form.until = kRounds * kSaturatedRun;
    form.scenario = [=] {
        Scenario s = saturated_gate(p, {{"window", std::int64_t{window}},
                                        {"window_floor", std::int64_t{window}},
                                        {"window_increase_factor", std::int64_t{0}}});
        // What leaves a round spreads by less than half a window; the gauge says if the queue ran dry all the same.
        let_stand(s, static_cast<std::uint64_t>(kRounds * resolved + 2 * window * std::sqrt(kRounds) + window));
        return s;
    };
    form.gauge = [] {
        return make_saturated_gauge({SaturatedReading::resolved, SaturatedReading::builds}, 0, kRounds);
    };
    return form;
}

constexpr std::uint64_t kChanges = 6000;
constexpr ChangeId kWarm = 600;

/// Hours in the gate and builds, a change.
class StayGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::enqueued) {
            came_at_[event.change] = event.at;
        } else if (event.change >= kWarm && event.kind == EventKind::reported) {
            hours_ += seconds(event.at - came_at_[event.change]) / 3600;
            ++left_;
        } else if (event.change >= kWarm && event.kind == EventKind::build_started) {
            ++builds_;
        }
    }

    std::vector<Share> read() const override { return {{hours_, left_}, {builds_, left_}}; }

private:
    std::vector<Time> came_at_ = std::vector<Time>(kChanges);
    double hours_ = 0, left_ = 0, builds_ = 0;
};

/// A failure may belong to the run (a flake, drawn anew for every build) or to the change (a defect, which every build
/// with that change shows): the deciding builds see the same chance, so the theory is the same.
ClosedForm unlimited(double per_hour, double p, double hours, bool defects, double tolerance) {
    ClosedForm form;
    form.id = "R05";
    form.title = "No window: the changes that fail queue like M/D/1";
    form.source = "derived; Pollaczek-Khinchine and PASTA";
    form.assumes = "Poisson arrivals, all builds take D, chance p to fail, nodes without limit";
    form.where = fmt::format("{:g}/h, p = {:g}, D = {:g} h, {}", per_hour, p, hours, defects ? "defects" : "flakes");
    const theory::Unlimited theory = theory::unlimited_window(per_hour * p * hours);
    form.quantities = {{"hours in the gate", theory.time * hours, tolerance},
                       {"builds per change", theory.builds, tolerance}};
    form.scenario = [=] {
        Scenario s = wide_gate(from_seconds(hours * 3600), {{"window", std::int64_t{0}}});
        (defects ? s.failures.defect : s.projects[0].pipelines[0].jobs[0].flake) = p;
        let_arrive(s, per_hour / 3600, kChanges);
        return s;
    };
    form.gauge = [] { return std::make_unique<StayGauge>(); };
    return form;
}

}  // namespace

std::vector<ClosedForm> speculation_forms() {
    return {
        fixed_window(0.05, 4, 0.01),
        fixed_window(0.10, 4, 0.01),
        fixed_window(0.20, 4, 0.01),
        fixed_window(0.05, 8, 0.01),
        fixed_window(0.10, 8, 0.01),
        fixed_window(0.20, 8, 0.01),
        fixed_window(0.01, 20, 0.01),
        fixed_window(0.02, 20, 0.01),
        fixed_window(0.05, 20, 0.005),
        fixed_window(0.10, 20, 0.01),
        fixed_window(0.20, 20, 0.01),
        fixed_window(0.05, 50, 0.01),
        unlimited(10, 0.05, 0.5, true, 0.01),
        unlimited(20, 0.05, 0.5, true, 0.01),
        unlimited(20, 0.05, 0.5, false, 0.0125),
        unlimited(30, 0.05, 0.5, true, 0.035),
        unlimited(4, 0.2, 1, false, 0.03),
    };
}

}  // namespace gatesim
