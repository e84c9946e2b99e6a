#include "record/ejection_cause.hpp"

#include <iterator>

namespace gatesim {

namespace {

EjectionCause behind_failure(const Event& event, const Ledger& ledger) {
    const LiveItem* item = ledger.item(event.item);
    const AttemptId id = event.attempt != kNone ? event.attempt : item ? item->attempt : kNone;
    const LiveAttempt* attempt = ledger.attempt(id);
    if (!attempt || attempt->red == 0) return EjectionCause::other;
    switch (attempt->seen_by(event.change).cause) {
        case Cause::own_defect:
            return EjectionCause::own_defect;
        case Cause::semantic_conflict:
        case Cause::textual_conflict:
            return EjectionCause::clash;
        case Cause::defect_ahead:
        case Cause::defect_on_branch:
        case Cause::clash_ahead:
            return EjectionCause::others;
        case Cause::flake:
        case Cause::race:
            return EjectionCause::flake;
        case Cause::infrastructure:
        case Cause::displaced:
            return EjectionCause::infrastructure;
        case Cause::timeout:
            return EjectionCause::time_limit;
        case Cause::none:
            break;
    }
    return EjectionCause::other;
}

EjectionCause behind_removal(Why why) {
    switch (why) {
        case Why::by_hand:
        case Why::abandoned:
            return EjectionCause::by_hand;
        case Why::new_patchset:
        case Why::superseded:
            return EjectionCause::new_patchset;
        case Why::need_gone:
        case Why::need_refused:
            return EjectionCause::dependency;
        default:
            return EjectionCause::other;
    }
}

}  // namespace

const char* ejection_cause_name(EjectionCause cause) {
    static constexpr const char* kNames[] = {"own_defect",     "clash",        "others",   "flake",
                                             "infrastructure", "time_limit",   "conflict", "dependency",
                                             "by_hand",        "new_patchset", "other"};
    static_assert(std::size(kNames) == kEjectionCauses);
    return kNames[static_cast<std::size_t>(cause)];
}

EjectionCause ejection_cause(const Event& event, const Ledger& ledger) {
    if (event.kind != EventKind::reported && event.kind != EventKind::dequeued) return EjectionCause::other;
    switch (event.outcome) {
        case Outcome::failure:
            return behind_failure(event, ledger);
        case Outcome::conflict:
            return EjectionCause::conflict;
        case Outcome::dependency_failed:
            return EjectionCause::dependency;
        case Outcome::superseded:
            return EjectionCause::new_patchset;
        default:
            return behind_removal(event.reason.why);
    }
}

}  // namespace gatesim
