// Which race hits a run, if any does.
//
// Luck is keyed by (race, change, patch set, pipeline, job, run), as that of a flake is: every strategy sees the same
// run hit, where the race is there and its factor holds. Whether it holds may depend on what a strategy does: on which
// nodes a run is, when it starts, what is tested together with it, how many builds run.
//
// A race that was born is there for runs of its shared queue whose branch has the change that brought it in.
//
// A scenario without races asks nothing here.
#pragma once

#include <functional>
#include <vector>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "model/landings.hpp"
#include "model/scenario.hpp"
#include "truth/places.hpp"

namespace gatesim {

/// A run's name in keyed draws; exact while patch sets and pipelines stay below 65,536.
struct RunKey {
    std::uint64_t entity;
    std::uint64_t attempt;
};

/// The race's own name in keyed draws: the same for every strategy.
inline std::uint64_t race_key(const Race& race, RaceId id) {
    return race.brought_by == kNone ? id : std::uint64_t{1} << 32 | race.brought_by;
}

class BranchRaces {
public:
    /// All must outlive it; Cast::races_born grows while the replication runs.
    BranchRaces(const Scenario& scenario, const Cast& cast, const Landings& landings, const Places& places, Luck luck);

    bool any() const { return any_; }

    /// Who can tell when hours of the week are, by the clock on the wall; without it, no race of certain hours shows.
    /// To be given before the first run.
    using Hours = std::function<bool(Time)>;
    void take_clock(std::function<Hours(const WeeklyHours&)> clock) { clock_ = std::move(clock); }

    /// How often in a row a race hits the run and its repetitions.
    struct Hit {
        RaceId race = kNone;
        int times = 0;
    };
    /// The first race that hits it more often than its tests are repeated; else the one that hits it most often.
    Hit hit(const Job& job, const BuildState& state, const RunKey& key, PoolId pool, Time start);

    /// A build of the job runs from now on, or does no longer. Told before the run is asked for.
    void begins(JobId job) { count(job, 1); }
    void ends(JobId job) { count(job, -1); }

private:
    /// What the factor of a race needs.
    struct Known {
        Hours hours;
        ChangeId change = kNone;  ///< named by its factor, once it is in the cast
    };

    void count(JobId job, int by) {
        if (running_.size() <= job) running_.resize(job + 1);
        running_[job] += by;
        all_running_ += by;
    }
    void catch_up();
    const Race& race(RaceId id) const {
        const auto& listed = scenario_.failures.races.listed;
        return id < listed.size() ? listed[id] : cast_.races_born[id - listed.size()];
    }
    bool is_there(const Race& race, const Job& job, const BuildState& state, Time start) const;
    bool came_in_with(ChangeId change, const BuildState& state) const;
    bool holds(const Race& race, const Known& known, const BuildState& state, PoolId pool, Time start) const;
    int running(const Race& race) const;

    const Scenario& scenario_;
    const Cast& cast_;
    const Landings& landings_;
    const Places& places_;
    const Luck luck_;
    const bool any_;
    std::function<Hours(const WeeklyHours&)> clock_;
    std::vector<Known> known_;                 ///< by race
    std::vector<std::vector<RaceId>> of_job_;  ///< those that may reach its runs; of the born ones those not over
    bool names_changes_ = false;
    ChangeId searched_ = 0;  ///< so many changes of the cast were looked through for names
    std::vector<int> running_;
    int all_running_ = 0;
};

}  // namespace gatesim
