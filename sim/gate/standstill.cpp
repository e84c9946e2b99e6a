#include "gate/standstill.hpp"

#include <algorithm>

#include "gate/gate.hpp"
#include "gate/groups.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

bool Waits::operator==(const Waits& other) const {
    return reason.why == other.reason.why && reason.change == other.reason.change && reason.job == other.reason.job &&
           reason.build == other.reason.build && pool == other.pool && semaphore == other.semaphore;
}

namespace {

Waits waits_for(Why why, ChangeId change = kNone) {
    return {{why, change, kNone, kNone}, kNone, kNone};
}

/// Of what the jobs of one state wait for, the one that says most: what runs before what is yet to run.
int rank(Why why) {
    static constexpr Why kOrder[] = {Why::testing,     Why::still_running,   Why::booting,   Why::no_node,
                                     Why::merging,     Why::in_group,        Why::semaphore, Why::held_by_job,
                                     Why::unreported,  Why::ahead_undecided, Why::frozen,    Why::paused,
                                     Why::failed_waits};
    return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), why) - std::begin(kOrder));
}

}  // namespace

// ------------------------------------------------------------ telling

void Standstill::hear(const Event& event) {
    if (event.kind == EventKind::granted || event.kind == EventKind::ready || event.kind == EventKind::launch_failed) {
        for (const auto& [queue, seen] : seen_)
            if (seen.wants_nodes) stir(queue);
    } else if (event.kind == EventKind::enqueued) {
        seen_[event.queue].newcomers.push_back(event.item);
    } else if (event.kind == EventKind::dequeued) {
        told_.erase(event.item);
    }
}

void Standstill::tell(Outside& outside) {
    std::sort(stirred_.begin(), stirred_.end());
    stirred_.erase(std::unique(stirred_.begin(), stirred_.end()), stirred_.end());
    for (QueueId id : stirred_) {
        const Queue* queue = gate_.queues_[id].get();
        if (queue && gate_.pipeline(*queue).manager == Manager::dependent)
            look_at(outside, *queue);
        else
            seen_.erase(id);
    }
    stirred_.clear();
}

void Standstill::look_at(Outside& outside, const Queue& queue) {
    const Strategy& strategy = *gate_.pipelines_[queue.pipeline]->strategy;
    Seen& seen = seen_[queue.id];
    find_members(queue);
    const std::vector<const Item*> those = candidates(queue, seen, strategy);
    seen.singled_out.clear();
    seen.newcomers.clear();
    seen.wants_nodes = false;
    for (const Item* item : those) {
        const Waits now = waits_of(*item, strategy);
        if (now.reason.why != strategy.far_back()) seen.singled_out.push_back(item->id);
        seen.wants_nodes |= now.reason.why == Why::no_node || now.reason.why == Why::booting;
        Waits& told = told_[item->id];
        if (told == now) continue;
        told = now;
        Event e = gate_.event(EventKind::waits, *item);
        e.reason = now.reason;
        e.job = now.reason.job;
        e.build = now.reason.build;
        e.pool = now.pool;
        e.value = now.semaphore == kNone ? 0 : now.semaphore;
        outside.tell(e);
    }
    trials_of_.clear();
}

