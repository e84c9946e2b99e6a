// Freezes and pauses of a pipeline: who may land, who goes past whom, and what does not start. (CONTRACT.md)
//
// A strategy knows nothing of them. What has passed and must not land looks to it like what still runs, so it waits. To
// let an exempt change go first, never tested together with others, those others are parked: they stay in the queue,
// behind the exempt ones and out of the strategy's sight, until no exempt one is left.
#include <algorithm>
#include <set>
#include <utility>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

bool Gate::frozen(const Queue& queue) const {
    return pipelines_[queue.pipeline]->frozen;
}

bool Gate::paused(const Queue& queue) const {
    return pipelines_[queue.pipeline]->paused;
}

/// By itself. Names are compared once a change: a frozen queue is looked at often.
bool Gate::is_covered(ChangeId change, PipelineId pipeline) const {
    std::vector<std::int8_t>& known = pipelines_[pipeline]->covered;
    if (known.size() <= change) known.resize(cast_.changes.size());
    if (known[change] == 0) {
        const Change& c = cast_.changes[change];
        known[change] = scenario_.pipelines[pipeline].exempt.covers(c.kind, c.name, c.priority) ? 1 : -1;
    }
    return known[change] > 0;
}

/// It and all that it needs and that has not landed.
bool Gate::is_exempt(ChangeId change, PipelineId pipeline) const {
    if (!is_covered(change, pipeline)) return false;
    if (!has_needs(change)) return true;
    std::vector<ChangeId> those{change};
    std::set<ChangeId> seen{change};
    for (std::size_t i = 0; i < those.size(); ++i) {
        if (!is_covered(those[i], pipeline)) return false;
        for (const Need& need : needs_of(those[i]))
            if (!reviews_[need.change].has_landed(need.patchset) && seen.insert(need.change).second)
                those.push_back(need.change);
    }
    return true;
}

/// In this patch set, when the freeze began.
bool Gate::stood_there(ChangeId change, PipelineId pipeline) const {
    const std::vector<int>& stood = pipelines_[pipeline]->stood;
    return change < stood.size() && stood[change] == cast_.changes[change].patchset;
}

bool Gate::held_back(const Item& item) const {
    const PipelineState& state = *pipelines_[item.queue->pipeline];
    if ((!state.frozen && !state.paused) || item.probe) return false;
    if (state.paused) return true;
    const FreezeRule rule = state.strategy->freeze_rule();
    if (rule == FreezeRule::drains) return false;
    const auto keeps = [&](const Item* one) {
        return one && !(rule == FreezeRule::empties && stood_there(one->change, item.queue->pipeline)) &&
               !is_exempt(one->change, item.queue->pipeline);
    };
    if (item.cycle) return std::any_of(item.cycle->members.begin(), item.cycle->members.end(), keeps);
    if (!item.trial) return keeps(&item);
    const auto rest = rest_of(item);
    return std::any_of(rest.begin(), rest.end(), [&](ItemId id) { return keeps(this->item(id)); });
}

/// Why nothing follows from what is over.
Why Gate::why_held(const Item& item) const {
    if (!held_back(item) || !all_succeeded(item)) return Why::verdict_waits;
    return paused(*item.queue) ? Why::paused : Why::frozen;
}

// ------------------------------------------------------------ beginning and end

