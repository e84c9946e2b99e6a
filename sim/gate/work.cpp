// Preparing attempts, asking for nodes, handing builds over. (Zuul 3.8, zuul/manager/__init__.py:
// prepareItem, provisionNodes, executeJobs; zuul/model.py, QueueItem: findJobsToRequest, findJobsToRun.)
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/greens.hpp"
#include "gate/groups.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {
namespace {

const JobGraph kNoJobs{};

/// What is to run for the slot, on which state.
BuildOrder order_for(const Item& item, std::size_t slot) {
    BuildOrder order;
    order.build = item.attempt.slots[slot].build;
    order.slot = {item.id, item.attempt.id, static_cast<std::uint32_t>(slot)};
    order.change = item.change;
    order.patchset = item.patchset;
    order.job = item.attempt.graph->jobs[slot];
    order.nodes = item.attempt.slots[slot].held;
    order.base = item.attempt.base;
    order.pipeline = item.queue->pipeline;
    order.queue = item.queue->id;
    order.chain = &*item.attempt.chain;
    if (item.trial && !item.probe) order.members = item.members;
    return order;
}

}  // namespace

const JobGraph& Gate::graph_of(ChangeId change, PipelineId pipeline) {
    JobGraphs* graphs = pipelines_[pipeline]->graphs_of[cast_.changes[change].project].get();
    return graphs ? graphs->of(cast_.changes[change]) : kNoJobs;
}

/// How many of the ahead's chain are gone from its front by now; nothing if that is not all that has changed.
std::optional<std::size_t> Gate::gone_from_front(const Item& ahead) const {
    const Attempt& attempt = ahead.attempt;
    if (!attempt.prepared || ahead.cycle || ahead.trial || attempt.relinked != ahead.queue->relinked) return {};
    for (std::size_t gone = 0; gone < attempt.chain.size(); ++gone) {
        for (const Item* item : items_of_[attempt.chain[gone]]) {
            if (item->queue != ahead.queue || item->sequence > ahead.sequence || item->trial) continue;
            return item->ahead || item->cycle ? std::nullopt : std::optional(gone);
        }
    }
    return {};
}

/// The chain of the item, without walking along a queue that has only grown at its end and lost its front.
SharedList<ChangeId> Gate::chain_for(const Item& item) const {
    if (!item.ahead) return SharedList<ChangeId>(chain_of(item));
    if (const auto gone = item.cycle ? std::nullopt : gone_from_front(*item.ahead))
        return SharedList<ChangeId>::grown(item.ahead->attempt.chain, *gone, item.change);
    return SharedList<ChangeId>::after(item.ahead->attempt.chain, chain_of(item));
}

/// The chain is fixed from here on.
void Gate::freeze(Item& item) {
    Attempt& attempt = item.attempt;
    attempt.prepared = true;
    if (!item.trial) {
        attempt.chain = chain_for(item);
        attempt.relinked = item.queue->relinked;
        attempt.queue_landings = static_cast<std::uint32_t>(item.queue->landed.size());
        item.queue->prepared_up_to = std::max(item.queue->prepared_up_to, item.sequence);
    }
    attempt.merge = item.probe ? MergeState::clean : MergeState::pending;
    if (greens_ && item.probe) attempt.state = greens_->state_of(item);
    Event e = event(EventKind::prepared, item);
    e.chain = attempt.chain->without_last();
    outside_.tell(e);
    if (!item.probe) outside_.merge(item.id, attempt.id, attempt.chain);
}

bool Gate::prepare(Item& item) {
    if (!may(item, "prepared")) return false;
    Attempt& attempt = item.attempt;
    if (!attempt.prepared) freeze(item);
    if (attempt.merge != MergeState::clean || attempt.config_error) return false;
    if (!attempt.graph) {
        const JobGraph& graph = item.trial ? graph_of_trial(item) : graph_of(item.change, item.queue->pipeline);
        if (graph.broken) {
            attempt.config_error = true;
            happened_to(item);
            return false;
        }
        attempt.begin(graph);
        if (!item.only.empty()) leave_out(item);
    }
    return true;
}

void Gate::report_start(Item& item) {
    if (!may(item, "started")) return;
    if (item.start_reported || item.quiet || !item.attempt.graph || item.attempt.graph->jobs.empty()) return;
    item.start_reported = true;
    Event e = event(EventKind::started, item);
    outside_.tell(e);
}

/// The job ahead, and whose, that has to succeed before the item's jobs may start; nothing if there is none.
std::optional<std::pair<ChangeId, JobId>> Gate::held_by_ahead(const Item& item) const {
    if (!pipelines_[item.queue->pipeline]->holds) return {};
    for (const Item* ahead = item.ahead; ahead; ahead = ahead->ahead) {
        if (!ahead->live || !ahead->attempt.graph) return {};
        if (ahead->cycle && ahead->cycle == item.cycle) continue;  // they wait for each other's verdict: never for this
        const Attempt& attempt = ahead->attempt;
        if (!attempt.graph->holds) continue;
        for (std::size_t i = 0; i < attempt.slots.size(); ++i)
            if (attempt.graph->jobs[i]->hold_following_changes && attempt.slots[i].result != Result::success)
                return std::pair{ChangeId{ahead->change}, attempt.graph->jobs[i]->id};
    }
    return {};
}

bool GateState::parents_succeeded(const Attempt& attempt, std::size_t slot) {
    const auto& parents = attempt.graph->parents[slot];
    return std::all_of(parents.begin(), parents.end(),
                       [&](std::uint16_t p) { return attempt.slots[p].result == Result::success; });
}

