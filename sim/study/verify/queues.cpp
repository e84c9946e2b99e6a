// R01, R02: waiting for nodes. A pipeline that lands nothing makes every change a customer and its job the service.
#include <fmt/format.h>

#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

constexpr double kRun = 600;               // seconds a job takes on average
constexpr std::uint64_t kChanges = 15000;  // a replication
constexpr ChangeId kWarm = 1500;           // not counted: the system starts empty

/// From the request for nodes to the nodes: the mean in mean runs, and the share of requests that waits at all.
class WaitGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::requested) asked_at_[event.change] = event.at;
        if (event.kind != EventKind::granted || event.change < kWarm) return;
        const Time wait = event.at - asked_at_[event.change];
        waited_ += seconds(wait) / kRun;
        waits_ += wait > 0 ? 1 : 0;
        ++served_;
    }

    std::vector<Share> read() const override { return {{waited_, served_}, {waits_, served_}}; }

private:
    std::vector<Time> asked_at_ = std::vector<Time>(kChanges);
    double waited_ = 0, waits_ = 0, served_ = 0;
};

ClosedForm many_nodes(int c, double load, double tolerance) {
    ClosedForm form;
    form.id = "R01";
    form.title = "Waiting for one of c nodes (M/M/c)";
    form.source = "Erlang 1917";
    form.assumes = "Poisson arrivals, exponential runs, c nodes that are up at once, first come first served";
    form.where = fmt::format("c = {}, load {:g}", c, load);
    form.quantities = {{"wait / run", theory::erlang_wait(c, load), tolerance},
                       {"share that waits", theory::erlang_c(c, load), kOnePercent}};
    form.scenario = [=] { return node_queue(c, Distribution::exponential(kRun), load / kRun, kChanges); };
    form.gauge = [] { return std::make_unique<WaitGauge>(); };
    return form;
}

ClosedForm one_node(const char* name, double rho, double cv, double tolerance, const Distribution& run) {
    ClosedForm form;
    form.id = "R02";
    form.title = "Waiting for the only node (M/G/1)";
    form.source = "Pollaczek 1930, Khinchine 1932";
    form.assumes = "Poisson arrivals, one node that is up at once, first come first served";
    form.where = fmt::format("{}, load {:g}", name, rho);
    form.quantities = {{"wait / run", theory::single_server_wait(rho, cv), tolerance},
                       {"share that waits", rho, kOnePercent}};
    form.scenario = [=] { return node_queue(1, run, rho / kRun, kChanges); };
    form.gauge = [] { return std::make_unique<WaitGauge>(); };
    return form;
}

}  // namespace

std::vector<ClosedForm> node_queue_forms() {
    const auto constant = Distribution::constant(kRun);
    const auto exponential = Distribution::exponential(kRun);
    return {
        many_nodes(2, 1.6, 0.025),
        many_nodes(8, 6.4, 0.025),
        many_nodes(10, 9, 0.035),
        one_node("M/D/1", 0.5, 0, 0.01, constant),
        one_node("M/D/1", 0.8, 0, 0.015, constant),
        one_node("M/M/1", 0.5, 1, 0.0125, exponential),
        one_node("M/M/1", 0.8, 1, 0.025, exponential),
        one_node("cv² 0.25", 0.8, 0.5, 0.02, Distribution::gamma_mean_cv(kRun, 0.5)),
        one_node("cv² 4", 0.5, 2, 0.02, Distribution::gamma_mean_cv(kRun, 2)),
    };
}

}  // namespace gatesim