void Gate::hold_set(PipelineId pipeline, Hold hold) {
    PipelineState& state = *pipelines_[pipeline];
    (hold == Hold::freeze || hold == Hold::thaw ? state.frozen : state.paused) =
        hold == Hold::freeze || hold == Hold::pause;
    if (hold == Hold::freeze) state.stood.assign(cast_.changes.size(), 0);
    state.look_for_exempt = true;
    for (const QueueId id : state.open) {
        Queue& queue = *queues_[id];
        if (!state.frozen && !queue.parked.empty()) let_back(queue);  // before anybody else comes
        std::vector<Item*> all(queue.trials.begin(), queue.trials.end());
        for (Item* item = queue.first; item; item = item->next) {
            all.push_back(item);
            unsettle(*item);
            if (hold == Hold::freeze) state.stood[item->change] = item->patchset;
        }
        for (Item* item : all) {
            if (hold == Hold::pause) withdraw_requests(*item);
            if (hold == Hold::pause && state.strategy->cancels_at_pause()) stop_running(*item);
            item->attempt.look_at_all();
        }
        queue.happenings.open().note(0, queue.front_sequence());
        if (state.strategy->listens()) queue.heard.push_back({Heard::Kind::hold, kNone, kNone, true});
        stir_all(queue);
    }
    for (SemaphoreState& semaphore : semaphores_)
        if (!semaphore.asking.empty()) look_again(semaphore);  // who waits in a pause keeps nobody waiting
    ++progress_;
    outside_.wake();
}

/// What has not begun asks for its nodes again when it may.
void Gate::withdraw_requests(Item& item) {
    for (std::size_t i = 0; i < item.attempt.slots.size(); ++i) {
        JobSlot& slot = item.attempt.slots.open()[i];
        if (slot.request != kNone) outside_.withdraw_request(slot.request);
        slot.request = kNone;
        if (slot.built || slot.held == kNone) continue;
        outside_.give_back(slot.held);
        slot.held = kNone;
        slot.has_nodes = false;
    }
}

/// Its builds stop at once, and run anew when they may: what a pause stopped counts as no try of the job.
void Gate::stop_running(Item& item) {
    for (std::size_t i = 0; i < item.attempt.slots.size(); ++i) {
        const Job& job = *item.attempt.graph->jobs[i];
        const JobSlot& slot = item.attempt.slots[i];
        if (slot.build == kNone || slot.result != Result::none || slot.stopped || job.noop) continue;
        if (!outside_.abort(slot.build, false) && slot.held != kNone) outside_.give_back(slot.held);
        release_semaphore(item.id, job);
        forget_build(item, i, job.nodes == 0);
        JobSlot& again = item.attempt.change(i);
        again.held = kNone;
        --again.tries;
    }
}

// ------------------------------------------------------------ who goes first

/// What somebody needs has landed or changed, or who is urgent: all have to be looked at anew.
void Gate::exemptions_change() {
    for (const auto& state : pipelines_) {
        state->look_for_exempt = true;
        if (!state->frozen) continue;
        for (const QueueId id : state->open) stir_all(*queues_[id]);  // what had passed and was held back may land now
    }
}

/// Who of those in sight is exempt: newcomers are looked at once.
void Gate::find_exempt(PipelineId pipeline) {
    PipelineState& state = *pipelines_[pipeline];
    if (state.look_for_exempt) {
        state.exempt.clear();
        state.newcomers.clear();
        for (const QueueId id : state.open)
            for (const Item* item = queues_[id]->first; item; item = item->next) state.newcomers.push_back(item->id);
    }
    state.look_for_exempt = false;
    const auto in_sight = [&](ItemId id) {
        const Item* one = item(id);
        return one && one->live && !one->parked;
    };
    for (const ItemId id : std::exchange(state.newcomers, {}))
        if (in_sight(id) && is_exempt(item(id)->change, pipeline)) state.exempt.insert(id);
    std::erase_if(state.exempt, [&](ItemId id) { return !in_sight(id); });
}

/// Whether the strategy may go on with it in the freeze.
bool Gate::goes_on(const Queue& queue, const Item& item) const {
    if (is_exempt(item.change, queue.pipeline)) return true;
    const FreezeRule rule = pipelines_[queue.pipeline]->strategy->freeze_rule();
    if (rule == FreezeRule::waits) return false;
    if (rule == FreezeRule::empties) return stood_there(item.change, queue.pipeline);
    return std::any_of(queue.trials.begin(), queue.trials.end(), [&](const Item* trial) {
        const auto rest = rest_of(*trial);
        return !trial->refuted && std::find(rest.begin(), rest.end(), item.id) != rest.end();
    });
}

