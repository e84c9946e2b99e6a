#include "truth/hidden.hpp"

#include <algorithm>

#include "model/mixed.hpp"
#include "model/people.hpp"

namespace gatesim {

namespace {

/// Some change may have a defect.
bool defects_drawn(const Scenario& scenario) {
    const auto some = [](const std::vector<ChangeKind>& kinds) {
        return std::any_of(kinds.begin(), kinds.end(),
                           [](const ChangeKind& kind) { return kind.breaks.value_or(0) > 0; });
    };
    const Load& load = scenario.load;
    return scenario.failures.defect.highest() > 0 || (load.past_queue && load.past_queue->breaks.value_or(0) > 0) ||
           (load.arrivals && some(load.arrivals->kinds)) || (load.people && some(load.people->contributors.kinds));
}

// Exact while patch sets stay below 65,536.
std::uint64_t patchset_key(ChangeId change, int patchset) {
    return static_cast<std::uint64_t>(change) << 16 | static_cast<std::uint16_t>(patchset);
}

bool contains(const std::vector<JobId>& jobs, JobId job) {
    return std::find(jobs.begin(), jobs.end(), job) != jobs.end();
}

}  // namespace

Hidden::Hidden(const Scenario& scenario, const Cast& cast, const Landings& landings, const Births& births, Luck luck,
               std::vector<bool> spared)
    : scenario_(scenario),
      cast_(cast),
      landings_(landings),
      births_(births),
      luck_(luck),
      spared_(std::move(spared)),
      defects_possible_(defects_drawn(scenario)),
      places_(scenario, cast),
      semantic_(cast, landings, births, luck, Purpose::semantic_conflict,
                {scenario.failures.semantic_conflict, scenario.failures.semantic_overlap},
                [this](ChangeId a, ChangeId b) {
                    return places_.group(cast_.changes[a].project) == places_.group(cast_.changes[b].project);
                }) {}

void Hidden::catch_up() {
    if (scenario_.failures.defect_run > 0) draw_runs_of_defects();
    semantic_.catch_up();
    if (seen_ == landings_.mark()) return;
    if (defects_possible_ || semantic_.possible()) {
        for (Landings::Mark i = seen_; i < landings_.mark(); ++i) {
            const Landings::Undone* undone = landings_.undone_at(i);
            undone ? branch_.undo(*undone) : landed(landings_.order()[i], i);
        }
    }
    seen_ = landings_.mark();
}

// Trouble that landed makes its job red for the whole queue from then on.
void Hidden::landed(ChangeId change, Landings::Mark position) {
    const std::uint32_t group = places_.group(cast_.changes[change].project);
    const auto red = [&](JobId job, ChangeId other) {
        if (job != kNone) branch_.add(group, job, {position, kNone, change, other});
    };
    for (const JobId job : defect(change, cast_.changes[change].patchset).jobs) red(job, kNone);
    for (const ChangeId rival : semantic_.landed_rivals(change, position)) red(clash_job(change, rival), rival);
    semantic_.forget(change);
    if (change < memos_.size()) memos_[change] = {};
}

/// What is named once more although it is in the base may have been mended there: then nothing is wrong with it.
bool Hidden::mended(ChangeId change, const BuildState& state) const {
    return landings_.landed_before(change, state.base) && landings_.repaired_before(change, state.base);
}

std::optional<Fault> Hidden::fault(const Job& job, const BuildState& state, int patchset) {
    const ChangeId tested = state.chain.back();
    if (defects_possible_) {
        if (shows_own(job, tested, patchset) && !mended(tested, state)) return Fault{Cause::own_defect, tested};
        for (const ChangeId ahead : state.chain.first(state.chain.size() - 1)) {
            if (contains(defect(ahead, cast_.changes[ahead].patchset).jobs, job.id) &&
                !overlooks(job, tested, ahead, false) && !mended(ahead, state))
                return Fault{Cause::defect_ahead, ahead};
        }
    }
    if (!branch_.empty()) {
        const auto shows = [&](const RedJobs::Red& red) { return !overlooks(job, tested, red.who, false); };
        const auto* red = branch_.find(places_.group(cast_.changes[tested].project), job.id, state.base, shows);
        if (red) return Fault{Cause::defect_on_branch, red->who};
    }
    if (!semantic_.possible()) return std::nullopt;
    std::optional<Fault> of_others;
    for (const Clash& clash : clashes(state)) {
        if (clash.job != job.id) continue;
        const bool involved = clash.who == tested || clash.other == tested;
        const ChangeId rival = clash.who == tested ? clash.other : clash.who;
        if (overlooks(job, tested, rival, involved)) continue;
        if (involved) return Fault{Cause::semantic_conflict, rival};
        if (!of_others) of_others = Fault{Cause::clash_ahead, clash.who, clash.other};
    }
    return of_others;
}

void Hidden::add_at_fault(const Job& job, const BuildState& state, int patchset, std::vector<AtFault>& out) {
    const ChangeId tested = state.chain.back();
    for (const ChangeId who : state.chain) {
        if (!defects_possible_) break;
        const Defect& own = defect(who, who == tested ? patchset : cast_.changes[who].patchset);
        if (contains(own.jobs, job.id) && !overlooks(job, tested, who, who == tested) && !mended(who, state))
            out.push_back({who, Cause::own_defect, kNone});
    }
    if (!semantic_.possible()) return;
    for (const Clash& clash : clashes(state)) {
        const bool involved = clash.who == tested || clash.other == tested;
        const ChangeId rival = clash.who == tested ? clash.other : clash.who;
        if (clash.job == job.id && !overlooks(job, tested, rival, involved))
            out.push_back({clash.who, Cause::semantic_conflict, clash.other});
    }
}

bool Hidden::shows_own(const Job& job, ChangeId change, int patchset) {
    return contains(defect(change, patchset).jobs, job.id) && !overlooks(job, change, change, true);
}

// The choice of tests is made for the tested change: it holds those that show its own trouble with the chance `recall`,
// and any other with the share of all tests that it keeps. Fixed for the pair, so that no repetition helps.
bool Hidden::overlooks(const Job& job, ChangeId tested, ChangeId culprit, bool involved) const {
    if (!job.selection) return false;
    const std::uint64_t key = static_cast<std::uint64_t>(tested) << 32 | culprit;
    return !luck_.chance(involved ? job.selection->recall : job.selection->cost, Purpose::selection, key, job.id);
}

Fault Hidden::brings_in(const BuildState& state) {
    const ChangeId tested = state.chain.back();
    if (defect(tested, cast_.changes[tested].patchset).there) return {Cause::own_defect, kNone};
    if (!semantic_.possible()) return {};
    for (const Clash& clash : clashes(state)) {
        if (clash.who == tested) return {Cause::semantic_conflict, clash.other};
    }
    return {};
}

// Two states, broken and healthy, one step a change of the group in order of arrival: broken lasts for defect_run
// changes on average, and holds for a share of `defect` of them. The draw is the one a change has without runs.
void Hidden::draw_runs_of_defects() {
    const double length = scenario_.failures.defect_run;
    const double stays = 1 - 1 / length;
    for (ChangeId change = static_cast<ChangeId>(in_run_.size()); change < births_.known(); ++change) {
        const double share = scenario_.failures.defect.at(cast_.changes[change].written);
        const double breaks = share < 1 ? std::min(1.0, share / (length * (1 - share))) : 1;
        const std::uint32_t group = places_.group(cast_.changes[change].project);
        if (group_run_.size() <= group) group_run_.resize(group + 1, Run::not_begun);
        Run& run = group_run_[group];
        const double u = luck_.uniform(Purpose::defect, patchset_key(change, 1));
        const double chance = run == Run::not_begun ? share : run == Run::broken ? stays : breaks;
        run = u < chance ? Run::broken : Run::healthy;
        in_run_.push_back(u < chance);
    }
}

// A later patch set is a new attempt: chance alone decides.
bool Hidden::is_defective(ChangeId change, int patchset) const {
    const Change& it = cast_.changes[change];
    if (it.breaks)
        return luck_.chance(std::min(1.0, *it.breaks * it.defect_factor), Purpose::defect,
                            patchset_key(change, patchset));
    if (patchset == 1 && change < in_run_.size()) return in_run_[change];
    return luck_.chance(std::min(1.0, scenario_.failures.defect.at(it.written) * it.defect_factor), Purpose::defect,
                        patchset_key(change, patchset));
}

/// The jobs that can show it.
std::vector<Place> Hidden::places_of_defect(ChangeId change) const {
    std::vector<Place> places = places_.of(change);
    if (cast_.changes[change].past_queue && !scenario_.load.past_queue->jobs.empty())
        std::erase_if(places,
                      [&](const Place& place) { return !contains(scenario_.load.past_queue->jobs, place.job); });
    if (const std::uint32_t stay = cast_.changes[change].stay; recorded_ && stay != kNone)
        std::erase_if(places, [&](const Place& place) { return recorded_->passed(stay, place.job); });
    return places;
}

// Shows in one job for certain, chosen by weight, and in each other one with the share of the total weight that it has.
const Hidden::Defect& Hidden::defect(ChangeId change, int patchset) {
    static const Defect kNoDefect;
    if (!defects_possible_) return kNoDefect;
    if (defects_.size() <= change) defects_.resize(births_.known());
    Defect& known = defects_[change];
    if (known.patchset == patchset) return known;
    known = {patchset, false, {}};
    const std::uint32_t listed = cast_.changes[change].listed;
    if (listed < spared_.size() && spared_[listed]) return known;
    const std::uint32_t stay = cast_.changes[change].stay;
    const Soundness told = recorded_ && stay != kNone ? recorded_->soundness(stay) : Soundness::unknown;
    known.there = told == Soundness::unknown ? is_defective(change, patchset) : told == Soundness::broken;
    if (!known.there) return known;
    if (told == Soundness::broken) known.jobs = recorded_->broken_jobs(stay);
    if (!known.jobs.empty()) return known;
    const std::vector<Place> places = places_of_defect(change);
    if (places.empty()) return known;
    const std::uint64_t key = patchset_key(change, patchset);
    const JobId first = Places::pick(places, luck_.uniform(Purpose::defect_job, key));
    double total = 0;
    for (const Place& place : places) total += place.weight;
    for (const Place& place : places) {
        const bool also = luck_.chance(place.weight / total, Purpose::defect_job, key, place.job + std::uint64_t{1});
        if (place.job == first || also) known.jobs.push_back(place.job);
    }
    return known;
}

// One job for the pair: one that both run if there is such, else one of the later change.
JobId Hidden::clash_job(ChangeId a, ChangeId b) const {
    const std::vector<Place> later = places_.of(std::max(a, b));
    const std::vector<Place> earlier = places_.of(std::min(a, b));
    std::vector<Place> common;
    for (const Place& place : later) {
        const auto same = [&](const Place& other) { return other.job == place.job; };
        if (std::any_of(earlier.begin(), earlier.end(), same)) common.push_back(place);
    }
    return Places::pick(common.empty() ? later : common, luck_.uniform(Purpose::semantic_job, pair_key(a, b)));
}

void Hidden::add_clashes(const BuildState& state, std::size_t position, std::vector<Clash>& found) {
    const ChangeId who = state.chain[position];
    if (landings_.landed_before(who, state.base)) return;  // the branch tells of its conflicts, while there are any
    for (const ChangeId rival : semantic_.landed_rivals(who, state.base)) {
        found.push_back({clash_job(who, rival), who, rival});
    }
    // What had landed when it was written its author has seen: a probe can name such a one.
    const auto unseen = [&](ChangeId ahead) { return !landings_.landed_before(ahead, births_.of(who)); };
    if (!semantic_.by_targets()) {
        for (const ChangeId ahead : state.chain.first(position))
            if (semantic_.conflict(ahead, who) && unseen(ahead)) found.push_back({clash_job(ahead, who), who, ahead});
        return;
    }
    ahead_.clear();
    for (Pairs::Rival& rival : semantic_.rivals(who)) {
        const Spot& spot = spot_[rival.change];
        if (spot.chain != spotted_ || spot.at >= position) continue;
        if (rival.note == kNone) rival.note = clash_job(rival.change, who);
        ahead_.emplace_back(spot.at, rival.note);
    }
    std::sort(ahead_.begin(), ahead_.end());
    for (const auto& [at, job] : ahead_) {
        const ChangeId ahead = state.chain[at];
        if (!semantic_.related(ahead, who) && unseen(ahead)) found.push_back({job, who, ahead});
    }
}

/// Where each change of the chain stands in it.
void Hidden::spot(const BuildState& state) {
    ++spotted_;
    spot_.resize(births_.known());
    for (std::size_t i = 0; i < state.chain.size(); ++i) {
        spot_[state.chain[i]] = {spotted_, static_cast<std::uint32_t>(i)};
        semantic_.recall(state.chain[i]);
    }
}

// The builds of one attempt ask about one state, and the attempt behind about a state that is one longer: what was
// found is kept by tested change.
const std::vector<Hidden::Clash>& Hidden::clashes(const BuildState& state) {
    if (memos_.size() < births_.known()) memos_.resize(births_.known());
    const std::size_t length = state.chain.size();
    std::uint64_t number = 0, shorter = 0;  // of the chain, and of the one without its last change
    for (const ChangeId change : state.chain) {
        shorter = number;
        number = mixed(number, change + 1);
    }
    const auto is = [&](const Memo& memo, std::size_t n, std::uint64_t chain) {
        return memo.base == state.base && memo.edition == edition_ && memo.length == n && memo.chain == chain;
    };
    Memo& memo = memos_[state.chain.back()];
    if (is(memo, length, number)) return memo.clashes;
    memo.clashes.clear();
    std::size_t next = 0;
    if (length > 1 && is(memos_[state.chain[length - 2]], length - 1, shorter)) {
        memo.clashes = memos_[state.chain[length - 2]].clashes;
        next = length - 1;
    }
    if (semantic_.by_targets()) spot(state);
    for (; next < length; ++next) add_clashes(state, next, memo.clashes);
    memo.base = state.base;
    memo.edition = edition_;
    memo.length = length;
    memo.chain = number;
    return memo.clashes;
}

}  // namespace gatesim
