#include "truth/pairs.hpp"

#include <algorithm>
#include <utility>

namespace gatesim {

namespace {

// Whether `change` was written on top of `other`, or declares that it needs it, directly or through others.
bool rests_on(const Cast& cast, ChangeId change, ChangeId other) {
    std::vector<ChangeId> open = {change};
    std::vector<ChangeId> seen;
    while (!open.empty()) {
        const ChangeId next = open.back();
        open.pop_back();
        if (std::find(seen.begin(), seen.end(), next) != seen.end()) continue;
        seen.push_back(next);
        for (const auto* needs : {&cast.changes[next].git_parents, &cast.changes[next].depends_on}) {
            for (const ChangeId need : *needs) {
                if (need == other) return true;
                if (need < cast.changes.size()) open.push_back(need);
            }
        }
    }
    return false;
}

}  // namespace

Pairs::Pairs(const Cast& cast, const Landings& landings, const Births& births, Luck luck, Purpose purpose,
             double probability, std::function<bool(ChangeId, ChangeId)> comparable)
    : cast_(cast),
      landings_(landings),
      births_(births),
      luck_(luck),
      purpose_(purpose),
      probability_(probability),
      comparable_(std::move(comparable)) {}

bool Pairs::conflict(ChangeId a, ChangeId b) const {
    if (!possible() || a == b || !comparable_(a, b)) return false;
    if (!luck_.chance(probability_, purpose_, pair_key(a, b))) return false;
    return !rests_on(cast_, a, b) && !rests_on(cast_, b, a);
}

std::span<const ChangeId> Pairs::landed_rivals(ChangeId change, Landings::Mark base) {
    if (!possible()) return {};
    if (past_.size() <= change) past_.resize(births_.known());
    Past& past = past_[change];
    past.scanned = std::max(past.scanned, births_.of(change));
    for (; past.scanned < base; ++past.scanned) {
        const ChangeId landed = landings_.order()[past.scanned];
        if (conflict(change, landed)) past.rivals.push_back(landed);
    }
    const auto end = std::find_if(past.rivals.begin(), past.rivals.end(),
                                  [&](ChangeId rival) { return !landings_.landed_before(rival, base); });
    return {past.rivals.data(), static_cast<std::size_t>(end - past.rivals.begin())};
}

void Pairs::forget(ChangeId change) {
    if (change < past_.size()) past_[change] = {};
}

}  // namespace gatesim