/// Whether who comes now has to stay out of sight.
bool Gate::sets_aside(const Queue& queue, ChangeId change) const {
    const PipelineState& state = *pipelines_[queue.pipeline];
    if (!state.frozen || is_exempt(change, queue.pipeline)) return false;
    const FreezeRule rule = state.strategy->freeze_rule();
    if (rule == FreezeRule::empties && stood_there(change, queue.pipeline)) return false;  // it was moved up
    if (!queue.parked.empty()) return true;                                                // nobody goes past those
    if (rule != FreezeRule::waits) return true;
    if (state.strategy->lands_each_alone()) return false;
    return queue.first && is_exempt(queue.first->change, queue.pipeline);
}

/// Before a strategy looks in a freeze: exempt ones in front and alone in sight, or nobody parked.
void Gate::make_way(PipelineId pipeline) {
    PipelineState& state = *pipelines_[pipeline];
    if (!state.frozen) return;
    const FreezeRule rule = state.strategy->freeze_rule();
    const bool waits = rule == FreezeRule::waits && !state.strategy->lands_each_alone();
    if (waits) find_exempt(pipeline);
    const auto came = std::exchange(state.newcomers, {});
    if (rule == FreezeRule::waits && !waits) return;
    const auto in_sight = [&](ItemId id) { return item(id) && !item(id)->parked; };
    if (rule == FreezeRule::empties && !std::exchange(state.look_for_exempt, false) &&
        std::none_of(came.begin(), came.end(), in_sight))
        return;  // those who came are aside already
    std::set<const Queue*> with_exempt;
    for (const ItemId id : state.exempt) with_exempt.insert(item(id)->queue);
    const std::vector<QueueId> open(state.open.begin(), state.open.end());
    for (const QueueId id : open) {
        Queue& queue = *queues_[id];
        if (rule != FreezeRule::waits || with_exempt.count(&queue) > 0)
            set_aside(queue);
        else if (!queue.parked.empty())
            let_back(queue);
    }
}

/// Who cannot go on is parked, and everybody stands in the order in which they may land: like a promotion. Those who
/// can go on and stand in front of all others keep their tests.
void Gate::set_aside(Queue& queue) {
    std::vector<Item*> first, later;
    bool behind = false;  // somebody who cannot go on
    std::uint64_t last = 0;
    for (Item* item = queue.first; item; item = item->next) {
        const bool goes = goes_on(queue, *item);
        behind |= !goes;
        if (!goes)
            later.push_back(item);
        else if (behind && pipelines_[queue.pipeline]->strategy->freeze_rule() == FreezeRule::waits)
            first.push_back(item);
        last = item->sequence;
    }
    if (!behind && (queue.parked.empty() || queue.parked.front()->sequence > last)) return;
    later.insert(later.end(), queue.parked.begin(), queue.parked.end());
    const ChangeId because = first.empty() ? kNone : ChangeId{first.front()->change};
    first.insert(first.end(), later.begin(), later.end());
    std::vector<Need> again;
    for (const Item* item : first) again.push_back({item->change, item->patchset});
    const PipelineId pipeline = queue.pipeline;
    come_again(queue, first, because, false);  // in this order, whoever needs whom
    for (const Need& one : again)
        if (const Item* item = live_item(one.change, one.patchset, pipeline); item && !item->parked)
            hear(one.change, pipeline, {Heard::Kind::enqueued, one.change, kNone, true});
}

void Gate::let_back(Queue& queue) {
    const std::vector<Item*> those = queue.parked;
    queue.parked.open().clear();
    pipelines_[queue.pipeline]->look_for_exempt = true;
    for (Item* item : those) {
        item->parked = false;
        item->sequence = next_sequence_++;  // a place behind everybody: those in sight stand in this order
        queue.append(*item);
        unsettle(*item);
        hear(item->change, queue.pipeline, {Heard::Kind::enqueued, item->change, kNone, true});
    }
    ++progress_;
    queue.happenings.open().note(0, queue.front_sequence());
    stir_all(queue);
}

}  // namespace gatesim
