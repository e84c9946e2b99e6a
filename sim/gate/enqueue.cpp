// Who may enter, after whom, and whom a change brings along. (Zuul 3.8, zuul/manager/__init__.py:
// addChange; dependent.py, independent.py and supercedent.py beside it: enqueueChangesAhead, enqueueChangesBehind,
// checkForChangesNeededBy, getChangeQueue.)
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

std::vector<Gate::Need> Gate::needs_of(ChangeId change) const {
    std::vector<Need> needs;
    const Change& c = cast_.changes[change];
    for (std::size_t i = 0; i < c.git_parents.size(); ++i)
        needs.push_back({c.git_parents[i], git_patchsets_[change][i]});
    const ReviewState& review = reviews_[change];
    if (!review.looked_at) {
        review.looked_at = true;
        review.met_before.clear();
        for (ChangeId other : c.depends_on)
            if (reviews_[other].has_landed(cast_.changes[other].patchset)) review.met_before.push_back(other);
    }
    for (ChangeId other : c.depends_on)
        if (!review.was_met_before(other)) needs.push_back({other, cast_.changes[other].patchset});
    return needs;
}

bool Gate::can_be_merged(ChangeId change, int patchset) const {
    const ReviewState& review = reviews_[change];
    return review.approved && !review.withdrawn && !review.has_landed(patchset) &&
           cast_.changes[change].patchset == patchset;
}

const Item* Gate::item_in_queue(ChangeId change, int patchset, const Queue& queue) const {
    for (const Item* item : items_of_[change])
        if (item->queue == &queue && item->patchset == patchset) return item;
    return nullptr;
}

const Item* Gate::live_item(ChangeId change, int patchset, PipelineId pipeline) const {
    for (const Item* item : items_of_[change])
        if (item->live && item->queue->pipeline == pipeline && item->patchset == patchset) return item;
    return nullptr;
}

Gate::Needs Gate::missing(ChangeId change, const Queue& queue, std::vector<Need>* collected, ChangeId* which) const {
    const Change& c = cast_.changes[change];
    if (c.git_parents.empty() && c.depends_on.empty()) return Needs::met;
    const Pipeline& pipeline = scenario_.pipelines[queue.pipeline];
    if (pipeline.manager == Manager::supercedent) return Needs::met;
    if (pipeline.manager == Manager::independent && pipeline.ignore_dependencies) return Needs::met;
    Needs result = Needs::met;
    for (const Need& need : needs_of(change)) {
        if (reviews_[need.change].has_landed(need.patchset)) continue;
        if (pipeline.manager == Manager::dependent) {
            if (which) *which = need.change;
            if (!share_a_queue(need.change, change, queue.pipeline)) return Needs::impossible;
            if (need.patchset != cast_.changes[need.change].patchset) return Needs::impossible;
            if (item_in_queue(need.change, need.patchset, queue)) continue;
            if (!can_be_merged(need.change, need.patchset)) return Needs::impossible;
        } else {
            if (item_in_queue(need.change, need.patchset, queue)) continue;
            if (which) *which = need.change;
        }
        result = Needs::missing;
        if (!collected) continue;
        const bool again = std::any_of(collected->begin(), collected->end(), [&](const Need& n) {
            return n.change == need.change && n.patchset == need.patchset;
        });
        if (!again)
            collected->push_back(need);
        else if (pipeline.manager == Manager::dependent &&
                 pipelines_[queue.pipeline]->strategy->refuses_need_named_twice())
            return Needs::impossible;
    }
    return result;
}

bool Gate::refuse(ChangeId change, PipelineId pipeline, Why why, ChangeId other) {
    Event e;
    e.kind = EventKind::refused;
    e.pipeline = pipeline;
    e.change = change;
    e.patchset = cast_.changes[change].patchset;
    e.reason = {why, other, kNone, kNone};
    outside_.tell(e);
    return false;
}

