// Where every change stands, by its last outcome: arrived = landed + ejected + withdrawn + in flight, at every instant.
#pragma once

#include <vector>

#include "record/ledger.hpp"

namespace gatesim {

/// How a change stands, by its last outcome.
enum class Standing : std::uint8_t { absent, in_flight, landed, ejected, withdrawn };

/// Follows where every change stands, from the events of gate pipelines alone.
class Standings {
public:
    struct Entry {
        Standing standing = Standing::absent;
        ItemId item = kNone;  ///< its latest stay
        Time arrived = kNever;
        Time first_enqueued = kNever;
        Time left = kNever;         ///< final exit, while it is out
        bool awaits_check = false;  ///< at the door of a gate that asks for a success in check first
    };

    /// Whether the event put its change out: ejected now, and not before.
    bool take(const Event& event, const Ledger& ledger);

    std::size_t count(Standing standing) const { return counts_[static_cast<std::size_t>(standing)]; }
    std::size_t arrived() const {
        return count(Standing::in_flight) + count(Standing::landed) + count(Standing::ejected) +
               count(Standing::withdrawn);
    }
    const std::vector<Entry>& entries() const { return entries_; }

private:
    Entry& entry(ChangeId change);
    bool set(Entry& entry, Standing standing);

    std::vector<Entry> entries_;  ///< by ChangeId
    std::size_t counts_[5] = {};
};

}  // namespace gatesim
