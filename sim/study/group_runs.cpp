#include "study/group_runs.hpp"

#include "model/all_jobs.hpp"
#include "model/concurrency.hpp"

namespace gatesim {

/// What the job says of its group; nullptr if it is in none. A trial of several changes runs the jobs of all their
/// projects.
const ConcurrencyUse* GroupRuns::group_of(const Event& e) const {
    const ConcurrencyUse* found = nullptr;
    any_variant(*cast_.scenario, e.pipeline, e.job, [&](const Job& job) {
        if (job.concurrency) found = &*job.concurrency;
        return found != nullptr;
    });
    return found;
}

bool GroupRuns::anybody_cancels() const {
    return any_job(*cast_.scenario, [](const ProjectPipeline&, const Job& job) {
        return job.concurrency && job.concurrency->cancel_in_progress;
    });
}

std::string GroupRuns::hear(const Event& e) {
    if (e.kind == EventKind::build_ended) {
        const auto ended = group_.find(e.build);
        if (ended == group_.end()) return {};
        running_.erase(ended->second);
        group_.erase(ended);
        return {};
    }
    const bool displaced = e.kind == EventKind::job_failed_without_build && e.result == Result::displaced;
    if (e.kind != EventKind::build_started && !displaced) return {};
    const ConcurrencyUse* use = group_of(e);
    if (displaced && (!use || e.reason.change == kNone)) return "displaced in a group that there is not";
    if (displaced && e.build != kNone && !anybody_cancels()) return "displaced while it went on";
    if (displaced || !use) return {};
    const Change& change = cast_.changes[e.change];
    const std::string name = group_name(
        use->group,
        {change.name, change.branch, cast_.scenario->projects[change.project].name, cast_.scenario->job_names[e.job]});
    if (!running_.emplace(name, e.build).second) return "two runs of the concurrency group " + name + " at once";
    group_[e.build] = name;
    return {};
}

}  // namespace gatesim
