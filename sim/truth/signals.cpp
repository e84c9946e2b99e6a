#include "truth/signals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "truth/predictor.hpp"

namespace gatesim {

namespace {

constexpr double kHalfPi = std::numbers::pi / 2;

std::uint64_t patchset_key(ChangeId change, int patchset) {
    return static_cast<std::uint64_t>(change) << 16 | static_cast<std::uint16_t>(patchset);
}

// The longest way through the jobs' needs, in seconds, with the variance along it.
struct Way {
    double mean = 0;
    double variance = 0;
};

Way longest(const std::vector<const Job*>& jobs, const std::vector<Way>& own) {
    std::vector<std::optional<Way>> ends(jobs.size());
    const std::function<Way(std::size_t)> end_of = [&](std::size_t i) {
        if (ends[i]) return *ends[i];
        Way before;
        for (const JobNeed& need : jobs[i]->needs) {
            const auto at = std::find_if(jobs.begin(), jobs.end(), [&](const Job* job) { return job->id == need.job; });
            if (at == jobs.end()) continue;
            const Way way = end_of(static_cast<std::size_t>(at - jobs.begin()));
            if (way.mean > before.mean) before = way;
        }
        ends[i] = Way{before.mean + own[i].mean, before.variance + own[i].variance};
        return *ends[i];
    };
    Way out;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (const Way way = end_of(i); way.mean > out.mean) out = way;
    }
    return out;
}

}  // namespace

SignalDesk::SignalDesk(const Scenario& scenario, const Cast& cast, Luck luck, Hidden& hidden, const Pairs& textual,
                       const Script& script, std::function<void()> catch_up, FirstRun first_run,
                       std::function<double(const Job&)> duration_factor)
    : scenario_(scenario),
      cast_(cast),
      luck_(luck),
      hidden_(hidden),
      textual_(textual),
      script_(script),
      catch_up_(std::move(catch_up)),
      first_run_(std::move(first_run)),
      duration_factor_(std::move(duration_factor)),
      listed_fail_(script.share_failing()),
      listed_conflict_(script.share_conflicting()) {}

double SignalDesk::passes(ChangeId change) const {
    catch_up_();
    if (told_.size() <= change) told_.resize(cast_.changes.size());
    const int patchset = cast_.changes[change].patchset;
    Told& told = told_[change];
    if (told.patchset == patchset) return told.passes;
    double base = cast_.changes[change].breaks.value_or(scenario_.failures.defect.at(cast_.changes[change].written));
    if (script_.listed(change)) base = 1 - (1 - base) * (1 - listed_fail_);
    const double u = luck_.uniform(Purpose::signal_passes, patchset_key(change, patchset));
    const double bad = believed_bad(scenario_.signals.passes, fails_alone(change), base, u);
    told = {patchset, (1 - bad) * no_flake(change)};
    return told.passes;
}

bool SignalDesk::fails_alone(ChangeId change) const {
    if (script_.fails_alone(change)) return true;
    const std::vector<const Job*> jobs = hidden_.places().voting(change);
    return std::any_of(jobs.begin(), jobs.end(),
                       [&](const Job* job) { return hidden_.shows_own(*job, change, cast_.changes[change].patchset); });
}

double SignalDesk::no_flake(ChangeId change) const {
    double none = 1;
    for (const Job* job : hidden_.places().voting(change))
        none *= 1 - std::pow(job->flake.at(cast_.changes[change].written), job->retry_tests + 1);
    return none;
}

double SignalDesk::conflicts(ChangeId a, ChangeId b) const {
    catch_up_();
    double base = 1 - (1 - hidden_.semantic().chance(a, b)) * (1 - textual_.chance(a, b));
    const bool scripted = script_.conflicting(a, b);
    if (scripted || (script_.listed(a) && script_.listed(b))) base = 1 - (1 - base) * (1 - listed_conflict_);
    if (!(base > 0) || scenario_.signals.conflicts.kind == Predictor::Kind::base_rate) return base;
    const bool really = scripted || hidden_.semantic().conflict(a, b) || textual_.conflict(a, b);
    return believed_bad(scenario_.signals.conflicts, really, base,
                        luck_.uniform(Purpose::signal_conflict, pair_key(a, b)));
}

Expected SignalDesk::build_time(ChangeId change) const {
    catch_up_();
    const auto& error = scenario_.signals.duration_error;
    const std::vector<const Job*> jobs = hidden_.places().voting(change);
    std::vector<Way> own;
    for (const Job* job : jobs) {
        if (error) {
            own.push_back({seconds(first_run_(*job, change)), 0});
            continue;
        }
        const double cost = job->selection ? job->selection->cost : 1;
        const double mean = job->duration.mean() * cost * duration_factor_(*job);
        own.push_back({mean, std::pow(mean * job->duration.cv(), 2)});
    }
    const Way way = longest(jobs, own);
    if (!error) return {from_seconds(way.mean), from_seconds(std::sqrt(way.variance))};
    // |exp(s z) - 1| is s |z| for a small s, whose mean is s * sqrt(2 / pi).
    const double s = *error * std::sqrt(kHalfPi);
    const auto patchset = static_cast<std::uint64_t>(cast_.changes[change].patchset);
    const double z = standard_normal_quantile(luck_.uniform(Purpose::signal_duration, change, patchset));
    const double told = way.mean * std::exp(s * z);
    return {from_seconds(told), from_seconds(told * s)};
}

}  // namespace gatesim
