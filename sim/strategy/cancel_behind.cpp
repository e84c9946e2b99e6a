#include "strategy/cancel_behind.hpp"

namespace gatesim {
namespace {

/// Reasons the item has to fail now.
std::vector<Reason> troubles(const Gate& gate, const Item& item) {
    std::vector<Reason> reasons;
    if (item.attempt.merge == MergeState::conflict) reasons.push_back({Why::conflict, item.change, kNone, kNone});
    if (item.attempt.config_error) reasons.push_back({Why::config_error, item.change, kNone, kNone});
    if (const JobSlot* slot = gate.failed_slot(item)) reasons.push_back(gate.reason_of(item, *slot));
    return reasons;
}

/// Everything behind `item` goes back to the start: on the item that was ahead of it.
void restart_followers(Gate& gate, const Item& item, Why why, const Reason& trouble) {
    for (Item* follower : std::vector<Item*>(item.behind))
        gate.reset(*follower, {why, item.change, trouble.job, trouble.build});
}

}  // namespace

bool cancel_behind_pass(Gate& gate, Queue& queue) {
    bool changed = false;
    Item* next = nullptr;
    for (Item* item = queue.first; item; item = next) {
        next = item->next;
        ChangeId need = kNone;
        if (gate.need_is_gone(*item, &need)) {
            for (Item* follower : std::vector<Item*>(item->behind))
                gate.reset(*follower, {Why::ahead_left, item->change, kNone, kNone});
            gate.eject_needing(*item, need);
            changed = true;
            continue;
        }
        const bool ready = gate.prepare(*item);
        if (ready) {
            gate.report_start(*item);
            changed |= gate.request_nodes(*item);
            gate.start_builds(*item);
        }
        std::vector<Reason> reasons = troubles(gate, *item);
        const bool failing = !reasons.empty();
        const Reason trouble = failing ? reasons.front() : Reason{};
        gate.set_failing(*item, reasons);

        if (!item->ahead && gate.complete(*item)) {
            const bool landed = gate.report(*item);
            if (!landed) restart_followers(gate, *item, Why::ahead_left, trouble);
            gate.leave(*item, landed ? Outcome::landed : Outcome::failure, {});
            changed = true;
            continue;
        }
        if (!failing) continue;
        restart_followers(gate, *item, Why::ahead_failing,
                          trouble);  // once: a follower without attempt has nothing to lose
        if (!item->ahead && !item->behind.empty()) {
            gate.detach(*item);
            changed = true;
            continue;  // what was behind is on the branch now, and is looked at next
        }
        break;  // nothing starts behind it
    }
    return changed;
}

}  // namespace gatesim
