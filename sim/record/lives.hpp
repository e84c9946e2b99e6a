// Where the time of a change goes between its first upload and its landing, and whom it waits for.
//
// At every instant a change waits for exactly one thing; where two go on side by side, the first of these that applies
// has the time:
//
//   gate     it stands in a gate;
//   author   it cannot go on without its author: a reader asked for more, or its last verdict (check or gate) was red,
//            and neither a new patch set nor a new try has answered that;
//   review   somebody is asked for a review of its patch set, or reads it;
//   check    a check of it waits or runs;
//   review   it is not approved, and nobody has been asked yet;
//   gate     it is approved, and has not been let in yet.
//
// So reading while the check runs is review time, and the four add up to the lead time, to the microsecond. Time on the
// branch before a revert belongs to none of them.
#pragma once

#include <array>
#include <vector>

#include "record/ledger.hpp"

namespace gatesim {

enum class Awaits : std::uint8_t { author, review, check, gate };
inline constexpr std::size_t kAwaits = 4;

/// Somebody was asked to read a patch set, and has not voted yet.
struct OpenReview {
    PersonId person = kNone;
    Time assigned = 0;
    Time began = kNever;  ///< reading; kNever = not yet
};

/// A change's way so far.
struct ChangeLife {
    Time uploaded = kNever;  ///< first patch set; kNever = not seen: it has no life to speak of
    bool whole = true;       ///< false: it was under way before the replication began
    bool landed = false;
    bool withdrawn = false;
    int patchset = 0;                   ///< the latest
    int verdicts = 0;                   ///< of checks and gates
    int votes = 0;                      ///< all of them
    std::array<Time, kAwaits> spent{};  ///< up to the last event about it
    std::vector<OpenReview> reviews;

    bool over() const { return landed || withdrawn; }
    Time lead() const { return spent[0] + spent[1] + spent[2] + spent[3]; }
    Time of(Awaits what) const { return spent[static_cast<std::size_t>(what)]; }

    // What the next move depends on.
    Time since = 0;
    Awaits awaits = Awaits::review;
    ItemId in_gate = kNone;
    ItemId in_check = kNone;
    bool red = false;       ///< its last verdict was, and nobody has done anything about it yet
    bool approved = false;  ///< this patch set
    bool outside = false;   ///< it left its gate's queue before its report, which follows
    std::vector<PersonId> objections;
};

/// Follows every change that people upload. Ask after the event has been taken in.
class Lives {
public:
    void take(const Event& event, const Ledger& ledger);

    /// nullptr for a change that nobody uploaded.
    const ChangeLife* of(ChangeId change) const {
        return change < lives_.size() && lives_[change].uploaded != kNever ? &lives_[change] : nullptr;
    }
    /// By change; some have never been uploaded.
    const std::vector<ChangeLife>& all() const { return lives_; }
    /// Whether anybody ever uploaded anything: a load with people.
    bool any() const { return any_; }

private:
    void upload(const Event& event);
    void review(const Event& event, ChangeLife& life);
    void check(const Event& event, ChangeLife& life);
    void gate(const Event& event, ChangeLife& life);
    static Awaits next_move(const ChangeLife& life);

    std::vector<ChangeLife> lives_;
    bool any_ = false;
};

/// "with its author", "in review" …
const char* awaits_text(Awaits what);

}  // namespace gatesim
