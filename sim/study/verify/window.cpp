// R07: the window that grows with landings and shrinks with failures.
#include <fmt/format.h>

#include "study/verify/closed_form.hpp"
#include "study/verify/saturated.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

constexpr int kRounds = 400;
constexpr int kWarm = 50;

ClosedForm moving_window(const char* name, theory::WindowRule rule, double p, double tolerance) {
    ClosedForm form;
    form.id = "R07";
    form.title = "A moving window, a queue that never runs dry";
    form.source = "stationary law of the window's chain";
    form.assumes =
        "all builds take D, each run fails with chance p, nodes without limit; the outcomes of the changes "
        "that leave are then independent, and the gate works in rounds of D";
    form.where = fmt::format("{}, p = {:g}", name, p);
    const theory::ReportChain seen = theory::window_at_reports(rule, p);
    const theory::RoundChain rounds = theory::window_in_rounds(rule, p);
    form.quantities = {{"window seen by a change", seen.mean, tolerance},
                       {"window over time", rounds.window, tolerance},
                       {"resolved per D", rounds.resolved, tolerance},
                       {"landed per D", rounds.landed, tolerance},
                       {"builds per resolved", rounds.builds_per_resolved, kOnePercent}};
    form.until = kRounds * kSaturatedRun;
    form.scenario = [=] {
        Scenario s = saturated_gate(p, {{"window", std::int64_t{20}},
                                        {"window_floor", std::int64_t{rule.floor}},
                                        {"window_increase_factor", std::int64_t{rule.up}}});
        let_stand(s, static_cast<std::uint64_t>(1.3 * kRounds * rounds.resolved + 300));
        return s;
    };
    using R = SaturatedReading;
    std::vector<R> readings = {R::window_seen, R::window, R::resolved, R::landed, R::builds};
    if (seen.at_floor > 0.05 && rule.floor < 20) {
        form.quantities.push_back({"share seen at the floor", seen.at_floor, 3 * tolerance});
        readings.push_back(R::floor_seen);
    }
    form.gauge = [=] { return make_saturated_gauge(readings, kWarm, kRounds, rule.floor); };
    return form;
}

}  // namespace

std::vector<ClosedForm> window_forms() {
    const theory::WindowRule as_it_comes{1, 3};
    const theory::WindowRule openstack{2, 20};
    return {
        moving_window("+1, floor 3", as_it_comes, 0.02, 0.025), moving_window("+1, floor 3", as_it_comes, 0.05, 0.01),
        moving_window("+1, floor 3", as_it_comes, 0.10, 0.02),  moving_window("+1, floor 3", as_it_comes, 0.20, 0.02),
        moving_window("+2, floor 20", openstack, 0.05, 0.015),  moving_window("+2, floor 20", openstack, 0.20, 0.015),
    };
}

}  // namespace gatesim
