#include "study/lost_runs.hpp"

#include <algorithm>
#include <utility>

#include "model/all_jobs.hpp"

namespace gatesim {

std::string LostRuns::hear(const Event& e) {
    switch (e.kind) {
        case EventKind::enqueued:
            if (!cast_.changes[e.change].git_parents.empty() || !cast_.changes[e.change].depends_on.empty())
                unclear_.insert(e.queue);
            break;
        case EventKind::unreported:
            return unreported(e);
        case EventKind::requested: {
            if (unclear_.count(e.queue) != 0) break;
            if (lost_.count({e.item, e.attempt, e.job}) != 0)
                return "asked for nodes for a run that is never scheduled";
            const Job* job = job_of(e);
            if (job && !cast_.scenario->load.replay && job->never_reports.at(e.at) >= 1)
                return "asked for nodes for a job of which no run is ever scheduled";
            break;
        }
        case EventKind::build_started: {
            if (unclear_.count(e.queue) == 0 && lost_.count({e.item, e.attempt, e.job}) != 0)
                return "a run was started that is never scheduled";
            const Job* job = job_of(e);
            if (job && !cast_.scenario->load.replay && job->hangs.at(e.at) >= 1)
                hanging_[e.build] = {e.at, job->timeout.at(e.at)};
            if (e.request != kNone && can_run_for_ever(e)) endless_.insert(e.request);
            break;
        }
        case EventKind::build_ended:
            return ended(e);
        case EventKind::node_killed:  // whatever ran on it ends
            hanging_.erase(e.build);
            break;
        case EventKind::released:
            endless_.erase(e.request);
            break;
        case EventKind::job_skipped:
        case EventKind::job_failed_without_build:
            lost_.erase({e.item, e.attempt, e.job});
            break;
        case EventKind::reset:
        case EventKind::dequeued:
        case EventKind::trial_closed:
            if (!runs_on(e)) forget(e.item);
            break;
        default:
            break;
    }
    return {};
}

std::string LostRuns::unreported(const Event& e) {
    if (!lost_.insert({e.item, e.attempt, e.job}).second && unclear_.count(e.queue) == 0)
        return "a run that is never scheduled was asked for twice";
    return can_be_lost(e) ? "" : "a run is lost without a chance that it might be, nor a script that says so";
}

std::string LostRuns::ended(const Event& e) {
    const auto known = hanging_.find(e.build);
    if (known == hanging_.end()) return {};
    const auto [started, limit] = known->second;
    hanging_.erase(known);
    if (e.result == Result::canceled) return {};
    if (e.result != Result::timeout || limit == 0) return "a run that hangs ended by itself";
    return e.at == started + limit ? "" : "a run that hangs did not end at its timeout";
}

void LostRuns::forget(ItemId item) {
    lost_.erase(lost_.lower_bound({item, 0, 0}), lost_.upper_bound({item, kNone, kNone}));
}

/// Whether the script says so of some run.
template <class Says>
bool LostRuns::is_scripted(const Says& says) const {
    if (!cast_.scenario->load.listed) return false;
    const ListedLoad& listed = *cast_.scenario->load.listed;
    const auto any = [&](const auto& one) { return std::any_of(one.jobs.begin(), one.jobs.end(), says); };
    return std::any_of(listed.changes.begin(), listed.changes.end(), any) ||
           std::any_of(listed.events.begin(), listed.events.end(), any);
}

bool LostRuns::can_be_lost(const Event& e) const {
    return any_variant(*cast_.scenario, e.pipeline, e.job,
                       [&](const Job& job) { return job.never_reports.at(e.at) > 0; }) ||
           is_scripted([&](const ScriptedRun& run) { return run.job == e.job && run.never_reports; });
}

bool LostRuns::can_run_for_ever(const Event& e) const {
    const bool scripted =
        is_scripted([&](const ScriptedRun& run) { return run.job == e.job && !run.hangs_on_run.empty(); });
    return any_variant(*cast_.scenario, e.pipeline, e.job, [&](const Job& job) {
        return job.runs_on_unneeded == kNever && job.timeout.at(e.at) <= 0 && (scripted || job.hangs.at(e.at) > 0);
    });
}

/// As all projects have it; nullptr if they do not have it alike: a trial may run it for several.
const Job* LostRuns::job_of(const Event& e) const {
    const Job* found = nullptr;
    const bool differ = any_variant(*cast_.scenario, e.pipeline, e.job, [&](const Job& job) {
        const Job* one = std::exchange(found, &job);
        return one && (one->never_reports.at(e.at) != job.never_reports.at(e.at) ||
                       one->hangs.at(e.at) != job.hangs.at(e.at) || one->timeout.at(e.at) != job.timeout.at(e.at));
    });
    return differ ? nullptr : found;
}

}  // namespace gatesim
