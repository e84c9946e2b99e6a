// What the review system says of a change.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/ids.hpp"

namespace gatesim {

struct ReviewState {
    bool known = false;
    bool approved = false;        ///< may land
    bool withdrawn = false;       ///< abandoned
    bool refused = false;         ///< its last gate report was negative, and nobody enqueued or approved it since
    bool elsewhere = false;       ///< landed by another way
    int proven = 0;               ///< this patch set passed tests of its own (presubmits)
    std::uint64_t proven_on = 0;  ///< and on this state of the branch (Queue::branch)
    std::uint64_t landed = 0;     ///< which patch sets landed: a newer one can be tested and land again

    /// Zuul reads the Depends-On of a patch set when it first looks at it, and leaves out what has landed by then. It
    /// reads them again after a new patch set of a change that it did not leave out.
    mutable bool looked_at = false;
    mutable std::vector<ChangeId> met_before;  ///< left out

    bool was_met_before(ChangeId need) const {
        return std::find(met_before.begin(), met_before.end(), need) != met_before.end();
    }
    bool has_landed(int patchset) const { return (landed >> std::min(patchset, 63)) & 1; }
    void land(int patchset) { landed |= std::uint64_t{1} << std::min(patchset, 63); }
};

}  // namespace gatesim