/// Those that may wait for something else than when they were told last, in the order of the queue.
std::vector<const Item*> Standstill::candidates(const Queue& queue, Seen& seen, const Strategy& strategy) const {
    std::vector<const Item*> found;
    const auto add = [&](const Item* item) {
        if (item && item->live && item->queue == &queue) found.push_back(item);
    };
    for (const Item* item = queue.first; item && item->sequence <= queue.prepared_up_to; item = item->next) add(item);
    for (const Item* trial : queue.trials)
        for (ItemId id : trial->vouched()) add(gate_.item(id));
    std::size_t left = strategy.next_up(queue);
    for (const Item* item = queue.first; item && left > 0; item = item->next) {
        if (!item->live || item->attempt.prepared || trials_of_.count(item->id)) continue;
        add(item);
        --left;
    }
    for (ItemId id : seen.singled_out) add(gate_.item(id));
    for (ItemId id : seen.newcomers) add(gate_.item(id));
    std::sort(found.begin(), found.end(), [](const Item* a, const Item* b) { return a->sequence < b->sequence; });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

void Standstill::find_members(const Queue& queue) {
    trials_of_.clear();
    for (const Item* trial : queue.trials)
        if (!trial->refuted)
            for (ItemId id : trial->vouched()) trials_of_[id].push_back(trial);
    // Some gates see only when they are over that tests were in vain: who has no others waits for these.
    for (const Item* trial : queue.trials)
        if (trial->refuted)
            for (ItemId id : trial->vouched())
                if (auto& of_item = trials_of_[id]; of_item.empty() || of_item.front()->refuted)
                    of_item.push_back(trial);
}

// ------------------------------------------------------------ what each waits for

Waits Standstill::waits_of(const Item& item, const Strategy& strategy) const {
    if (item.parked) return waits_for(Why::frozen);
    if (item.attempt.prepared) return own(item);
    const auto trials = trials_of_.find(item.id);
    if (trials == trials_of_.end()) {
        const Item* need = gate_.failing_need(item);
        if (need) return waits_for(Why::need_failing, need->change);
        if (gate_.paused(*item.queue)) return waits_for(Why::paused);
        return {strategy.why_untested(gate_, *item.queue, item), kNone, kNone};
    }
    Waits best = under_trial(*trials->second.front(), strategy);
    for (const Item* trial : trials->second) {
        const Waits other = under_trial(*trial, strategy);
        if (rank(other.reason.why) < rank(best.reason.why)) best = other;
    }
    return best;
}

Waits Standstill::own(const Item& item) const {
    if (const Item* need = gate_.failing_need(item)) return waits_for(Why::need_failing, need->change);
    if (item.attempt.merge == MergeState::pending) return waits_for(Why::merging);
    Waits waits;
    if (!gate_.ended(item)) {
        if (at_work(item, waits)) return waits;
        if (gate_.paused(*item.queue)) return waits_for(Why::paused);
    }
    const bool bad = gate_.in_trouble(item) || gate_.troubled_mate(item);
    const Item* const ahead = Gate::ahead_of_all(item);
    if (ahead && is_held_behind(item, *ahead)) return waits_for(gate_.why_held(item));
    if (ahead) return waits_for(bad ? Why::failed_waits : Why::ahead_undecided, ahead->change);
    if (item.cycle)
        for (const Item* mate : item.cycle->members)
            if (mate != &item && !gate_.ended(*mate)) return waits_for(Why::ahead_undecided, mate->change);
    return waits_for(gate_.why_held(item));
}

Waits Standstill::under_trial(const Item& trial, const Strategy& strategy) const {
    if (trial.attempt.merge == MergeState::none || trial.attempt.merge == MergeState::pending)
        return waits_for(Why::merging);
    Waits waits;
    if (!gate_.ended(trial)) {
        if (at_work(trial, waits)) return waits;
        if (gate_.paused(*trial.queue)) return waits_for(Why::paused);
    }
    const auto rest = gate_.rest_of(trial);
    const Item* nearest = nullptr;  // of those ahead
    for (std::size_t i = rest.size() - std::min<std::size_t>(rest.size(), trial.members); i > 0 && !nearest;)
        nearest = gate_.item(rest[--i]);
    if (nearest && is_held_behind(trial, *nearest)) return waits_for(gate_.why_held(trial));
    for (std::size_t i = 0; i + trial.members < rest.size(); ++i) {
        const Item* ahead = gate_.item(rest[i]);
        if (!ahead) continue;  // landed before its turn
        return waits_for(gate_.all_succeeded(trial) ? Why::ahead_undecided : Why::failed_waits, ahead->change);
    }
    if (const Why held = gate_.why_held(trial); held != Why::verdict_waits) return waits_for(held);
    return {strategy.why_undecided(gate_, *trial.queue, trial), kNone, kNone};
}

/// It has passed, and so has whoever is ahead: a freeze or a pause keeps all of them. They are looked at in order, so
/// what was said of the one right ahead holds for all ahead of that one.
bool Standstill::is_held_behind(const Item& item, const Item& ahead) const {
    if (gate_.why_held(item) == Why::verdict_waits) return false;
    const auto told = told_.find(ahead.id);
    return told != told_.end() && (told->second.reason.why == Why::frozen || told->second.reason.why == Why::paused);
}

/// What its jobs wait for; false if none of them waits for anything.
bool Standstill::at_work(const Item& tested, Waits& waits) const {
    if (!tested.attempt.graph) return false;
    bool any = false;
    for (std::size_t i = 0; i < tested.attempt.slots.size(); ++i) {
        const Waits one = of_slot(tested, i);
        if (one.reason.why == Why::none || (any && rank(one.reason.why) >= rank(waits.reason.why))) continue;
        waits = one;
        any = true;
        if (one.reason.why == Why::testing) break;
    }
    if (any && waits.reason.why == Why::testing && gate_.failed_slot(tested)) waits.reason.why = Why::still_running;
    return any;
}

Waits Standstill::of_slot(const Item& tested, std::size_t index) const {
    const JobSlot& slot = tested.attempt.slots[index];
    const Job& job = *tested.attempt.graph->jobs[index];
    if (slot.result != Result::none || slot.stopped) return {};
    if (slot.built) return {{Why::testing, kNone, job.id, slot.build}, kNone, kNone};
    if (slot.unreported) return {{Why::unreported, kNone, job.id, kNone}, kNone, kNone};
    if (slot.request != kNone)
        return {{gate_.outside_.boots(slot.request) ? Why::booting : Why::no_node, kNone, job.id, kNone},
                pool_of(job),
                kNone};
    if (!gate_.parents_succeeded(tested.attempt, index)) return {};
    if (const auto held = gate_.held_by_ahead(tested))
        return {{Why::held_by_job, held->first, held->second, kNone}, kNone, kNone};
    if (ChangeId whose = kNone; gate_.groups_ && gate_.groups_->waits(tested, index, &whose))
        return {{Why::in_group, whose, job.id, kNone}, kNone, kNone};
    if (!job.semaphore) return {};
    const auto& holders = gate_.semaphores_[job.semaphore->semaphore].holders;
    const auto holds = [&](const auto& one) {
        return gate_.items_[one.item] && gate_.items_[one.item]->change != tested.change;
    };
    const auto holder = std::find_if(holders.begin(), holders.end(), holds);
    const ChangeId whose = holder == holders.end() ? kNone : ChangeId{gate_.items_[holder->item]->change};
    return {{Why::semaphore, whose, job.id, kNone}, kNone, static_cast<std::uint32_t>(job.semaphore->semaphore)};
}

PoolId Standstill::pool_of(const Job& job) const {
    const auto& pools = gate_.scenario().pools;
    const auto serves = [&](const Pool& pool) { return pool.serves(job.label); };
    const auto found = std::find_if(pools.begin(), pools.end(), serves);
    return found == pools.end() ? kNone : static_cast<PoolId>(found - pools.begin());
}

}  // namespace gatesim
