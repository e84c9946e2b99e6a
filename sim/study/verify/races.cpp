// R16: how many races are alive, from how they are born and how they are found.
#include <fmt/format.h>

#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

constexpr double kStrength = 0.02, kLook = 0.5;
constexpr int kUrgent = 3;
constexpr double kPerLanding = 0.004;
constexpr JobId kJobs = 4;
constexpr std::uint64_t kChanges = 12000;
constexpr std::uint64_t kWarm = 2000;  ///< changes in which the races become as many as there will be

/// Races alive, averaged over changes, by births a change.
class RaceGauge final : public Gauge {
public:
    void on(const Event& event) override {
        const bool counts = changes_ >= kWarm;
        if (event.kind == EventKind::race_born) {
            ++alive_;
            births_ += counts;
        }
        if (event.kind == EventKind::race_fixed) --alive_;
        if (event.kind != EventKind::reported) return;
        ++changes_;
        if (counts) area_ += alive_;
    }

    std::vector<Share> read() const override { return {{area_, births_}}; }

private:
    std::uint64_t changes_ = 0;
    double alive_ = 0, area_ = 0, births_ = 0;
};

Scenario one_by_one() {
    Scenario s = wide_gate(kMinute, {});
    s.pipelines[0].strategy = {"serial", {}};
    std::vector<Job>& jobs = s.projects[0].pipelines[0].jobs;
    s.job_names.clear();
    for (JobId job = 0; job < kJobs; ++job) {
        if (job > 0) jobs.push_back(jobs[0]);
        jobs[job].id = job;
        s.job_names.push_back("test-" + std::to_string(job + 1));
    }
    let_arrive(s, 1.0 / 120, kChanges);
    return s;
}

/// Hits are a Bernoulli process in the runs of the race's job: the first look after 1 / sq runs, each further hit that
/// counts after 1 / s, or, where nobody classifies, after 1 / sq again.
ClosedForm found_by_looks(bool classification) {
    ClosedForm form;
    form.id = "R16";
    form.title = "Races alive = births x the runs until enough failures are known";
    form.source = "Little 1961; a negative binomial number of runs";
    form.assumes =
        "one change at a time, one run of each job; a race hits one job with s, a failure is looked into with q, n "
        "known ones end it; two races seldom hit one run";
    form.where = fmt::format("classification {}, s = {:g}, q = {:g}, n = {}", classification ? "on" : "off", kStrength,
                             kLook, kUrgent);
    const double look = 1 / (kStrength * kLook), next = classification ? 1 / kStrength : look;
    form.quantities = {{"alive / births a change", look + (kUrgent - 1) * next, 2 * kOnePercent}};
    form.scenario = [=] {
        Scenario s = one_by_one();
        Races& races = s.failures.races;
        races.classification = classification;
        races.born = RaceBirths{};
        races.born->per_landing = kPerLanding;
        races.born->strength = Distribution::constant(kStrength);
        races.handling.look = kLook;
        races.handling.urgent = kUrgent;
        return s;
    };
    form.gauge = [] { return std::make_unique<RaceGauge>(); };
    return form;
}

}  // namespace

std::vector<ClosedForm> race_forms() {
    return {found_by_looks(true), found_by_looks(false)};
}

}  // namespace gatesim
