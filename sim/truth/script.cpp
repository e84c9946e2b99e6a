#include "truth/script.hpp"

#include <algorithm>

namespace gatesim {

Script::Script(const Scenario& scenario, const Cast& cast, const Landings& landings)
    : cast_(cast), landings_(landings) {
    if (!scenario.load.listed || scenario.load.listed->changes.empty()) return;
    changes_ = &scenario.load.listed->changes;
    for (std::uint32_t i = 0; i < changes_->size(); ++i) names_.emplace_back((*changes_)[i].id, i);
    std::sort(names_.begin(), names_.end());
    breakers_.resize(scenario.job_names.size());
    clashing_.resize(scenario.job_names.size());
    for (std::uint32_t i = 0; i < changes_->size(); ++i) {
        runs_.push_back({resolve((*changes_)[i].jobs)});
        note_clashes(i, runs_.back().front());
        for (const JobId job : (*changes_)[i].breaks) breakers_[job].push_back(i);
    }
    who_.resize(changes_->size(), kNone);
    read_conflicts();
}

void Script::read_conflicts() {
    rivals_.resize(changes_->size());
    for (std::uint32_t i = 0; i < changes_->size(); ++i) {
        conflicts_ |= (*changes_)[i].merge_conflict;
        set_rivals(i, resolve((*changes_)[i].conflicts_with));
    }
}

/// Adds those.
void Script::set_rivals(std::uint32_t listed, const ListedIds& rivals) {
    for (const std::uint32_t other : rivals) {
        if (other == kNone || other == listed) continue;
        conflicts_ = true;
        rivals_[listed].push_back(other);
        rivals_[other].push_back(listed);
    }
}

void Script::note_clashes(std::uint32_t listed, const Runs& runs) {
    for (ListedIds& clashing : clashing_) std::erase(clashing, listed);
    for (const ScriptRun& run : runs) {
        if (run.fails_with.empty()) continue;
        ListedIds& clashing = clashing_[run.job];
        clashing.insert(std::lower_bound(clashing.begin(), clashing.end(), listed), listed);
    }
}

ListedIds Script::resolve(const std::vector<std::string>& names) const {
    ListedIds ids;
    for (const std::string& name : names) {
        const auto at = std::lower_bound(names_.begin(), names_.end(), std::pair{name, std::uint32_t{0}});
        ids.push_back(at != names_.end() && at->first == name ? at->second : kNone);
    }
    return ids;
}

Script::Runs Script::resolve(const std::vector<ScriptedRun>& runs) const {
    Runs resolved;
    for (const ScriptedRun& run : runs) {
        resolved.push_back({run.job, run.duration, run.fails, resolve(run.fails_with), resolve(run.fails_without),
                            run.fails_on_run, run.retry_runs, run.hangs_on_run, run.never_reports, run.node_failure,
                            run.child_jobs, run.own_builds_only});
    }
    return resolved;
}

void Script::catch_up() {
    if (!changes_) return;
    for (; known_ < cast_.changes.size(); ++known_) {
        const std::uint32_t listed = cast_.changes[known_].listed;
        if (listed != kNone) who_[listed] = static_cast<ChangeId>(known_);
    }
}

const ListedChange* Script::listed(ChangeId change) const {
    const std::uint32_t listed = changes_ ? cast_.changes[change].listed : kNone;
    return listed == kNone ? nullptr : &(*changes_)[listed];
}

void Script::new_patchset(ChangeId change, const ScriptedEvent& event) {
    if (!listed(change)) return;
    const std::uint32_t index = cast_.changes[change].listed;
    std::vector<Runs>& versions = runs_[index];
    versions.push_back(event.jobs.empty() ? versions.back() : resolve(event.jobs));
    if (landings_.landed(change)) return;  // what is on the branch stays as it landed
    note_clashes(index, versions.back());
    if (event.breaks) {
        for (JobId job = 0; job < breakers_.size(); ++job) {
            ListedIds& breakers = breakers_[job];
            std::erase(breakers, index);
            if (std::find(event.breaks->begin(), event.breaks->end(), job) != event.breaks->end())
                breakers.insert(std::lower_bound(breakers.begin(), breakers.end(), index), index);
        }
    }
    if (event.conflicts_with) {
        for (const std::uint32_t other : rivals_[index]) std::erase(rivals_[other], index);
        rivals_[index].clear();
        // What others say of it holds on.
        for (std::uint32_t other = 0; other < changes_->size(); ++other) {
            const ListedIds named = other == index ? ListedIds{} : resolve((*changes_)[other].conflicts_with);
            if (std::find(named.begin(), named.end(), index) != named.end()) set_rivals(other, {index});
        }
        set_rivals(index, resolve(*event.conflicts_with));
    }
}

const ScriptRun* Script::run_of(ChangeId change, JobId job, int patchset) const {
    if (!listed(change)) return nullptr;
    const std::vector<Runs>& versions = runs_[cast_.changes[change].listed];
    const auto version = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(patchset, 1)), 1, versions.size());
    for (const ScriptRun& run : versions[version - 1]) {
        if (run.job == job) return &run;
    }
    return nullptr;
}

