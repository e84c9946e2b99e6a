#include "study/lost_runs.hpp"

#include <algorithm>

namespace gatesim {

namespace {

bool says_so(const std::vector<ScriptedRun>& runs, JobId job) {
    return std::any_of(runs.begin(), runs.end(),
                       [&](const ScriptedRun& run) { return run.job == job && run.never_reports; });
}

}  // namespace

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
            break;
        }
        case EventKind::build_ended:
            return ended(e);
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

/// Some project's variant of the job has a chance, or a script says so.
bool LostRuns::can_be_lost(const Event& e) const {
    for (const Project& project : cast_.scenario->projects)
        for (const ProjectPipeline& part : project.pipelines)
            for (const Job& job : part.jobs)
                if (part.pipeline == e.pipeline && job.id == e.job && job.never_reports.at(e.at) > 0) return true;
    return is_scripted(e.job);
}

bool LostRuns::is_scripted(JobId job) const {
    if (!cast_.scenario->load.listed) return false;
    const ListedLoad& listed = *cast_.scenario->load.listed;
    return std::any_of(listed.changes.begin(), listed.changes.end(),
                       [&](const ListedChange& change) { return says_so(change.jobs, job); }) ||
           std::any_of(listed.events.begin(), listed.events.end(),
                       [&](const ScriptedEvent& event) { return says_so(event.jobs, job); });
}

/// As all projects have it; nullptr if they do not have it alike: a trial may run it for several.
const Job* LostRuns::job_of(const Event& e) const {
    const Job* found = nullptr;
    for (const Project& project : cast_.scenario->projects)
        for (const ProjectPipeline& part : project.pipelines)
            for (const Job& job : part.jobs) {
                if (part.pipeline != e.pipeline || job.id != e.job) continue;
                if (found &&
                    (found->never_reports.at(e.at) != job.never_reports.at(e.at) ||
                     found->hangs.at(e.at) != job.hangs.at(e.at) || found->timeout.at(e.at) != job.timeout.at(e.at)))
                    return nullptr;
                found = &job;
            }
    return found;
}

}  // namespace gatesim