/// A run that is never scheduled takes neither nodes nor a semaphore, nor does it stay in a group: its turn is over
/// before it began.
bool Gate::goes_unheard(Item& item, std::size_t index) {
    const Job& job = *item.attempt.graph->jobs[index];
    if (job.noop || item.attempt.slots[index].built || !outside_.never_reports(order_for(item, index))) return false;
    item.attempt.slots.open()[index].unreported = true;
    release_semaphore(item.id, job);
    if (groups_) groups_->leave(item, index);
    Event e = event(EventKind::unreported, item);
    e.job = job.id;
    e.voting = job.voting;
    outside_.tell(e);
    return true;
}

bool Gate::request_nodes(Item& item) {
    if (!may(item, "given nodes") || paused(*item.queue)) return false;
    Attempt& attempt = item.attempt;
    if (!item.live || !attempt.graph || attempt.to_request->empty() || held_by_ahead(item)) return false;
    bool any = false;
    SlotMask& due = attempt.to_request.open();  // what is taken over makes it the turn of others, in this very loop
    for (std::size_t i = due.next(0); i != SlotMask::kNone; i = due.next(i + 1)) {
        due.remove(i);
        JobSlot& slot = attempt.slots.open()[i];
        const Job& job = *attempt.graph->jobs[i];
        if (slot.stopped || (slot.built && good(slot.result)) || slot.has_nodes || slot.request != kNone ||
            slot.asked_for_none || slot.unreported)
            continue;
        if (!parents_succeeded(attempt, i)) continue;
        if (greens_ && take_green(item, i)) {
            any = true;
            continue;
        }
        if ((groups_ && !groups_->enter(item, i)) || !take_semaphore(item, job, true)) {
            due.add(i);  // refused
            continue;
        }
        if (goes_unheard(item, i)) continue;
        any = true;
        const SlotRef ref{item.id, attempt.id, static_cast<std::uint32_t>(i)};
        if (job.noop || job.nodes == 0) {
            slot.asked_for_none = true;  // granted at once, and noticed in the next wave
            finished_.push_back({Finished::Kind::nodes, ref, kNone, kNone, Result::none, true, nullptr});
            outside_.wake();
            continue;
        }
        NodeRequest request;
        request.slot = ref;
        request.change = item.change;
        request.patchset = item.patchset;
        request.job = &job;
        request.precedence = pipeline(*item.queue).precedence;
        request.relative_priority = item.priority;
        request.queue = item.queue->id;
        request.place = item.sequence;
        slot.request = outside_.request_nodes(request);
        Event e = event(EventKind::requested, item);
        e.job = job.id;
        e.voting = job.voting;
        e.request = slot.request;
        e.value = job.nodes;
        outside_.tell(e);
    }
    attempt.look_for_rest();
    return any;
}

void Gate::start_builds(Item& item) {
    if (!may(item, "built") || paused(*item.queue)) return;
    Attempt& attempt = item.attempt;
    if (!item.live || !attempt.graph || attempt.to_start->empty() || held_by_ahead(item)) return;
    SlotMask& due = attempt.to_start.open();
    for (std::size_t i = due.next(0); i != SlotMask::kNone; i = due.next(i + 1)) {
        due.remove(i);
        JobSlot& slot = attempt.slots.open()[i];
        const Job& job = *attempt.graph->jobs[i];
        if (slot.built || !slot.has_nodes) continue;
        if (!parents_succeeded(attempt, i)) continue;
        if ((groups_ && !groups_->enter(item, i)) || !take_semaphore(item, job, false)) {
            due.add(i);  // refused
            continue;
        }
        slot.built = true;
        slot.tries = std::max(slot.tries, 1);
        slot.build = next_build_++;
        if (job.noop) {
            const SlotRef ref{item.id, attempt.id, static_cast<std::uint32_t>(i)};
            finished_.push_back({Finished::Kind::build, ref, kNone, slot.build, Result::success, true, nullptr});
            outside_.wake();
            continue;
        }
        outside_.start(order_for(item, i));
    }
    attempt.look_for_rest();
}

void Gate::revise_priority(Item& item, std::uint32_t priority) {
    if (!may(item, "revised")) return;
    item.priority = priority;
    for (const JobSlot& slot : item.attempt.slots)
        if (slot.request != kNone) outside_.revise_priority(slot.request, priority);
}

std::uint32_t Gate::place_among_peers(const Item& item) const {
    // The projects of a named queue are peers; the name may be configured for another pipeline too.
    auto queue_name = [&](ProjectId project) -> const std::string* {
        const Project& p = scenario_.projects[project];
        for (const ProjectPipeline& config : p.pipelines)
            if (config.pipeline == item.queue->pipeline && !config.queue.empty()) return &config.queue;
        for (const SharedQueue& shared : scenario_.queues)
            if ((shared.pipeline.empty() || shared.pipeline == scenario_.pipelines[item.queue->pipeline].name) &&
                std::find(shared.projects.begin(), shared.projects.end(), p.name) != shared.projects.end())
                return &shared.name;
        return nullptr;
    };
    const ProjectId project = cast_.changes[item.change].project;
    const std::string* name = queue_name(project);
    std::uint32_t place = 0;
    for (QueueId id : pipelines_[item.queue->pipeline]->open)
        for (const Item* other = queues_[id]->first; other; other = other->next) {
            if (other == &item) return place;
            const ProjectId p = cast_.changes[other->change].project;
            const std::string* n = queue_name(p);
            if (other->live && (p == project || (name && n && *name == *n))) ++place;
        }
    return place;
}

}  // namespace gatesim
