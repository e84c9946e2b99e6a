// What an answer of the merger, of the pools or of a build does to the item that waits for it. (Zuul 3.8,
// zuul/manager/__init__.py: onMergeCompleted, onNodesProvisioned, onBuildCompleted; zuul/model.py:
// QueueItem.setResult.)
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/greens.hpp"
#include "gate/groups.hpp"

namespace gatesim {

void Gate::handle(const Finished& event) {
    if (event.kind == Finished::Kind::build && event.request != kNone) outside_.give_back(event.request);
    Item* item = find_current(event.slot);
    if (event.kind == Finished::Kind::merge) {
        if (!item || item->attempt.merge != MergeState::pending) return;
        item->attempt.merge = event.ok ? MergeState::clean : MergeState::conflict;
        if (!event.ok) happened_to(*item);
        Event e = this->event(EventKind::merged_state, *item);
        e.value = event.ok ? 1 : 0;
        outside_.tell(e);
        tell_if_tested(*item);
        stir(*item);
        return;
    }
    if (!item || event.slot.slot >= item->attempt.slots.size()) {
        if (event.kind == Finished::Kind::nodes && event.ok && event.request != kNone)
            outside_.give_back(event.request);
        return;
    }
    const bool dropped = event.kind == Finished::Kind::build && !event.ok;  // before it had started
    JobSlot& slot = dropped ? item->attempt.change(event.slot.slot) : item->attempt.answer(event.slot.slot);
    stir(*item);
    if (dropped) {
        if (slot.stopped) return;
        release_semaphore(item->id, *item->attempt.graph->jobs[event.slot.slot]);
        if (groups_) groups_->leave(*item, event.slot.slot);
        skip(*item, item->attempt.graph->descendants[event.slot.slot]);
        return tell_if_tested(*item);
    }
    if (event.kind == Finished::Kind::build) {
        if (slot.build == event.build) handle_result(*item, event.slot.slot, event.result, event.child_jobs);
        return tell_if_tested(*item);
    }
    if (event.request == kNone) {
        slot.has_nodes |= slot.asked_for_none;
        slot.asked_for_none = false;
        return;
    }
    if (slot.request != event.request) {  // withdrawn meanwhile
        if (event.ok) outside_.give_back(event.request);
        return;
    }
    slot.request = kNone;
    slot.has_nodes = true;
    slot.held = event.ok ? event.request : kNone;
    if (!event.ok) {
        slot.built = true;
        slot.tries = std::max(slot.tries, 1);
        slot.result = Result::none;  // also where a build was stopped
        handle_result(*item, event.slot.slot, Result::node_failure, nullptr);
        tell_if_tested(*item);
    }
}

/// For the record: nothing of the attempt is open any more.
void Gate::tell_if_tested(const Item& item) {
    if (!ended(item)) return;
    Event e = event(EventKind::tested, item);
    const bool some_only = !item.only->empty() && item.attempt.merge == MergeState::clean;  // the others do not count
    e.value = (some_only ? !failed_for_good(item) : all_succeeded(item)) ? 1 : 0;
    outside_.tell(e);
}

void Gate::handle_result(Item& item, std::size_t index, Result result, const std::vector<std::string>* child_jobs) {
    Attempt& attempt = item.attempt;
    const bool last = attempt.graph->descendants[index].empty();  // half of the looks for nodes had been after such
    JobSlot& slot = last ? attempt.answer(index) : attempt.change(index);
    const Job& job = *attempt.graph->jobs[index];
    slot.held = kNone;
    if (slot.stopped) return;
    release_semaphore(item.id, job);
    if (groups_) groups_->leave(item, index);
    if (result == Result::retry && slot.tries >= job.attempts) result = Result::retry_limit;
    if (result == Result::retry || result == Result::canceled) {
        forget_build(item, index, job.noop || job.nodes == 0);  // no nodes: they are still there
        for (std::uint16_t d : attempt.graph->descendants[index])
            if (attempt.slots[d].built) forget_build(item, d, true);
        return;
    }
    if (slot.result == Result::none) slot.result = result;
    if (slot.result == Result::node_failure || slot.result == Result::retry_limit) {
        happened_to(item);
        Event e = event(EventKind::job_failed_without_build, item);
        e.job = job.id;
        e.voting = job.voting;
        e.result = slot.result;
        e.build = slot.build;
        outside_.tell(e);
    }
    if (slot.result != Result::success) return skip(item, attempt.graph->descendants[index]);
    if (greens_ && slot.build != kNone) greens_->keep(item, index, child_jobs);
    if (!child_jobs) return;
    if (child_jobs->empty()) return skip(item, attempt.graph->descendants[index]);
    for (std::uint16_t child : attempt.graph->children[index]) {
        const std::string& name = scenario_.job_names[attempt.graph->jobs[child]->id];
        if (std::find(child_jobs->begin(), child_jobs->end(), name) != child_jobs->end()) continue;
        skip(item, {child});
        skip(item, attempt.graph->descendants[child]);
    }
}

void Gate::skip(Item& item, const std::vector<std::uint16_t>& slots) {
    for (std::uint16_t s : slots) {
        JobSlot& slot = item.attempt.change(s);
        if (slot.built) continue;
        slot.built = true;
        slot.tries = std::max(slot.tries, 1);
        slot.result = Result::skipped;
        Event e = event(EventKind::job_skipped, item);
        e.job = item.attempt.graph->jobs[s]->id;
        e.voting = item.attempt.graph->jobs[s]->voting;
        e.result = Result::skipped;
        outside_.tell(e);
    }
}

void Gate::forget_build(Item& item, std::size_t index, bool keeps_nodes) {
    JobSlot& slot = item.attempt.change(index);
    slot.built = false;
    slot.has_nodes &= keeps_nodes;
    slot.will_fail = false;
    slot.stopped = false;
    slot.outside = false;
    slot.result = Result::none;
    slot.build = kNone;
    ++slot.tries;
}

}  // namespace gatesim
