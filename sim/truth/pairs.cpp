#include "truth/pairs.hpp"

#include <algorithm>
#include <cmath>
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
             Chances chances, std::function<bool(ChangeId, ChangeId)> comparable)
    : cast_(cast),
      landings_(landings),
      births_(births),
      luck_(luck),
      purpose_(purpose),
      chances_(chances),
      comparable_(std::move(comparable)) {}

double Pairs::chance_by_sight(ChangeId a, ChangeId b) const {
    if (!possible() || a == b || !comparable_(a, b)) return 0;
    if (!(chances_.shared > 0)) return chances_.any;
    const std::size_t shared = shared_targets(cast_.changes[a].footprint, cast_.changes[b].footprint);
    if (shared == 0) return chances_.any;
    return 1 - (1 - chances_.any) * std::pow(1 - chances_.shared, static_cast<double>(shared));
}

double Pairs::chance(ChangeId a, ChangeId b) const {
    const double chance = chance_by_sight(a, b);
    return chance > 0 && !rests_on(cast_, a, b) && !rests_on(cast_, b, a) ? chance : 0;
}

/// Draws all pairs of the change with those known before it.
void Pairs::list_rivals(ChangeId change) const {
    const Footprint& footprint = cast_.changes[change].footprint;
    std::vector<ChangeId> rivals;
    const auto meet = [&](ChangeId other) {
        if (met_[other] == change) return;
        met_[other] = change;
        if (luck_.chance(chance_by_sight(change, other), purpose_, pair_key(change, other))) rivals.push_back(other);
    };
    met_.push_back(kNone);
    if (footprint.known && footprint.everything)
        for (ChangeId other = 0; other < change; ++other) meet(other);
    if (footprint.known && !footprint.everything) {
        for (const ChangeId other : touch_all_) meet(other);
        for (const std::uint32_t target : footprint.targets)
            if (target < touch_.size())
                for (const ChangeId other : touch_[target]) meet(other);
    }
    std::sort(rivals.begin(), rivals.end());
    rivals_.push_back(std::move(rivals));
    if (!footprint.known) return;
    if (footprint.everything) touch_all_.push_back(change);
    for (const std::uint32_t target : footprint.targets) {
        if (touch_.size() <= target) touch_.resize(target + std::size_t{1});
        touch_[target].push_back(change);
    }
}

bool Pairs::drawn(ChangeId a, ChangeId b) const {
    if (chances_.any > 0 || !possible()) return luck_.chance(chance_by_sight(a, b), purpose_, pair_key(a, b));
    const ChangeId later = std::max(a, b);
    while (rivals_.size() <= later) list_rivals(static_cast<ChangeId>(rivals_.size()));
    return std::binary_search(rivals_[later].begin(), rivals_[later].end(), std::min(a, b));
}

bool Pairs::conflict(ChangeId a, ChangeId b) const {
    if (!drawn(a, b)) return false;
    return !rests_on(cast_, a, b) && !rests_on(cast_, b, a);
}

std::span<const ChangeId> Pairs::landed_rivals(ChangeId change, Landings::Mark base) {
    if (!possible()) return {};
    if (past_.size() <= change) past_.resize(births_.known());
    Past& past = past_[change];
    past.scanned = std::max(past.scanned, births_.of(change));
    for (; past.scanned < base; ++past.scanned) {
        const ChangeId landed = landings_.order()[past.scanned];
        if (!landings_.undone_at(past.scanned) && conflict(change, landed)) past.rivals.push_back(landed);
    }
    const auto there = [&](ChangeId rival) { return landings_.landed_before(rival, base); };
    if (landings_.undone().empty()) {  // in order of landing: those of the base come first
        const auto end = std::find_if_not(past.rivals.begin(), past.rivals.end(), there);
        return {past.rivals.data(), static_cast<std::size_t>(end - past.rivals.begin())};
    }
    present_.clear();
    for (const ChangeId rival : past.rivals) {  // one that landed twice is there twice
        if (there(rival) && std::find(present_.begin(), present_.end(), rival) == present_.end())
            present_.push_back(rival);
    }
    return present_;
}

void Pairs::forget(ChangeId change) {
    if (change < past_.size()) past_[change] = {};
}

}  // namespace gatesim
