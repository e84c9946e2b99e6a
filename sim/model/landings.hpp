// What has landed so far, in order: the branches, as far as a build's state needs to know them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "model/ids.hpp"

namespace gatesim {

/// The order of landings over all projects of a replication. A state's base is a *mark*: everything that landed before
/// it.
///
/// A landing can be undone: reverted (the change is out of the branch from that mark on, and may land again) or
/// repaired (the change stays, what was wrong with it is mended from that mark on). Both are commits of their own, so
/// each takes a place in the order and moves the mark: a base from before it and one from after it differ.
class Landings {
public:
    using Mark = std::uint32_t;

    enum class Undo : std::uint8_t { reverted, repaired };
    struct Undone {
        Mark at;  ///< its place in order()
        ChangeId change;
        Undo how;
    };

    /// Appends a change. One that is on the branch already (with an older patch set) keeps its place.
    void add(ChangeId change) {
        if (position_.size() <= change) position_.resize(change + 1, kNone);
        if (position_[change] != kNone) return;
        position_[change] = mark();
        order_.push_back(change);
    }

    /// What landed since the mark `from` did so at once: none of it was ever on the branch without the rest.
    void landed_at_once(Mark from) {
        if (mark() - from > 1) pushes_.push_back({from, mark()});
    }

    /// The places of everything that landed at once with what stands at `place`: from, and past the last.
    std::pair<Mark, Mark> push_of(Mark place) const {
        for (auto push = pushes_.rbegin(); push != pushes_.rend() && push->second > place; ++push)
            if (push->first <= place) return *push;
        return {place, place + 1};
    }

    /// Takes a change off the branch. False if it is not on it.
    bool revert(ChangeId change) {
        if (!landed(change)) return false;
        stays_.push_back({change, position_[change], mark()});
        position_[change] = kNone;
        undo(change, Undo::reverted);
        return true;
    }

    /// A follow-up mends what was wrong with a landed change. False if it is not on the branch, or repaired already.
    bool repair(ChangeId change) {
        if (!landed(change) || repaired_before(change, mark())) return false;
        undo(change, Undo::repaired);
        return true;
    }

    /// The base as it is now.
    Mark mark() const { return static_cast<Mark>(order_.size()); }

    /// Whether the change is on the branch now.
    bool landed(ChangeId change) const { return change < position_.size() && position_[change] != kNone; }

    /// Whether `change` is in the base that `mark` names.
    bool landed_before(ChangeId change, Mark mark) const {
        if (change < position_.size() && position_[change] < mark) return true;
        // Almost never does a base reach back to before a revert, and there are few of those.
        return !stays_.empty() && std::any_of(stays_.begin(), stays_.end(), [&](const Stay& stay) {
            return stay.change == change && stay.from < mark && mark <= stay.until;
        });
    }

    /// Whether what was wrong with the change as it is on the branch is mended in the base that `mark` names.
    bool repaired_before(ChangeId change, Mark mark) const {
        return std::any_of(undone_.rbegin(), undone_.rend(), [&](const Undone& undone) {
            return undone.change == change && undone.how == Undo::repaired && undone.at < mark &&
                   (!landed(change) || undone.at > position_[change]);
        });
    }

    /// What happened to the branches, oldest first: the change that landed, or whose landing was undone.
    std::span<const ChangeId> order() const { return order_; }

    /// What was undone, oldest first.
    std::span<const Undone> undone() const { return undone_; }

    /// The undoing that stands at this place of order(); nullptr if something landed there.
    const Undone* undone_at(Mark place) const {
        const auto found = std::lower_bound(undone_.begin(), undone_.end(), place,
                                            [](const Undone& undone, Mark at) { return undone.at < at; });
        return found != undone_.end() && found->at == place ? &*found : nullptr;
    }

private:
    struct Stay {
        ChangeId change;
        Mark from;   ///< its place in the order
        Mark until;  ///< the place of its revert: a base up to here holds it
    };

    void undo(ChangeId change, Undo how) {
        undone_.push_back({mark(), change, how});
        order_.push_back(change);
    }

    std::vector<ChangeId> order_;
    std::vector<Mark> position_;  ///< of the present stay on the branch; kNone = not there
    std::vector<Stay> stays_;     ///< that ended with a revert
    std::vector<Undone> undone_;
    std::vector<std::pair<Mark, Mark>> pushes_;  ///< of several changes at once: from, and past the last
};

/// What a build tests: everything landed before `base`, then `chain` in order, the change itself last.
struct BuildState {
    Landings::Mark base = 0;
    std::span<const ChangeId> chain;  ///< changes ahead, front first, and the tested change as the last element
    PipelineId pipeline = 0;          ///< where the build runs: check and gate do not share their luck
    std::uint32_t members = 1;        ///< the last so many of the chain are under test, not only the last one
    /// For each of those, in the order of the chain: how many builds of this job and patch set it was under test in
    /// before. Empty: as often as the last one was tested.
    std::span<const int> runs = {};

    std::span<const ChangeId> tested() const { return chain.last(std::min<std::size_t>(members, chain.size())); }
};

}  // namespace gatesim
