// What is wrong on the branches now.
#pragma once

#include <algorithm>
#include <vector>

#include "model/event.hpp"
#include "model/landings.hpp"

namespace gatesim {

/// What a change brought in by landing: its own defect, or a conflict with `other`.
struct Flaw {
    Cause cause = Cause::none;
    ChangeId who = kNone;
    ChangeId other = kNone;
};

/// Escaped defects and conflicts that are still on a branch.
class OpenFlaws {
public:
    void add(const Flaw& flaw) { open_.push_back(flaw); }

    /// A revert takes what the change brought in away, and conflicts with it; a repair what it brought in.
    void undo(const Landings::Undone& undone) {
        std::erase_if(open_, [&](const Flaw& flaw) {
            const bool rival = undone.how == Landings::Undo::reverted && flaw.other == undone.change;
            return flaw.who == undone.change || rival;
        });
    }

    bool none() const { return open_.empty(); }

private:
    std::vector<Flaw> open_;
};

}  // namespace gatesim
