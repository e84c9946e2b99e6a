// R28 to R30: how long requests wait for nodes of a pool that lives, and what pre-emption costs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

constexpr double kRun = 3600;  // seconds a job takes on average
constexpr std::uint64_t kChanges = 20000;
constexpr ChangeId kWarm = 2000;  // changes that only fill the system

/// The shares of requests that wait, and that wait longer than `limit`.
class LongWaitGauge final : public Gauge {
public:
    explicit LongWaitGauge(Time limit) : limit_(limit) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::requested) asked_at_[event.change] = event.at;
        if (event.kind != EventKind::granted || event.change < kWarm) return;
        const Time wait = event.at - asked_at_[event.change];
        ++served_;
        wait_ += wait > 0;
        long_ += wait > limit_;
    }

    std::vector<Share> read() const override { return {{wait_, served_}, {long_, served_}}; }

private:
    Time limit_;
    std::vector<Time> asked_at_ = std::vector<Time>(kChanges);
    double served_ = 0, wait_ = 0, long_ = 0;
};

/// From the first request to the success, over the mean run.
class StayGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.change == kNone) return;
        if (event.kind == EventKind::requested) asked_at_[event.change] = std::min(asked_at_[event.change], event.at);
        if (event.kind != EventKind::build_ended || event.result != Result::success || event.change < kWarm) return;
        stay_ += seconds(event.at - asked_at_[event.change]) / kRun;
        ++served_;
    }

    std::vector<Share> read() const override { return {{stay_, served_}}; }
    std::string fault() const override {
        return served_ == static_cast<double>(kChanges - kWarm) ? "" : "a build never passed";
    }

private:
    std::vector<Time> asked_at_ = std::vector<Time>(kChanges, kNever);
    double stay_ = 0, served_ = 0;
};

/// Nodes that are all there from the beginning, as a pool that lives.
Scenario standing_pool(int nodes, double load) {
    Scenario s = node_queue(nodes, Distribution::exponential(kRun), load / kRun, kChanges);
    PoolLife& life = s.pools.front().life.emplace();
    life.min = life.max = nodes;
    life.poll = kHour;
    s.pools.front().single_use = false;
    return s;
}

ClosedForm long_waits(int nodes, double load) {
    ClosedForm form;
    form.id = "R28";
    form.title = "Waiting for one of c nodes longer than t (M/M/c)";
    form.source = "Erlang 1917";
    form.assumes = "Poisson arrivals, exponential runs of 1 h, c nodes of a pool that lives and is never scaled";
    form.where = fmt::format("c = {}, load {:g}, t = 5 min", nodes, load);
    const double waits = theory::erlang_c(nodes, load);
    form.quantities = {{"share that waits", waits, 2 * kOnePercent},
                       {"share that waits longer", waits * std::exp(-(nodes - load) / 12), 2 * kOnePercent}};
    form.scenario = [=] { return standing_pool(nodes, load); };
    form.gauge = [] { return std::make_unique<LongWaitGauge>(5 * kMinute); };
    return form;
}

ClosedForm set_up(const char* name, double rho, const Distribution& boot, double wait_for_boot) {
    ClosedForm form;
    form.id = "R29";
    form.title = "One node, started on demand and stopped when idle (M/M/1 with set-up)";
    form.source = "Welch 1964; Levy and Kleinrock 1986";
    form.assumes = "Poisson arrivals, exponential runs of 1 h; the rule sees everything at once";
    form.where = fmt::format("{}, load {:g}", name, rho);
    form.quantities = {{"stay / run", 1 / (1 - rho) + wait_for_boot}};
    form.scenario = [=] {
        Scenario s = node_queue(0, Distribution::exponential(kRun), rho / kRun, kChanges);
        Pool& pool = s.pools.front();
        pool.boot = boot;
        pool.single_use = false;
        PoolLife& life = pool.life.emplace();
        life.max = 1;
        life.poll = 0;
        life.scaling = {"arc", {}};
        return s;
    };
    form.gauge = [] { return std::make_unique<StayGauge>(); };
    return form;
}

ClosedForm preempted(double per_run) {
    ClosedForm form;
    form.id = "R30";
    form.title = "A build whose node is taken back starts anew: (e^(vD) - 1) / v";
    form.source = "the mean time to the first gap of D in a Poisson process";
    form.assumes = "a node for everybody at once, constant runs D, nodes taken back at rate v without notice";
    form.where = fmt::format("vD = {:g}", per_run);
    form.quantities = {{"stay / run", (std::exp(per_run) - 1) / per_run}};
    form.scenario = [=] {
        Scenario s = node_queue(0, Distribution::constant(kRun), 4 / kRun, kChanges);
        PoolLife& life = s.pools.front().life.emplace();
        life.poll = 0;
        life.scaling = {"arc", {}};
        life.spot = Spot{per_run * 3600 / kRun, 0, kNone};
        s.projects.front().pipelines.front().jobs.front().attempts = 1'000'000;
        return s;
    };
    form.gauge = [] { return std::make_unique<StayGauge>(); };
    return form;
}

}  // namespace

std::vector<ClosedForm> pool_forms() {
    const double rho = 0.5, boot = 0.5;  // of a run
    const double residual = (2 * boot + rho * boot * boot) / (2 * (1 + rho * boot));
    return {
        long_waits(49, 40),
        long_waits(50, 40),
        long_waits(25, 20),
        set_up("exponential boot of half a run", rho, Distribution::exponential(boot * kRun), boot),
        set_up("constant boot of half a run", rho, Distribution::constant(boot * kRun), residual),
        preempted(0.5),
        preempted(1),
    };
}

}  // namespace gatesim
