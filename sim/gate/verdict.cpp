// What is known of an item: whether it can stay, whether it is failing and why, whether its verdict is due. Asks, and
// changes nothing but the marks of set_failing(). (Zuul 3.8,
// zuul/manager/dependent.py: getFailingDependentItems; zuul/model.py, QueueItem: areAllJobsComplete, didAllJobsSucceed,
// didAnyJobFail.)
#include <algorithm>

#include "gate/gate.hpp"

namespace gatesim {

std::uint32_t Attempt::failed() const {
    if (to_judge.empty()) return failed_at;
    if (failed_at != kNone) to_judge.fill(slots.size());
    failed_at = kNone;
    for (std::size_t i = to_judge.next(0); i != SlotMask::kNone; i = to_judge.next(i + 1)) {
        const Result result = slots[i].will_fail ? Result::failure : slots[i].result;
        if (result == Result::none || good(result) || !graph->jobs[i]->voting) continue;
        if (result != Result::canceled || failed_at == kNone) failed_at = static_cast<std::uint32_t>(i);
        if (result != Result::canceled) break;
    }
    to_judge.clear();
    return failed_at;
}

bool Attempt::all_ended() const {
    if (!graph) return false;
    // Where one had no result at the last look, it tells for all as long as it has none.
    const std::size_t count = slots.size();
    for (std::size_t looked = 0; looked < count; ++looked) {
        if (open_at >= count) open_at = 0;
        if (slots[open_at].result == Result::none) return false;
        ++open_at;
    }
    return true;
}

bool Gate::need_is_gone(const Item& item, ChangeId* which) const {
    if (!item.cycle) return missing(item.change, *item.queue, nullptr, which) != Needs::met;
    return std::any_of(item.cycle->members.begin(), item.cycle->members.end(), [&](const Item* member) {
        return missing(member->change, *item.queue, nullptr, which) != Needs::met;
    });
}

const Item* Gate::failing_need(const Item& item) const {
    const Change& c = cast_.changes[item.change];
    if (c.git_parents.empty() && c.depends_on.empty()) return nullptr;
    if (pipeline(*item.queue).manager != Manager::dependent) return nullptr;
    std::vector<Need> needs = needs_of(item.change);
    if (item.cycle)
        for (const Item* mate : item.cycle->members)
            if (mate != &item)
                for (const Need& need : needs_of(mate->change)) needs.push_back(need);
    for (const Need& need : needs) {
        if (need.change == item.change || mate_of(item, need.change)) continue;
        const Item* first = nullptr;  // in order of queues
        for (const Item* other : items_of_[need.change])
            if (other->queue->pipeline == item.queue->pipeline && other->patchset == need.patchset &&
                (!first || other->queue->id < first->queue->id))
                first = other;
        const bool for_ever = item.queue->restless && first && first->sequence > item.sequence;
        if (first && first->failing() && !for_ever) return first;
    }
    return nullptr;
}

bool Gate::complete(const Item& item) const {
    return ended(item) && !(held_back(item) && all_succeeded(item));
}

bool Gate::ended(const Item& item) const {
    const Attempt& attempt = item.attempt;
    if (attempt.merge == MergeState::conflict || attempt.config_error) return true;
    return attempt.all_ended();
}

const JobSlot* Gate::failed_slot(const Item& item) const {
    const Attempt& attempt = item.attempt;
    const std::uint32_t at = attempt.failed();
    return at == kNone ? nullptr : &attempt.slots[at];
}

bool Gate::all_succeeded(const Item& item) const {
    const Attempt& attempt = item.attempt;
    if (!attempt.graph || attempt.merge != MergeState::clean || attempt.config_error) return false;
    bool any_ran = false;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        any_ran |= attempt.slots[i].built && attempt.slots[i].result != Result::skipped;
        if (attempt.graph->jobs[i]->voting && !good(attempt.slots[i].result)) return false;
    }
    return any_ran;
}

Reason Gate::reason_of(const Item& item, const JobSlot& slot) const {
    const auto index = static_cast<std::size_t>(&slot - item.attempt.slots->data());
    return {Why::job_failed, item.change, item.attempt.graph->jobs[index]->id, slot.build};
}

void Gate::set_failing(Item& item, std::vector<Reason>& reasons) {
    if (!may(item, "marked")) return;
    const bool flips = reasons.empty() != item.attempt.failing.empty();
    item.attempt.failing.open().swap(reasons);
    if (flips) unsettle_dependents(item.change);
    if (flips && is_entangled(item)) happened_to(item);
}

}  // namespace gatesim
