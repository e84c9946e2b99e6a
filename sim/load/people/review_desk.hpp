// Where patch sets are read: what becomes of a patch set once its author asks for review.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "chance/draw.hpp"
#include "kernel/calendar.hpp"
#include "load/source.hpp"
#include "model/ids.hpp"
#include "model/people.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// Who wants to know how a review ended.
struct ReviewListener {
    virtual ~ReviewListener() = default;

    /// The patch set may land (`approved`), or must be reworked before anybody reads on. Called by an event of the
    /// calendar of its own, never from within ask(), once for every patch set that was asked for and neither withdrawn
    /// nor followed by a newer one. The events (voted, approved) have been told before.
    virtual void reviewed(ChangeId change, int patchset, bool approved) = 0;
};

class ReviewDesk {
public:
    virtual ~ReviewDesk() = default;

    /// Asks for the review of a patch set. An older one of the same change that is still here is withdrawn. `lacking`:
    /// it must be reworked, as whoever reads it will see (its author's matter, not the desk's: PeopleLoad::rework).
    /// Defects are another thing: the desk asks the door, and readers find them or not.
    virtual void ask(ChangeId change, int patchset, bool lacking) = 0;

    /// Nobody needs to read the change any more (it is abandoned, or was approved by other means). Nothing if it is not
    /// here.
    virtual void withdraw(ChangeId change) = 0;

    /// Patch sets that are here: asked for, and their answer not yet delivered.
    virtual std::size_t open() const = 0;
};

/// The desk that a scenario describes (`load.people.review`; with `rhythm`, that of `load.people`). Reviewers join the
/// cast here, so call it once. What is passed must outlive the desk; the listener is only called later.
std::unique_ptr<ReviewDesk> make_review_desk(const ReviewLoad& review, const Rhythm& rhythm, const Scenario& scenario,
                                             Luck luck, Calendar& calendar, LoadDoor& door, ReviewListener& listener);

/// A change's name in draws about it: made of its own name, because its number depends on who else uploads.
std::uint64_t review_key(const std::string& name, int patchset);

}  // namespace gatesim