bool Gate::add(ChangeId change, int patchset, PipelineId pipeline, Queue* given, const Ask& ask,
               std::vector<ChangeId>& history) {
    const Pipeline& config = scenario_.pipelines[pipeline];
    if (ask.live && live_item(change, patchset, pipeline)) return true;
    if (!ask.ignore_requirements && reviews_[change].refused &&
        (config.reject_after_failure || pipelines_[pipeline]->strategy->rejects_after_failure()))
        return refuse(change, pipeline, Why::not_approved);
    if (config.manager == Manager::dependent && !can_be_merged(change, patchset))
        return refuse(change, pipeline, Why::not_approved);
    if (config.clean_check != kNone && ask.why != Why::promoted && !let_in(change, patchset, pipeline, ask.why))
        return false;

    Queue& queue = given ? *given : queue_for(change, pipeline);
    if (config.manager == Manager::dependent && pipelines_[pipeline]->strategy->allows_circular()) {
        const std::vector<ChangeId> cycle = cycle_of(change);
        if (cycle.size() > 1) {
            const bool added = add_cycle(cycle, change, queue, ask, history);
            drop_if_empty(queue);
            return added;
        }
    }
    if (!add_ahead(change, queue, ask, history)) {
        drop_if_empty(queue);
        return false;
    }
    if (item_in_queue(change, patchset, queue)) return true;
    append(change, patchset, queue, ask);
    if (config.manager == Manager::dependent) add_behind(change, queue, ask);
    if (config.manager == Manager::supercedent) prune_superseded(pipeline);
    return true;
}

/// With an attempt that is empty yet; memory of items that are gone is used again.
Item& Gate::new_item(ChangeId change, int patchset) {
    std::unique_ptr<Item> item;
    if (spare_.empty()) {
        item = std::make_unique<Item>();
    } else {
        item = std::move(spare_.back());
        spare_.pop_back();
        *item = Item{};
    }
    item->id = static_cast<ItemId>(items_.size());
    item->change = change;
    item->patchset = patchset;
    item->needless = !has_needs(change);
    item->attempt.id = next_attempt_++;
    items_.push_back(std::move(item));
    return *items_.back();
}

Item& Gate::append(ChangeId change, int patchset, Queue& queue, const Ask& ask) {
    Item& added = new_item(change, patchset);
    added.sequence = next_sequence_++;
    added.live = ask.live;
    added.quiet = ask.quiet;
    ++items_in_flight_;
    ++progress_;
    sets_aside(queue, change) ? queue.park(added) : queue.append(added);
    items_of_[change].push_back(&added);
    if (frozen(queue)) pipelines_[queue.pipeline]->newcomers.push_back(added.id);
    if ((added.ahead && added.ahead->failing()) || failing_need(added)) unsettle(added);
    touch(queue);
    Event e = event(EventKind::enqueued, added);
    e.reason = {ask.why, ask.because, kNone, kNone};
    e.value = static_cast<std::int64_t>(queue.length + queue.parked.size()) - 1;
    outside_.tell(e);
    return added;
}

bool Gate::add_ahead(ChangeId change, Queue& queue, const Ask& ask, std::vector<ChangeId>& history) {
    const Pipeline& config = scenario_.pipelines[queue.pipeline];
    if (config.manager == Manager::supercedent) return true;
    if (std::find(history.begin(), history.end(), change) != history.end())
        return refuse(change, queue.pipeline, Why::cycle);
    std::vector<Need> collected;
    ChangeId which = kNone;
    switch (missing(change, queue, &collected, &which)) {
        case Needs::met:
            return true;
        case Needs::impossible:
            return refuse(change, queue.pipeline, Why::need_elsewhere, which);
        case Needs::missing:
            break;
    }
    Ask ahead = ask;
    ahead.why = Why::needed_by;
    ahead.because = change;
    if (config.manager == Manager::independent) {
        ahead.live = false;
        ahead.quiet = true;
        ahead.ignore_requirements = true;
    }
    history.push_back(change);
    const auto on_its_way = [&](ChangeId c) {  // in a check, a circle closes
        return circles_ && config.manager == Manager::independent &&
               std::find(history.begin(), history.end(), c) != history.end();
    };
    for (const Need& need : collected)
        if (!on_its_way(need.change) && !add(need.change, need.patchset, queue.pipeline, &queue, ahead, history)) {
            history.pop_back();
            return refuse(change, queue.pipeline, Why::need_elsewhere, need.change);
        }
    history.pop_back();
    return true;
}

void Gate::add_behind(ChangeId change, Queue& queue, const Ask& ask) {
    if (!ask.with_those_behind) return;
    std::vector<ChangeId> users;
    auto consider = [&](const std::vector<ChangeId>& candidates) {
        for (ChangeId user : candidates)
            if (std::find(users.begin(), users.end(), user) == users.end() &&
                share_a_queue(user, change, queue.pipeline) && can_be_merged(user, cast_.changes[user].patchset))
                users.push_back(user);
    };
    consider(git_children_[change]);
    consider(depends_users_[change]);
    Ask behind = ask;
    behind.why = Why::needs_landed_change;
    behind.because = change;
    for (ChangeId user : users) {
        std::vector<ChangeId> history;
        add(user, cast_.changes[user].patchset, queue.pipeline, &queue, behind, history);
    }
}

