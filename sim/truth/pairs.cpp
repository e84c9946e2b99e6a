#include "truth/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gatesim {

namespace {

// Whether `change` was written on top of `other`, or declares that it needs it, directly or through others.
bool rests_on(const Cast& cast, ChangeId change, ChangeId other) {
    if (cast.changes[change].git_parents.empty() && cast.changes[change].depends_on.empty()) return false;
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
      comparable_(std::move(comparable)),
      open_([this](ChangeId change) { return !is_open(change); }) {}

double Pairs::chance_by_sight(ChangeId a, ChangeId b) const {
    if (!possible() || a == b || !comparable_(a, b)) return 0;
    const double any =
        chances_.any.varies() ? chances_.any.at(cast_.changes[std::max(a, b)].written) : chances_.any.first;
    if (!(chances_.shared > 0)) return any;
    const std::size_t shared = shared_targets(cast_.changes[a].footprint, cast_.changes[b].footprint);
    if (shared == 0) return any;
    return 1 - (1 - any) * std::pow(1 - chances_.shared, static_cast<double>(shared));
}

double Pairs::chance(ChangeId a, ChangeId b) const {
    const double chance = chance_by_sight(a, b);
    return chance > 0 && !related(a, b) ? chance : 0;
}

bool Pairs::drawn(ChangeId a, ChangeId b) const {
    return luck_.chance(chance_by_sight(a, b), purpose_, pair_key(a, b));
}

bool Pairs::related(ChangeId a, ChangeId b) const {
    return rests_on(cast_, a, b) || rests_on(cast_, b, a);
}

bool Pairs::conflict(ChangeId a, ChangeId b) const {
    if (!possible() || a == b) return false;
    const ChangeId later = std::max(a, b), earlier = std::min(a, b);
    if (met_.size() <= later) met_.resize(later + std::size_t{1});
    Met& met = met_[later];
    if (met.first > earlier) {
        constexpr ChangeId kAtOnce = 64;
        const ChangeId first = earlier - earlier % kAtOnce;
        const ChangeId end = met.first == kNone ? later : met.first;
        met.answers.insert(met.answers.begin(), end - first, Answer::not_asked);
        met.first = first;
    }
    Answer& answer = met.answers[earlier - met.first];
    if (answer == Answer::not_asked) answer = drawn(a, b) ? Answer::yes : Answer::no;
    return answer == Answer::yes && !related(a, b);
}

std::span<const ChangeId> Pairs::landed_rivals(ChangeId change, Landings::Mark base) {
    if (!possible()) return {};
    if (past_.size() <= change) past_.resize(births_.known());
    Past& past = past_[change];
    past.scanned = std::max(past.scanned, births_.of(change));
    if (past.scanned < base) scan(past, change, base);
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

void Pairs::take_in(Landings::Mark base) {
    for (; taken_in_ < base; ++taken_in_)
        if (!landings_.undone_at(taken_in_))
            landed_.add(taken_in_, cast_.changes[landings_.order()[taken_in_]].footprint);
}

/// Looks at what landed up to `base`: at all of it, or, where nothing but shared targets makes a conflict, at what
/// shares one.
void Pairs::scan(Past& past, ChangeId change, Landings::Mark base) {
    const auto look = [&](Landings::Mark place) {
        const ChangeId landed = landings_.order()[place];
        if (!landings_.undone_at(place) && drawn(change, landed) && !related(change, landed))
            past.rivals.push_back(landed);
    };
    if (by_targets()) {
        take_in(base);
        for (const Landings::Mark place : landed_.sharing(cast_.changes[change].footprint, past.scanned, base))
            look(place);
    } else {
        for (Landings::Mark place = past.scanned; place < base; ++place) look(place);
    }
    past.scanned = base;
}

/// It and those it conflicts with, of all that have not landed, know of each other.
void Pairs::meet(ChangeId change) {
    if (change < left_.size()) left_[change] = false;
    const Footprint& footprint = cast_.changes[change].footprint;
    for (const ChangeId other : open_.sharing(footprint, 0, kNone)) {
        if (other == change || !drawn(change, other)) continue;
        auto& mine = rivals_[change];
        const auto is_it = [&](const Rival& one) { return one.change == other; };
        if (std::any_of(mine.begin(), mine.end(), is_it)) continue;
        mine.push_back({other});
        rivals_[other].push_back({change});
    }
    open_.add(change, footprint);
}

void Pairs::catch_up() {
    if (!by_targets()) return;
    rivals_.resize(births_.known());
    for (; met_so_far_ < births_.known(); ++met_so_far_) meet(static_cast<ChangeId>(met_so_far_));
    const auto undone = landings_.undone();
    for (; undone_so_far_ < undone.size(); ++undone_so_far_)
        if (undone[undone_so_far_].how == Landings::Undo::reverted) meet(undone[undone_so_far_].change);
}

bool Pairs::is_open(ChangeId change) const {
    return !landings_.landed(change) && !(change < left_.size() && left_[change]);
}

void Pairs::leave(ChangeId change) {
    if (!by_targets()) return;
    if (left_.size() <= change) left_.resize(change + std::size_t{1});
    left_[change] = true;
}

std::span<Pairs::Rival> Pairs::rivals(ChangeId change) {
    return change < rivals_.size() ? std::span<Rival>(rivals_[change]) : std::span<Rival>();
}

void Pairs::forget(ChangeId change) {
    if (change < past_.size()) past_[change] = {};
    if (change < met_.size()) met_[change] = {};
}

}  // namespace gatesim
