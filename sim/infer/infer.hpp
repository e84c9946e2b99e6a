// All estimates of a team's records together: what a scenario and its notes are written from.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "infer/arrivals.hpp"
#include "infer/drift.hpp"
#include "infer/durations.hpp"
#include "infer/graph.hpp"
#include "infer/leaving.hpp"
#include "infer/pools.hpp"
#include "infer/queue.hpp"
#include "infer/reds.hpp"

namespace gatesim::infer {

struct JobEstimate {
    import::Texts::Id job = 0;
    std::string name;
    bool used = true;  ///< it stands in the scenario: it runs in half of all whole tests and more
    bool voting = true;
    Value runs_in;  ///< share of the whole tests (none stopped, none red) that ran it
    JobRuns runs;
    Durations durations;
    Drift by_day, by_block;  ///< block: six hours
    std::vector<Spell> spells;
    std::size_t in_spells = 0;  ///< runs that are no flakes and no defects for it
    Reds states, changes;       ///< flake is taken from the first, defect from the second
    bool from_stays = false;    ///< nobody repeats runs on one state: later states of a stay count as repeated
    Value flake;                ///< a run fails though nothing is wrong
    Value defect;               ///< a change breaks this job, of those that come so far as to run it
    Value no_result;            ///< a run is lost and has to be repeated
    import::Texts::Id label = 0;
    std::vector<double> waits;  ///< s, sorted: from ready to started (waits_of)
    /// It waits a minute and more as a rule, and the number of machines that it waits for is not known: the scenario
    /// lets it wait as long as it did.
    bool waits_as_it_did = false;

    const Drift& drift() const { return by_block.drifts() ? by_block : by_day; }
};

struct Inference {
    Span span;
    std::vector<JobEstimate> jobs;  ///< by name
    std::vector<std::string> projects;
    std::map<std::string, std::vector<std::string>> jobs_of;  ///< by project, where they differ; else empty
    bool one_queue = false;                                   ///< tests held changes of several projects
    Graph graph;
    std::map<import::Texts::Id, PoolSeen> pools;
    Window window;
    Leaving leaving;
    Stays stays;
    Arrivals arrivals;
    Reds changes;    ///< all voting jobs of a change together
    Value defect;    ///< a change breaks some job
    Value repeated;  ///< share of the red first runs that were run again on the same state
    std::size_t tests = 0, groups_at_limit = 0;
    std::vector<std::string> warnings;
};

/// `records` must hold what belongs to the span only (keep_training), and live as long as the result.
Inference infer(const import::Records& records, const Span& span);

}  // namespace gatesim::infer
