// No queue at all: how long a branch is green, and what a race for it costs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

// ------------------------------------------------------------ green

constexpr double kHours = 700;  // less than the longest milestone: nobody looks for culprits
constexpr double kWarmHours = 40;

/// Share of the time in which nothing that landed is left to be mended.
class GreenGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::landed && event.cause != Cause::none) note(event.at, false);
        if (event.kind == EventKind::repaired) note(event.at, event.value == 1);
        if (event.kind == EventKind::ended) note(event.at, green_);
    }
    std::vector<Share> read() const override { return {{time_, (kHours - kWarmHours) * 3600}}; }

private:
    void note(Time now, bool green) {
        const Time from = std::max(since_, from_seconds(kWarmHours * 3600));
        if (green_ && now > from) time_ += seconds(now - from);
        since_ = now;
        green_ = green;
    }

    bool green_ = true;
    Time since_ = 0;
    double time_ = 0;
};

ClosedForm green_branch(double per_hour, double p, double hours, const char* law, const Distribution& repair) {
    ClosedForm form;
    form.id = "R17";
    form.title = "No gate: the branch is green for exp(-λpR) of the time";
    form.source = "derived; what is broken and not yet mended is the number of busy servers in M/G/∞";
    form.assumes = "Poisson arrivals land at once, a share p broken, mended after R, nothing is tested";
    form.where = fmt::format("{:g}/h, p = {:g}, R = {:g} h, {}", per_hour, p, hours, law);
    form.quantities = {{"green share", std::exp(-per_hour * p * hours)}};
    form.until = from_seconds(kHours * 3600);
    form.scenario = [=] {
        Scenario s = wide_gate(kMinute, {});
        s.pipelines[0].strategy = {"post-merge", {{"milestone", 30 * kDay}, {"revert", false}}};
        s.failures.defect = p;
        s.failures.repair = repair;
        let_arrive(s, per_hour / 3600, static_cast<std::uint64_t>(1.2 * per_hour * kHours));
        return s;
    };
    form.gauge = [] { return std::make_unique<GreenGauge>(); };
    return form;
}

// ------------------------------------------------------------ race

constexpr ProjectId kSlow = 0;  // whose changes are watched; all others land in no time

/// Attempts a change of the watched project.
class AttemptsGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind != EventKind::build_started) return;
        ++builds_;
        if (watched_.size() <= event.change) watched_.resize(event.change + 1);
        watched_[event.change] = true;
    }
    std::vector<Share> read() const override {
        return {{builds_, static_cast<double>(std::count(watched_.begin(), watched_.end(), true))}};
    }

private:
    double builds_ = 0;
    std::vector<bool> watched_;  ///< by change; the others have no real builds
};

ClosedForm race(double landings_in_a_test) {
    constexpr double kTest = 3600;
    ClosedForm form;
    form.id = "R20";
    form.title = "Rebase race: a change needs exp(L·V) attempts";
    form.source = "derived; nobody lands in V with chance exp(-L·V)";
    form.assumes = "others land as a Poisson stream, tests take V, whoever was overtaken starts again at the end";
    form.where = fmt::format("L·V = {:g}", landings_in_a_test);
    form.quantities = {{"attempts", std::exp(landings_in_a_test), 2 * kOnePercent}};
    form.scenario = [=] {
        Scenario s = wide_gate(from_seconds(kTest), {});
        s.pipelines[0].strategy = {"rebase-race", {}};
        s.projects[kSlow].pipelines[0].queue = "shared";
        Project fast = s.projects[kSlow];
        fast.name = "fast";
        fast.pipelines[0].jobs[0].noop = true;
        s.projects.push_back(fast);
        let_arrive(s, landings_in_a_test / kTest, 20'000);
        s.load.arrivals->projects = {{kSlow, 0.01}, {1, 0.99}};
        return s;
    };
    form.gauge = [] { return std::make_unique<AttemptsGauge>(); };
    return form;
}

}  // namespace

std::vector<ClosedForm> ungated_forms() {
    std::vector<ClosedForm> out = {
        green_branch(10, 0.05, 1.308, "exponential", Distribution::exponential(1.308 * 3600)), race(0.5)};
    for (ClosedForm dear : {green_branch(10, 0.02, 2, "constant", Distribution::constant(2 * 3600)), race(1)}) {
        dear.dear = true;
        out.push_back(std::move(dear));
    }
    return out;
}

}  // namespace gatesim
