// R26: checks that never report, and what they cost under a time limit.
#include <fmt/format.h>

#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

constexpr Time kRun = 10 * kMinute;
constexpr std::uint64_t kChanges = 4000;  // a replication

/// The time that passes in vain, by test and in limits, and the time that a test takes, in runs.
class LostGauge final : public Gauge {
public:
    explicit LostGauge(Time limit) : limit_(seconds(limit)) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::unreported) lost_since_ = event.at;
        if (event.kind == EventKind::job_failed_without_build) lost_ += seconds(event.at - lost_since_);
        if (event.kind != EventKind::reported) return;
        ++tests_;
        all_ = seconds(event.at);
    }

    std::vector<Share> read() const override { return {{lost_ / limit_, tests_}, {all_ / seconds(kRun), tests_}}; }

    std::string fault() const override { return tests_ == kChanges ? "" : "not every change was tested once"; }

private:
    double limit_;
    Time lost_since_ = 0;
    double lost_ = 0, all_ = 0, tests_ = 0;
};

ClosedForm never_reporting(double q, Time limit) {
    ClosedForm form;
    form.id = "R26";
    form.title = "A chance q of never reporting costs q L a build under a time limit of L";
    form.source = "the mean of a Bernoulli trial";
    form.assumes = "one change after the other is tested, and leaves with the verdict";
    const double limit_in_runs = seconds(limit) / seconds(kRun);
    form.where = fmt::format("q = {:g}, L = {:g} runs", q, limit_in_runs);
    form.quantities = {{"lost / limit", q, kOnePercent}, {"test / run", 1 - q + q * limit_in_runs, kOnePercent}};
    form.scenario = [=] {
        Scenario s = wide_gate(kRun, {});
        s.pipelines.front().strategy = {"github", {{"window", std::int64_t{1}}, {"timeout", limit}}};
        s.projects.front().pipelines.front().jobs.front().never_reports = q;
        let_stand(s, kChanges);
        return s;
    };
    form.gauge = [=] { return std::make_unique<LostGauge>(limit); };
    return form;
}

}  // namespace

std::vector<ClosedForm> lost_check_forms() {
    return {never_reporting(0.2, 6 * kRun), never_reporting(0.03, 36 * kRun)};
}

}  // namespace gatesim
