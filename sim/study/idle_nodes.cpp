#include "study/idle_nodes.hpp"

#include <algorithm>

#include "model/all_jobs.hpp"

namespace gatesim {

namespace {

/// Whether the script says of some patch set that nodes for this job cannot be had: that takes time, and no nodes.
bool fails_by_script(const Scenario& scenario, const Change& change, JobId job) {
    if (change.listed == kNone || !scenario.load.listed) return false;
    const auto fails = [&](const ScriptedRun& run) { return run.job == job && run.node_failure; };
    const ListedChange& listed = scenario.load.listed->changes[change.listed];
    if (std::any_of(listed.jobs.begin(), listed.jobs.end(), fails)) return true;
    return std::any_of(scenario.load.listed->events.begin(), scenario.load.listed->events.end(),
                       [&](const ScriptedEvent& e) { return std::any_of(e.jobs.begin(), e.jobs.end(), fails); });
}

}  // namespace

std::string IdleNodes::hear(const Event& e) {
    if (rooms_.empty())
        for (const Pool& pool : cast_.scenario->pools) rooms_.push_back({pool.standing(), 0});
    std::string wrong;
    if (e.at > now_ || e.kind == EventKind::ended) wrong = idle();
    now_ = e.at;
    if (const int added = nodes_added(e); added != 0) rooms_[e.pool].size += added;
    switch (e.kind) {
        case EventKind::enqueued: {
            const Change& change = cast_.changes[e.change];
            if (change.git_parents.empty() && change.depends_on.empty()) break;
            unclear_[e.queue] = true;
            for (auto& [id, request] : waiting_) request.unclear |= request.queue == e.queue;
            break;
        }
        case EventKind::requested:
            requested(e);
            break;
        case EventKind::trial_opened:
            tips_[e.item] = e.members.empty() ? 0 : e.members.back();
            break;
        case EventKind::granted:
            if (wrong.empty()) wrong = overtakes(e);
            waiting_.erase(e.request);
            rooms_[e.pool].busy += e.value;
            granted_[e.request] = {e.pool, e.value};
            break;
        case EventKind::released:
            if (const auto held = granted_.find(e.request); held != granted_.end()) {
                rooms_[held->second.first].busy -= held->second.second;
                granted_.erase(held);
            }
            break;
        case EventKind::pool_size:
            rooms_[e.pool].size = e.value;
            break;
        case EventKind::reset:
        case EventKind::dequeued:
        case EventKind::trial_closed:
            if (!runs_on(e)) forget(e.item);  // else its other jobs run on
            break;
        case EventKind::setting:
            if (cast_.scenario->timeline[static_cast<std::size_t>(e.value)].hold == Hold::pause)  // all are taken back
                std::erase_if(waiting_,
                              [&](const auto& w) { return cast_.queues[w.second.queue].pipeline == e.pipeline; });
            break;
        case EventKind::job_skipped:
        case EventKind::job_failed_without_build:
            forget(e.item, e.job);
            break;
        default:
            break;
    }
    return wrong;
}

void IdleNodes::requested(const Event& e) {
    const Scenario& scenario = *cast_.scenario;
    const Change& change = cast_.changes[e.change];
    // Tide takes back what it asked for when it makes a newer build of a job, and nobody is told.
    const bool unclear = unclear_.count(e.queue) != 0 || fails_by_script(scenario, change, e.job) ||
                         scenario.pipelines[e.pipeline].strategy.name == "tide";
    // A trial of several changes runs the jobs of all their projects.
    any_variant(scenario, e.pipeline, e.job, [&](const Job& job) {
        forget(e.item, e.job);  // a job of an item has one request: an older one was taken back
        const auto tip = tips_.find(e.item);
        waiting_[e.request] = {
            e.item, e.queue, e.job, job.label, e.value, unclear, tip == tips_.end() ? e.item : tip->second};
        return true;
    });
}

void IdleNodes::forget(ItemId item, JobId job) {
    std::erase_if(waiting_, [&](const auto& known) {
        return known.second.item == item && (job == kNone || known.second.job == job);
    });
}

bool IdleNodes::can_ever_fit(const Waiting& request) const {
    for (PoolId p = 0; p < rooms_.size(); ++p)
        if (cast_.scenario->pools[p].serves(request.label) &&
            (cast_.scenario->pools[p].life || rooms_[p].size == kUnlimited || request.nodes <= rooms_[p].size))
            return true;  // of a pool that lives more may come
    return false;
}

bool IdleNodes::by_place(std::uint32_t label) const {
    const auto& pools = cast_.scenario->pools;
    return std::any_of(pools.begin(), pools.end(), [&](const Pool& pool) {
        return pool.grants == Grants::in_order_of_queue && pool.serves(label);
    });
}

/// Who comes out of a freeze stands behind everybody, and no event says so; relative priority is not told either.
std::string IdleNodes::overtakes(const Event& e) const {
    const Scenario& scenario = *cast_.scenario;
    const auto known = waiting_.find(e.request);
    // Nor is it known what may still come of a pool that lives while the timeline sets its most.
    const auto unclear = [&](const TimelineStep& step) {
        return step.hold != Hold::none || (step.pool != kNone && scenario.pools[step.pool].life);
    };
    if (known == waiting_.end() || !by_place(known->second.label) || scenario.relative_priority || reaches() ||
        std::any_of(scenario.timeline.begin(), scenario.timeline.end(), unclear))
        return {};
    for (const auto& [id, other] : waiting_) {
        const bool ahead = other.queue == known->second.queue && other.place < known->second.place;
        if (!ahead || other.unclear || !scenario.pools[e.pool].serves(other.label) || !by_place(other.label) ||
            !can_ever_fit(other))
            continue;
        return "nodes for " + scenario.job_names[e.job] + " although " + scenario.job_names[other.job] +
               " of a change ahead of it in its queue waits for them";
    }
    return {};
}

/// Whether some pool is for some requests only, or only after a while.
bool IdleNodes::reaches() const {
    const auto& pools = cast_.scenario->pools;
    return std::any_of(pools.begin(), pools.end(), [](const Pool& pool) { return pool.is_reached_in_turn(); });
}

std::string IdleNodes::idle() const {
    if (reaches()) return {};
    for (PoolId p = 0; p < rooms_.size() && !waiting_.empty(); ++p) {
        const Pool& pool = cast_.scenario->pools[p];
        std::int64_t most = 0;
        const Waiting* one = nullptr;
        bool unclear = false;
        for (const auto& [id, request] : waiting_)
            if (pool.serves(request.label) && can_ever_fit(request)) {
                most = std::max(most, request.nodes);
                unclear |= request.unclear;
                one = &request;
            }
        const Room& room = rooms_[p];
        if (!one || unclear || (room.size != kUnlimited && room.size - room.busy < most)) continue;
        return "nodes of pool " + pool.name + " idle while a request for " + cast_.scenario->job_names[one->job] +
               " that fits waits";
    }
    return {};
}

}  // namespace gatesim
