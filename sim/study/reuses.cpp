#include "study/reuses.hpp"

#include <algorithm>

#include "model/all_jobs.hpp"

namespace gatesim {

bool Reuses::is_used() {
    if (!used_)
        used_ = any_job(*cast_.scenario, [](const ProjectPipeline&, const Job& job) { return job.reuses_green; });
    return *used_;
}

bool Reuses::share_a_queue(ProjectId a, ProjectId b) const {
    const Scenario& scenario = *cast_.scenario;
    if (a == b) return true;
    for (const ProjectPipeline& one : scenario.projects[a].pipelines)
        for (const ProjectPipeline& other : scenario.projects[b].pipelines)
            if (one.pipeline == other.pipeline && !one.queue.empty() && one.queue == other.queue) return true;
    const auto has = [&](const SharedQueue& queue, ProjectId project) {
        const auto& names = queue.projects;
        return std::find(names.begin(), names.end(), scenario.projects[project].name) != names.end();
    };
    return std::any_of(scenario.queues.begin(), scenario.queues.end(),
                       [&](const SharedQueue& queue) { return has(queue, a) && has(queue, b); });
}

void Reuses::note_base(const Event& e) {
    const auto state = states_.find(e.attempt);
    if (state == states_.end() || e.value != 1) return;
    state->second.merged = true;
    for (const Landed& one : landed_) {
        if (!share_a_queue(one.project, cast_.changes[e.change].project)) continue;
        ++state->second.most;
        state->second.least += one.at < e.at;
    }
}

std::string Reuses::check(const Event& e) const {
    const auto state = states_.find(e.attempt);
    const auto build = builds_.find(e.build);
    if (state == states_.end() || !state->second.merged) return {};  // a probe of the branch
    if (build == builds_.end() || build->second.job != e.job || !build->second.passed)
        return "a success of " + cast_.scenario->job_names[e.job] + " counts that never was";
    const State& now = state->second;
    const State& then = build->second.state;
    const bool same =
        now.chain == then.chain && now.patchset == then.patchset && now.least <= then.most && then.least <= now.most;
    if (then.merged && !same) return "a success counts that was on another state";
    return {};
}

std::string Reuses::hear(const Event& e) {
    if (!is_used()) return {};
    switch (e.kind) {
        case EventKind::landed:
        case EventKind::reverted:
        case EventKind::repaired:
            landed_.push_back({e.at, cast_.changes[e.change].project});
            break;
        case EventKind::prepared: {
            State& state = states_[e.attempt];
            state = {};
            state.chain.assign(e.chain.begin(), e.chain.end());
            state.chain.push_back(e.change);
            state.patchset = e.patchset;
            break;
        }
        case EventKind::merged_state:
            note_base(e);
            break;
        case EventKind::build_started:
            if (const auto state = states_.find(e.attempt); state != states_.end())
                builds_[e.build] = {e.job, state->second, false};
            break;
        case EventKind::build_ended:
            if (const auto build = builds_.find(e.build); build != builds_.end())
                build->second.passed = e.result == Result::success && e.value == 1;
            break;
        case EventKind::job_taken_over:
            // Tide has proofs of its own, for which what was undone on the branch does not count.
            if (e.build != kNone && e.result == Result::success &&
                cast_.scenario->pipelines[e.pipeline].strategy.name != "tide")
                return check(e);
            break;
        default:
            break;
    }
    return {};
}

}  // namespace gatesim
