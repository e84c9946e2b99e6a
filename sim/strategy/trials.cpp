#include "strategy/trials.hpp"

#include <algorithm>

namespace gatesim {

bool drop_needy(Gate& gate, Queue& queue) {
    bool changed = false;
    while (!queue.unsettled.empty()) {
        Item& item = *queue.unsettled.begin()->second;
        queue.unsettled.erase(queue.unsettled.begin());
        ChangeId need = kNone;
        if (!gate.need_is_gone(item, &need)) continue;
        gate.eject_needing(item, need);
        changed = true;
    }
    return changed;
}

bool drop_refuted(Gate& gate, Queue& queue, const Item* cause) {
    bool changed = false;
    const std::vector<Item*> open = queue.trials;
    for (Item* trial : open) {
        if (!trial->refuted) continue;
        gate.drop(*trial, {Why::refuted, cause ? ChangeId{cause->change} : kNone, kNone, kNone}, cause);
        changed = true;
    }
    return changed;
}

std::vector<Item*> front_items(const Gate& gate, const Queue& queue, std::size_t most,
                               const std::vector<ChangeId>& busy) {
    std::vector<Item*> found;
    for (Item* item = queue.first; item && found.size() < most; item = item->next) {
        if (!item->live || std::find(busy.begin(), busy.end(), item->change) != busy.end()) continue;
        if (gate.may_follow(found, *item)) found.push_back(item);
    }
    return found;
}

bool has_verdict(const Gate& gate, const Item& trial, bool early) {
    if (gate.complete(trial)) return true;
    const JobSlot* failed = early ? gate.failed_slot(trial) : nullptr;
    return failed && failed->result != Result::canceled;
}

Item* find_trial(const Queue& queue, ItemId id) {
    const auto found = std::lower_bound(queue.trials.begin(), queue.trials.end(), id,  // they stand as they were opened
                                        [](const Item* trial, ItemId wanted) { return trial->id < wanted; });
    return found != queue.trials.end() && (*found)->id == id ? *found : nullptr;
}

Reason need_not_landed(const Gate& gate, const Item& item) {
    const Change& change = gate.change(item);
    for (const auto* needs : {&change.git_parents, &change.depends_on})
        for (ChangeId need : *needs)
            if (!gate.landings().landed(need)) return {Why::need_not_tested, need, kNone, kNone};
    return {};
}

bool shares_no_target(const Gate& gate, const Item& landed, const Item& trial) {
    const Footprint& touched = gate.change(landed).footprint;
    for (ItemId part : gate.rest_of(trial))
        if (const Item* item = gate.item(part); item && may_conflict(touched, gate.change(*item).footprint))
            return false;
    return true;
}

}  // namespace gatesim
