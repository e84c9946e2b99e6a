// What has landed so far, in order: the branches, as far as a build's state needs to know them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/ids.hpp"

namespace gatesim {

/// The order of landings over all projects of a replication. A state's base is a *mark*: everything that landed before
/// it.
class Landings {
public:
    using Mark = std::uint32_t;

    /// Appends a change. One that landed before (with an older patch set) keeps its place.
    void add(ChangeId change) {
        if (position_.size() <= change) position_.resize(change + 1, kNone);
        if (position_[change] != kNone) return;
        position_[change] = static_cast<std::uint32_t>(order_.size());
        order_.push_back(change);
    }

    /// The base as it is now.
    Mark mark() const { return static_cast<Mark>(order_.size()); }

    bool landed(ChangeId change) const { return change < position_.size() && position_[change] != kNone; }

    /// Whether `change` is in the base that `mark` names.
    bool landed_before(ChangeId change, Mark mark) const {
        return change < position_.size() && position_[change] < mark;
    }

    std::span<const ChangeId> order() const { return order_; }

private:
    std::vector<ChangeId> order_;
    std::vector<std::uint32_t> position_;  ///< kNone = not landed
};

/// What a build tests: everything landed before `base`, then `chain` in order, the change itself last.
struct BuildState {
    Landings::Mark base = 0;
    std::span<const ChangeId> chain;  ///< changes ahead, front first, and the tested change as the last element
    PipelineId pipeline = 0;          ///< where the build runs: check and gate do not share their luck
};

}  // namespace gatesim
