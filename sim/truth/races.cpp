#include "truth/races.hpp"

#include <algorithm>

namespace gatesim {

namespace {

template <class Id>
bool contains(const std::vector<Id>& ids, Id id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

BranchRaces::BranchRaces(const Scenario& scenario, const Cast& cast, const Landings& landings, const Places& places,
                         Luck luck)
    : scenario_(scenario),
      cast_(cast),
      landings_(landings),
      places_(places),
      luck_(luck),
      any_(scenario.failures.races.any()) {}

/// Races are born as the replication goes on, and changes that factors name join the cast.
void BranchRaces::catch_up() {
    of_job_.resize(scenario_.job_names.size());
    const std::size_t races = scenario_.failures.races.listed.size() + cast_.races_born.size();
    while (known_.size() < races) {
        const auto id = static_cast<RaceId>(known_.size());
        const Race& fresh = race(id);
        Known& known = known_.emplace_back();
        if (fresh.factor.kind == RaceFactor::Kind::hours && clock_) known.hours = clock_(fresh.factor.hours);
        names_changes_ |= !fresh.factor.change.empty();
        for (const JobId job : fresh.jobs) of_job_[job].push_back(id);
        for (JobId job = 0; fresh.jobs.empty() && job < of_job_.size(); ++job) of_job_[job].push_back(id);
    }
    for (; names_changes_ && searched_ < cast_.changes.size(); ++searched_)
        for (RaceId id = 0; id < known_.size(); ++id)
            if (race(id).factor.change == cast_.changes[searched_].name) known_[id].change = searched_;
}

int BranchRaces::running(const Race& race) const {
    if (race.jobs.empty()) return all_running_;
    int sum = 0;
    for (const JobId job : race.jobs) sum += job < running_.size() ? running_[job] : 0;
    return sum;
}

bool BranchRaces::holds(const Race& race, const Known& known, const BuildState& state, PoolId pool, Time start) const {
    const RaceFactor& factor = race.factor;
    switch (factor.kind) {
        case RaceFactor::Kind::none:
            return true;
        case RaceFactor::Kind::place:
            return contains(factor.pools, pool);
        case RaceFactor::Kind::hours:
            return known.hours && known.hours(start);
        case RaceFactor::Kind::concurrency:
            return running(race) >= factor.concurrency;
        case RaceFactor::Kind::together: {
            const auto others = state.chain.first(state.chain.size() - 1);
            return std::any_of(others.begin(), others.end(), [&](ChangeId other) {
                return other == known.change ||
                       (factor.project != kNone && cast_.changes[other].project == factor.project);
            });
        }
        case RaceFactor::Kind::after:
            return known.change != kNone && came_in_with(known.change, state);
        case RaceFactor::Kind::dates:
            return start >= factor.from && start < factor.until;
    }
    return false;
}

bool BranchRaces::is_there(const Race& race, const Job& job, const BuildState& state, Time start) const {
    if (start < race.from || start >= race.until || (race.jobs.empty() && !job.voting)) return false;
    return race.brought_by == kNone || came_in_with(race.brought_by, state);
}

/// Whether the branch has the change, and the tested one has to do with it.
bool BranchRaces::came_in_with(ChangeId change, const BuildState& state) const {
    return landings_.landed_before(change, state.base) &&
           places_.group(cast_.changes[change].project) == places_.group(cast_.changes[state.chain.back()].project);
}

BranchRaces::Hit BranchRaces::hit(const Job& job, const BuildState& state, const RunKey& key, PoolId pool, Time start) {
    catch_up();
    Hit most;
    bool some_over = false;
    for (const RaceId id : of_job_[job.id]) {
        const Race& one = race(id);
        some_over |= one.brought_by != kNone && start >= one.until;
        if (!is_there(one, job, state, start)) continue;
        const double strength = one.strength.at(start);
        if (strength <= 0 || !holds(one, known_[id], state, pool, start)) continue;
        // One number decides all repetitions, so that one more changes nothing about the first ones.
        const std::uint64_t own = join_key(key.entity, race_key(one, id));
        int times = 0;
        for (double p = strength; times <= job.retry_tests && luck_.chance(p, Purpose::race_hit, own, key.attempt);
             p *= strength)
            ++times;
        if (times > most.times) most = {id, times};
        if (times > job.retry_tests) break;
    }
    if (some_over)
        std::erase_if(of_job_[job.id],
                      [&](RaceId id) { return race(id).brought_by != kNone && start >= race(id).until; });
    return most;
}

}  // namespace gatesim