bool Script::in_state(std::uint32_t listed, const BuildState& state) const {
    const ChangeId change = listed == kNone ? kNone : who_[listed];
    if (change == kNone) return false;
    return landings_.landed_before(change, state.base) ||
           std::find(state.chain.begin(), state.chain.end(), change) != state.chain.end();
}

ChangeId Script::breaker(JobId job, const BuildState& state) const {
    if (!changes_ || breakers_[job].empty()) return kNone;
    const auto breaks = [&](ChangeId change) { return this->breaks(change, job); };
    const auto mended = [&](ChangeId change) {
        return landings_.landed_before(change, state.base) && landings_.repaired_before(change, state.base);
    };
    if (breaks(state.chain.back()) && !mended(state.chain.back())) return state.chain.back();
    for (const ChangeId ahead : state.chain) {
        if (breaks(ahead) && !mended(ahead)) return ahead;
    }
    for (const std::uint32_t listed : breakers_[job]) {
        const ChangeId change = who_[listed];
        const bool there = change != kNone && landings_.landed_before(change, state.base);
        if (there && !landings_.repaired_before(change, state.base)) return change;
    }
    return kNone;
}

bool Script::breaks(ChangeId change, JobId job) const {
    const std::uint32_t listed = changes_ ? cast_.changes[change].listed : kNone;
    return listed != kNone && std::binary_search(breakers_[job].begin(), breakers_[job].end(), listed);
}

ChangeId Script::rival_of(ChangeId change, JobId job, const BuildState& state) const {
    const std::uint32_t listed = changes_ ? cast_.changes[change].listed : kNone;
    if (listed == kNone) return kNone;
    if (const ScriptRun* run = run_of(change, job, cast_.changes[change].patchset))
        if (const ChangeId rival = first_in(run->fails_with, state); rival != kNone) return rival;
    for (const std::uint32_t other : clashing_[job]) {
        if (other == listed || !in_state(other, state)) continue;
        const ScriptRun* run = run_of(who_[other], job, cast_.changes[who_[other]].patchset);
        const bool names = run && !run->own_builds_only &&
                           std::find(run->fails_with.begin(), run->fails_with.end(), listed) != run->fails_with.end();
        if (names) return who_[other];
    }
    return kNone;
}

/// Where in the state it stands: what has landed before all others.
std::size_t Script::place(ChangeId change, const BuildState& state) const {
    if (landings_.landed_before(change, state.base)) return 0;
    return static_cast<std::size_t>(std::find(state.chain.begin(), state.chain.end(), change) - state.chain.begin()) +
           1;
}

std::vector<Script::Clash> Script::clashes(JobId job, const BuildState& state) const {
    std::vector<Clash> found;
    if (!changes_ || clashing_[job].empty()) return found;
    const auto under_test = [&](ChangeId change) {
        const auto tested = state.tested();
        return std::find(tested.begin(), tested.end(), change) != tested.end();
    };
    const auto mended = [&](ChangeId c) {
        return landings_.landed_before(c, state.base) && landings_.repaired_before(c, state.base);
    };
    for (const std::uint32_t listed : clashing_[job]) {
        if (!in_state(listed, state)) continue;
        const ChangeId who = who_[listed];
        const ScriptRun* run = run_of(who, job, cast_.changes[who].patchset);
        if (!run || (run->own_builds_only && !under_test(who))) continue;
        for (const std::uint32_t other : run->fails_with) {
            if (!in_state(other, state)) continue;
            const ChangeId rival = who_[other];
            if (!under_test(who) && !under_test(rival) && (mended(who) || mended(rival))) continue;
            const bool later = place(who, state) >= place(rival, state);
            found.push_back(later ? Clash{who, rival} : Clash{rival, who});
        }
    }
    return found;
}

