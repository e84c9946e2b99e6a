// Who is at fault for what an attempt ran, and what of it was for nothing.

#include <algorithm>
#include <iterator>

#include "record/ledger.hpp"

namespace gatesim {

const char* waste_name(Waste waste) {
    static constexpr const char* kNames[] = {"", "reset", "removed", "superseded", "red", "outage", "stopped", "idle"};
    static_assert(std::size(kNames) == kWastes);
    return kNames[static_cast<std::size_t>(waste)];
}

/// Of an attempt that ends without a verdict.
Waste waste_for(Why why) {
    switch (why) {
        case Why::by_hand:
        case Why::abandoned:
        case Why::need_gone:
        case Why::merged_past:
        case Why::unknown_head:
            return Waste::removed;
        case Why::timed_out:
            return Waste::red;
        default:
            return is_trouble(why) ? Waste::reset : Waste::superseded;
    }
}

Fault LiveAttempt::seen_by(ChangeId who) const {
    if (const AtFault* own = fault_of(who))
        return {own->cause, own->cause == Cause::own_defect ? who : own->other, kNone, {}};
    if (cause == Cause::own_defect) return {Cause::defect_ahead, change, kNone, {}};
    if (cause == Cause::semantic_conflict) return {Cause::clash_ahead, change, culprit, {}};
    return {cause, culprit, rival, {}, race};
}

/// Those that the attempt vouches for.
std::vector<ChangeId> Ledger::tested_by(const LiveAttempt& attempt) {
    std::vector<ChangeId> out;
    const std::size_t ahead = attempt.chain.size();
    const std::size_t others = attempt.members.empty() ? 0 : std::min(attempt.members.size() - 1, ahead);
    for (std::size_t i = ahead - others; i < ahead; ++i) out.push_back(attempt.chain[i]);
    out.push_back(attempt.change);
    return out;
}

/// Whether a red build is so through no fault of what was tested. Who looks for what broke the branch has found
/// something if anybody broke it.
bool Ledger::is_through_no_fault(const Event& event, const LiveAttempt& attempt) const {
    const LiveItem* item = items_.find(attempt.item);
    if (item && item->trial && attempt.members.empty()) return event.reason.change == kNone;
    const std::vector<ChangeId> tested = tested_by(attempt);
    const bool known = std::any_of(event.at_fault.begin(), event.at_fault.end(), [&](const AtFault& one) {
        return std::find(tested.begin(), tested.end(), one.who) != tested.end();
    });
    return !known && !is_own_fault(event.cause);
}

/// Why a build was for nothing, if it was.
Waste Ledger::waste_of(const LiveBuild& build, const LiveAttempt& attempt, Fate fate) {
    const Waste red = build.cause == Cause::infrastructure ? Waste::outage : Waste::red;
    switch (fate) {
        case Fate::used:
        case Fate::unfinished:  // what was red is so, whatever becomes of its attempt
            return build.no_fault ? red : Waste::none;
        case Fate::retried:
            return Waste::outage;
        default:
            break;
    }
    if (attempt.ending == LiveAttempt::Ending::wasted) return attempt.waste;
    return build.cut_off ? Waste::red : Waste::stopped;
}

}  // namespace gatesim
