#include "strategy/visit.hpp"

namespace gatesim {
namespace {

/// Why the item has to leave its base: what the old base suffers from, as far as it is known.
Reason reason_to_move(const Item& item) {
    const Item* ahead = item.ahead;
    if (!ahead) return {Why::ahead_changed, kNone, kNone, kNone};
    if (!ahead->failing()) return {Why::ahead_changed, ahead->change, kNone, kNone};
    const Reason& trouble = ahead->attempt.failing.front();
    return {Why::ahead_failing, ahead->change, trouble.job, trouble.build};
}

/// Step c: the item's base. True when its jobs may run.
bool settle_base(Gate& gate, Item& item, Item* ahead, Item* nearest, bool inside, std::vector<Reason>& reasons,
                 Visit& result) {
    if (const Item* need = gate.failing_need(item)) {
        reasons.push_back({Why::need_failing, need->change, kNone, kNone});
        gate.hold(item);
        return false;
    }
    Item* const mate = Gate::mate_before(item);
    Item* const base = mate ? mate : nearest;
    if (ahead != base && !(ahead && gate.landed(*ahead))) {
        gate.rebase(item, base, reason_to_move(item));
        result.changed = true;
    }
    if (!inside || !item.live) return false;
    const bool ready = gate.prepare(item);
    if (ready) gate.report_start(item);
    if (item.attempt.merge == MergeState::conflict) reasons.push_back({Why::conflict, item.change, kNone, kNone});
    if (item.attempt.config_error) reasons.push_back({Why::config_error, item.change, kNone, kNone});
    if (ready && gate.request_nodes(item)) result.changed = true;
    return ready;
}

/// Out of the queue after the final word.
void finish(Gate& gate, Item& item, Visit& result, bool landed) {
    result.landed = landed;
    result.refused = !landed && gate.all_succeeded(item);
    if (!landed && gate.pipeline(*item.queue).manager == Manager::dependent)
        for (Item* follower : std::vector<Item*>(item.behind))
            gate.reset(*follower, {Why::ahead_left, item.change, kNone, kNone});
    gate.leave(item, landed ? Outcome::landed : Outcome::failure, {});
}

/// Who was failing and passes after all (a build that showed that it would fail was lost, and ran again) lands under
/// those who were moved away from it meanwhile. They have to be tested with it; Zuul lets them land without.
void take_back(Gate& gate, Item& item) {
    for (Item* behind = item.next; behind; behind = behind->next)
        if (behind->live && !behind->ahead && !behind->reported)
            gate.rebase(*behind, &item, {Why::ahead_changed, item.change, kNone, kNone});
}

class Plain final : public Strategy {
public:
    explicit Plain(std::size_t window) : window_(window) {}

    bool waits_for_who_comes() const override { return false; }

    bool pass(Gate& gate, Queue& queue) override {
        bool changed = false;
        Item* nearest = nullptr;
        std::size_t place = 0;
        for (Item* item = queue.first; item;) {
            Item* next = item->next;
            const std::size_t before = queue.length;
            changed |= visit(gate, queue, *item, nearest, window_ == 0 || place < window_).changed;
            if (queue.length == before) ++place;
            item = next;
        }
        return changed;
    }

private:
    std::size_t window_;
};

}  // namespace

Visit visit(Gate& gate, Queue& queue, Item& item, Item*& nearest, bool inside, const VisitRules& rules) {
    Visit result;
    Item* const ahead =
        item.ahead && item.ahead->live ? item.ahead : nullptr;  // read once: a new root is reported next time

    if (inside && is_undisturbed(gate, item, nearest)) {
        if (!item.failing()) nearest = &item;
        return result;
    }

    const bool front = item.cycle ? !Gate::ahead_of_all(item) : !ahead;  // read once, too
    if (item.reported) {                                                 // with another one of its cycle
        result.changed = result.reported = true;
        finish(gate, item, result, item.landed);
        return result;
    }
    ChangeId need = kNone;
    if (gate.need_is_gone(item, &need)) {
        result.changed = true;
        result.reported = item.live;
        gate.eject_needing(item, need);
        return result;
    }
    if (rules.fail_fast && item.live && !gate.complete(item))
        if (gate.failed_for_good(item)) gate.stop_rest(item);
    if (gate.relative_priority()) {
        std::uint32_t priority = 0;
        if (gate.pipeline(queue).manager == Manager::dependent)
            for (const Item* i = item.previous; i; i = i->previous) ++priority;
        else
            priority = gate.place_among_peers(item);
        gate.revise_priority(item, priority);
    }

    std::vector<Reason> reasons;
    if (settle_base(gate, item, ahead, nearest, inside, reasons, result)) gate.start_builds(item);

    if (const JobSlot* slot = gate.failed_slot(item)) reasons.push_back(gate.reason_of(item, *slot));
    if (!item.live && item.behind.empty()) {
        gate.leave(item, Outcome::removed, {});
        result.changed = true;
        return result;
    }
    if (const Item* mate = gate.troubled_mate(item)) reasons.push_back({Why::need_failing, mate->change, kNone, kNone});
    if (front && item.live && gate.verdict_due(item)) {
        if (item.failing() && reasons.empty() && gate.pipeline(queue).manager == Manager::dependent)
            take_back(gate, item);
        result.changed = result.reported = true;
        finish(gate, item, result, gate.report(item));
        return result;
    }
    if (reasons.empty() && item.live)
        nearest = &item;
    else
        while (item.cycle && nearest && nearest->cycle == item.cycle) nearest = nearest->ahead;  // trouble of all
    gate.set_failing(item, reasons);
    return result;
}

std::unique_ptr<Strategy> make_plain_strategy(std::size_t window) {
    return std::make_unique<Plain>(window);
}

}  // namespace gatesim