ChangeId Script::first_in(const ListedIds& ids, const BuildState& state) const {
    for (const std::uint32_t listed : ids) {
        if (in_state(listed, state)) return who_[listed];
    }
    return kNone;
}

bool Script::any_missing(const ListedIds& ids, const BuildState& state) const {
    return std::any_of(ids.begin(), ids.end(), [&](std::uint32_t listed) { return !in_state(listed, state); });
}

bool Script::conflict(const BuildState& state) const {
    if (!conflicts_) return false;
    for (const ChangeId change : state.chain) {
        const ListedChange* change_listed = listed(change);
        if (!change_listed || landings_.landed_before(change, state.base)) continue;  // there is nothing left to merge
        if (change_listed->merge_conflict) return true;
        if (first_in(rivals_[cast_.changes[change].listed], state) != kNone) return true;
    }
    return false;
}

bool Script::last_conflicts(const BuildState& state) const {
    if (!conflicts_) return false;
    const ListedChange* last = listed(state.chain.back());
    if (!last) return false;
    return last->merge_conflict || first_in(rivals_[cast_.changes[state.chain.back()].listed], state) != kNone;
}

bool Script::fails_merge(ChangeId change) const {
    const ListedChange* who = listed(change);
    return who && who->fail_merge;
}

bool Script::conflicting(ChangeId a, ChangeId b) const {
    if (!listed(a) || !listed(b)) return false;
    const auto says = [&](ChangeId one, ChangeId other) {
        const std::uint32_t index = cast_.changes[other].listed;
        const auto names_it = [&](const ListedIds& ids) {
            return std::find(ids.begin(), ids.end(), index) != ids.end();
        };
        const Runs& runs = runs_[cast_.changes[one].listed].back();
        return names_it(rivals_[cast_.changes[one].listed]) ||
               std::any_of(runs.begin(), runs.end(), [&](const ScriptRun& run) { return names_it(run.fails_with); });
    };
    return says(a, b) || says(b, a);
}

bool Script::fails_alone(ChangeId change) const {
    const ListedChange* who = listed(change);
    if (!who) return false;
    const Runs& runs = runs_[cast_.changes[change].listed].back();
    for (JobId job = 0; job < breakers_.size(); ++job)
        if (breaks(change, job)) return true;
    return std::any_of(runs.begin(), runs.end(),
                       [](const ScriptRun& run) { return run.fails || !run.fails_without.empty(); });
}

double Script::share_failing() const {
    if (!changes_) return 0;
    const auto fails = [](const ListedChange& change) {
        return !change.breaks.empty() ||
               std::any_of(change.jobs.begin(), change.jobs.end(),
                           [](const ScriptedRun& run) { return run.fails || !run.fails_without.empty(); });
    };
    const auto failing = static_cast<double>(std::count_if(changes_->begin(), changes_->end(), fails));
    return (failing + 1) / (static_cast<double>(changes_->size()) + 2);
}

double Script::share_conflicting() const {
    if (!changes_) return 0;
    double told = 0;
    for (const ListedIds& rivals : rivals_) told += static_cast<double>(rivals.size()) / 2;
    for (const ListedChange& change : *changes_) {
        for (const ScriptedRun& run : change.jobs) told += static_cast<double>(run.fails_with.size());
    }
    const auto n = static_cast<double>(changes_->size());
    return std::min(0.5, (told + 1) / (n * (n - 1) / 2 + 2));
}

std::vector<bool> Script::with_cause() const {
    std::vector<bool> result;
    if (!changes_) return result;
    const auto red = [](const ScriptedRun& run) {
        return run.fails || !run.fails_with.empty() || !run.fails_without.empty() || !run.fails_on_run.empty();
    };
    for (const ListedChange& change : *changes_) {
        result.push_back(!change.breaks.empty() || std::any_of(change.jobs.begin(), change.jobs.end(), red));
    }
    return result;
}

}  // namespace gatesim
