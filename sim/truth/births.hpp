// When each change was born: how much had landed when the replication first heard of it, or of its newest patch set.
#pragma once

#include <vector>

#include "model/event.hpp"
#include "model/landings.hpp"

namespace gatesim {

/// What landed before a change was born its author has seen; what lands later is concurrent with it.
class Births {
public:
    Births(const Cast& cast, const Landings& landings) : cast_(cast), landings_(landings) {}

    /// Gives all changes that joined the cast since the last call the present as their birth.
    void catch_up() {
        if (born_.size() < cast_.changes.size()) born_.resize(cast_.changes.size(), landings_.mark());
    }

    /// A new patch set is written on the branch as it is now.
    void again(ChangeId change) { born_[change] = landings_.mark(); }

    Landings::Mark of(ChangeId change) const { return born_[change]; }
    std::size_t known() const { return born_.size(); }

private:
    const Cast& cast_;
    const Landings& landings_;
    std::vector<Landings::Mark> born_;
};

}  // namespace gatesim
