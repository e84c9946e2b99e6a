// The end of a trial: its verdict has served, nobody wants it any more, or somebody's trouble spoilt it. (CONTRACT.md)
#include <algorithm>

#include "gate/gate.hpp"

namespace gatesim {

void Gate::settle(Item& trial) {
    if (!may(trial, "settled")) return;
    if (ended(trial) && all_succeeded(trial))
        for (ItemId part : trial.vouched())
            if (Item* member = item(part)) member->passed = true;
    close(trial, true, {}, nullptr);
}

void Gate::drop(Item& trial, const Reason& reason, const Item* cause) {
    if (!may(trial, "dropped")) return;
    const bool overtaken = reason.why == Why::refuted && reason.change == kNone && trial.overtaken != kNone;
    close(trial, false, overtaken ? Reason{Why::overtaken, trial.overtaken, kNone, kNone} : reason, cause);
}

/// For the record: the trial is thrown away because of somebody's trouble, and those of it who are still here start
/// anew. As an item of a queue does where that one leaves or fails ahead of it, whatever the strategy. Returns why it
/// is closed.
Reason Gate::tell_reset(Item& trial, const Reason& reason, const Item* cause, std::int64_t thrown_away) {
    const Reason& spoilt = trial.spoilt;
    if (reason.why == Why::timed_out || (!cause && spoilt.why == Why::none && !is_trouble(reason.why))) return reason;
    const auto members = trial.vouched();
    const bool stays = spoilt.why == Why::promoted ||  // all of them come again at once
                       std::any_of(members.begin(), members.end(), [&](ItemId id) { return item(id) != nullptr; });
    if (!stays) return spoilt.why == Why::none || trial.spoilt_by != kNone ? reason : spoilt;
    Reason why = reason;
    if (!cause && spoilt.why != Why::none) {
        why = spoilt;
        if (takes_out(why.why)) why.why = why.why == Why::need_gone ? Why::ahead_left : Why::ahead_removed;
    }
    if (!trial.attempt.prepared) return why;
    Event e = event(EventKind::reset, trial);
    e.reason = why;
    e.other_item = cause ? cause->id : trial.spoilt_by;
    e.value = thrown_away;
    outside_.tell(e);
    return why;
}

/// Nothing points at it any more.
void Gate::forget_trial(Item& trial) {
    Queue& queue = *trial.queue;
    auto& open = queue.trials.open();  // as they were opened, and so by id
    open.erase(
        std::lower_bound(open.begin(), open.end(), &trial, [](const Item* a, const Item* b) { return a->id < b->id; }));
    if (trial.stirred) std::erase(queue.stirred_, &trial);
    if (trial.probe || trial.parts.empty()) return;
    if (Item* tip = item(trial.parts.back())) std::erase(tip->endings.open(), &trial);
}

void Gate::close(Item& trial, bool served, const Reason& reason, const Item* cause) {
    Queue& queue = *trial.queue;
    note_verdict(trial);
    const std::int64_t thrown_away = cancel_builds(trial, true);
    Event e = event(EventKind::trial_closed, trial);
    e.reason = served ? reason : tell_reset(trial, reason, cause, thrown_away);
    e.value = served ? 1 : 0;
    outside_.tell(e);
    forget_trial(trial);
    graveyard_.push_back(std::move(items_[trial.id]));
    touch(queue);
    drop_if_empty(queue);
}

}  // namespace gatesim
