#include "record/standings.hpp"

namespace gatesim {

Standings::Entry& Standings::entry(ChangeId change) {
    if (entries_.size() <= change) entries_.resize(static_cast<std::size_t>(change) + 1);
    return entries_[change];
}

bool Standings::set(Entry& entry, Standing standing) {
    const bool put_out = standing == Standing::ejected && entry.standing != Standing::ejected;
    if (entry.standing != Standing::absent) --counts_[static_cast<std::size_t>(entry.standing)];
    entry.standing = standing;
    ++counts_[static_cast<std::size_t>(standing)];
    return put_out;
}

bool Standings::take(const Event& event, const Ledger& ledger) {
    if (event.change == kNone) return false;
    if (event.kind == EventKind::withdrawn || event.kind == EventKind::landed) {
        if (event.change >= entries_.size()) return false;
        Entry& e = entries_[event.change];
        if (e.standing == Standing::absent || e.standing == Standing::landed) return false;
        // Who gives up after an ejection had left the gate before.
        if (e.standing == Standing::in_flight || event.kind == EventKind::landed) e.left = event.at;
        return set(e, event.kind == EventKind::landed ? Standing::landed : Standing::withdrawn);
    }
    if (event.kind == EventKind::reverted) {
        return event.change < entries_.size() && entries_[event.change].standing == Standing::landed &&
               set(entries_[event.change], Standing::ejected);
    }
    if (!ledger.lands(event.pipeline)) return false;
    switch (event.kind) {
        case EventKind::awaits_check: {  // it has asked, so its time counts, and it is on its way
            Entry& e = entry(event.change);
            if (e.standing == Standing::landed) return false;
            if (e.arrived == kNever) e.arrived = event.at;
            if (e.first_enqueued == kNever) e.first_enqueued = event.at;
            e.item = kNone;
            e.left = kNever;
            e.awaits_check = true;
            return set(e, Standing::in_flight);
        }
        case EventKind::refused: {  // turned away by its check, or taken out of it; a need may yet pull others in
            if (event.change >= entries_.size()) return false;
            Entry& e = entries_[event.change];
            const Why why = event.reason.why;
            if (!e.awaits_check || why == Why::need_elsewhere || why == Why::not_approved || why == Why::cycle)
                return false;
            e.awaits_check = false;
            e.left = event.at;
            return set(e, Standing::ejected);
        }
        case EventKind::arrived: {
            Entry& e = entry(event.change);
            if (e.arrived == kNever) e.arrived = event.at;
            return e.standing == Standing::absent && set(e, Standing::in_flight);
        }
        case EventKind::enqueued: {
            Entry& e = entry(event.change);
            if (e.standing == Standing::landed) return false;
            if (e.arrived == kNever) e.arrived = event.at;
            if (e.first_enqueued == kNever) e.first_enqueued = event.at;
            e.item = event.item;
            e.left = kNever;
            e.awaits_check = false;
            return set(e, Standing::in_flight);
        }
        case EventKind::reported:
        case EventKind::dequeued: {
            Entry& e = entry(event.change);
            if (e.standing != Standing::in_flight || e.item != event.item) return false;
            if (event.kind == EventKind::reported && event.outcome == Outcome::landed)
                return false;                                     // `landed` follows
            if (event.reason.why == Why::promoted) return false;  // it comes again at once
            const LiveItem* item = ledger.item(event.item);
            if (event.kind == EventKind::dequeued && item && (item->outside || item->reported)) return false;
            e.left = event.at;
            return set(e, event.outcome == Outcome::withdrawn ? Standing::withdrawn : Standing::ejected);
        }
        default:
            return false;
    }
}

}  // namespace gatesim