Queue* Gate::static_queue(ProjectId project, PipelineId pipeline) const {
    return pipelines_[pipeline]->queue_of_project[project];
}

/// A project that the pipeline does not know has a queue of its own there, for as long as one of its changes is in it.
bool Gate::share_a_queue(ChangeId a, ChangeId b, PipelineId pipeline) const {
    const ProjectId one = cast_.changes[a].project;
    const ProjectId other = cast_.changes[b].project;
    return one == other ||
           (static_queue(one, pipeline) && static_queue(one, pipeline) == static_queue(other, pipeline));
}

Queue& Gate::queue_for(ChangeId change, PipelineId pipeline) {
    const Change& c = cast_.changes[change];
    const std::string& project = scenario_.projects[c.project].name;
    switch (scenario_.pipelines[pipeline].manager) {
        case Manager::dependent:
            if (Queue* queue = static_queue(c.project, pipeline)) return *queue;
            for (QueueId id : pipelines_[pipeline]->open)
                if (queues_[id]->dynamic && *queues_[id]->name == project) return *queues_[id];
            break;
        case Manager::independent:
            break;
        case Manager::supercedent:
            for (QueueId id : pipelines_[pipeline]->open) {
                const Change& last = cast_.changes[queues_[id]->last->change];
                if (last.project == c.project && last.branch == c.branch) return *queues_[id];
            }
            break;
    }
    return open_queue(pipeline, project, true);
}

Queue& Gate::open_queue(PipelineId pipeline, const std::string& name, bool dynamic) {
    auto queue = std::make_unique<Queue>();
    queue->id = static_cast<QueueId>(queues_.size());
    queue->pipeline = pipeline;
    queue->name = name;
    queue->dynamic = dynamic;
    cast_.queues.push_back({pipeline, name});
    Queue& opened = *queue;
    queues_.push_back(std::move(queue));
    pipelines_[pipeline]->open.insert(opened.id);
    looked_at_ = &opened;
    pipelines_[pipeline]->strategy->opened(*this, opened);
    looked_at_ = nullptr;
    return opened;
}

void Gate::drop_if_empty(Queue& queue) {
    if (!queue.dynamic || !queue.deserted()) return;
    if (pipelines_[queue.pipeline]->open.erase(queue.id) == 0) return;  // dropped already
    pipelines_[queue.pipeline]->dirty.erase(queue.id);
    queue.dirty = true;            // never looked at again
    dropped_.push_back(queue.id);  // items that left in this iteration still name it
}

void Gate::open_shared_queues(PipelineId pipeline) {
    PipelineState& state = *pipelines_[pipeline];
    std::vector<std::pair<std::string, Queue*>> named;
    for (ProjectId project = 0; project < scenario_.projects.size(); ++project) {
        const ProjectPipeline* config = state.config_of[project];
        if (!config) continue;
        std::string name = config->queue;
        if (name.empty())
            for (const SharedQueue& shared : scenario_.queues)
                if ((shared.pipeline.empty() || shared.pipeline == scenario_.pipelines[pipeline].name) &&
                    std::find(shared.projects.begin(), shared.projects.end(), scenario_.projects[project].name) !=
                        shared.projects.end())
                    name = shared.name;
        auto known =
            std::find_if(named.begin(), named.end(), [&](const auto& n) { return !name.empty() && n.first == name; });
        if (known == named.end()) {
            Queue& queue = open_queue(pipeline, name.empty() ? scenario_.projects[project].name : name, false);
            named.emplace_back(name, &queue);
            known = named.end() - 1;
        }
        state.queue_of_project[project] = known->second;
    }
}

void Gate::prune_superseded(PipelineId pipeline) {
    std::vector<QueueId> open(pipelines_[pipeline]->open.begin(), pipelines_[pipeline]->open.end());
    for (QueueId id : open) {
        Queue& queue = *queues_[id];
        while (queue.length > 2) {
            Item& middle = *queue.first->next;
            remove(middle, Outcome::superseded, {Why::superseded, queue.last->change, kNone, kNone});
        }
    }
}

}  // namespace gatesim
