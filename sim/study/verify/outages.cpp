// R25: an outage of the machines, and how long its backlog lasts.
#include <fmt/format.h>

#include <optional>

#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

constexpr double kRun = 600;               // seconds a job takes on average
constexpr double kOutage = 2000 * kRun;    // seconds
constexpr std::uint64_t kChanges = 12000;  // enough for the outage and what comes until nobody waits

/// From the end of the outage to the first moment at which nobody waits and nothing runs.
class DrainGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::requested) {
            ++open_;
            ++asked_;
        }
        if (event.kind != EventKind::build_ended) return;
        if (--open_ == 0 && !drained_) {
            drained_ = seconds(event.at) - kOutage;
            complete_ = asked_ < kChanges;
        }
    }

    std::vector<Share> read() const override { return {{drained_.value_or(0), kOutage}}; }

    std::string fault() const override { return complete_ ? "" : "the last change came before the backlog was gone"; }

private:
    std::int64_t open_ = 0;
    std::uint64_t asked_ = 0;
    bool complete_ = false;
    std::optional<double> drained_;
};

ClosedForm backlog(const char* name, double rho, const Distribution& run) {
    ClosedForm form;
    form.id = "R25";
    form.title = "An outage of T leaves a backlog that lasts aT / (s - a)";
    form.source = "the mean of a busy period that begins with work: Takács 1962";
    form.assumes =
        "Poisson arrivals at a, one node that is away from 0 to T and then serves s, first come first served";
    form.where = fmt::format("{}, a / s = {:g}", name, rho);
    form.quantities = {{"backlog / outage", rho / (1 - rho)}};
    form.scenario = [=] {
        Scenario s = node_queue(0, run, rho / kRun, kChanges);
        TimelineStep back;
        back.at = from_seconds(kOutage);
        back.pool = 0;
        back.nodes = 1;
        s.timeline = {back};
        return s;
    };
    form.gauge = [] { return std::make_unique<DrainGauge>(); };
    return form;
}

}  // namespace

std::vector<ClosedForm> outage_forms() {
    return {
        backlog("constant runs", 0.5, Distribution::constant(kRun)),
        backlog("exponential runs", 0.7, Distribution::exponential(kRun)),
    };
}

}  // namespace gatesim
