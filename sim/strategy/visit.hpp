// One visit of one item by the nearest-non-failing rule, and the plain passes made of such visits.
#pragma once

#include "gate/gate.hpp"

namespace gatesim {

/// Rules that came later than the recorded cases (Zuul's release notes from 3.9 on).
struct VisitRules {
    bool fail_fast = false;  ///< at the first failed voting job the others are stopped: the verdict waits for nothing
};

/// What a visit did.
struct Visit {
    bool changed = false;
    bool reported = false;  ///< the item had its final word
    bool landed = false;
    bool refused = false;  ///< everything passed, and the review system would not take it
};

/// Zuul's visit (Zuul 3.8, zuul/manager/__init__.py: _processOneItem). `nearest` is the nearest non-failing item in
/// front and is moved on; `inside` says whether the item may be prepared. The item may be gone afterwards: take its
/// successor before.
Visit visit(Gate& gate, Queue& queue, Item& item, Item*& nearest, bool inside, const VisitRules& rules = {});

/// Whether a visit of an item inside the window would do nothing but move `nearest` on: most visits of a year do not.
inline bool is_undisturbed(const Gate& gate, const Item& item, const Item* nearest) {
    return nearest && item.ahead == nearest && nearest->live && gate.at_rest(item);
}

/// The strategy of pipelines that land nothing: every item inside the window is tested, windows never move.
/// `window` 0 is unlimited (independent); 1 tests one at a time (supercedent).
std::unique_ptr<Strategy> make_plain_strategy(std::size_t window);

}  // namespace gatesim
