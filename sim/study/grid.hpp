// Arms x replications: the engine of `compare` and `sweep`. Every arm meets the same luck: same seed, same number of
// the replication, and every draw is keyed, so that two arms differ only by what they do.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "measure/comparison.hpp"
#include "study/journal.hpp"
#include "study/shard.hpp"
#include "study/study.hpp"

namespace gatesim {

/// One of the things compared.
struct Arm {
    std::string label;
    Scenario scenario;
};

struct GridProgress {
    std::size_t look = 0, looks = 1;  ///< the part that is running; look 0 is the search for the warm-up
    std::uint32_t done = 0, total = 0;
    double running = 0;  ///< how far those that run are, in replications
    std::string part;    ///< what is running, in words; empty = `look` says it
};

struct GridOptions {
    std::uint64_t seed = 1;
    Time until = kNever;
    std::string engine = "simgrid";
    unsigned jobs = 1;
    std::vector<std::uint32_t> looks = {10};  ///< after how many replications to ask `enough`; ascending
    std::optional<Time> warmup;               ///< of the steady arms; nothing = found (measure/mser.hpp)
    std::function<void(const GridProgress&)> progress;
    bool run_nothing = false;  ///< what the journal has, or was lent, has to do; the rest is GridResult::missing
};

/// The warm-up that was left out, common to all steady arms so that all of them are measured on the same changes.
struct Warmup {
    bool steady = false;  ///< some arm is steady; otherwise nothing is left out
    Time length = 0;
    bool given = false;  ///< by the user
    Time stated = 0;     ///< the longest that a scenario states for itself (load.people.warmup); left out as well
    bool found = true;   ///< false: the period is too short for the rule (never is more than half of it left out), or
                         ///< it has no stated length
};

struct GridResult {
    std::vector<std::vector<ReplicationRecord>> records;  ///< by arm; replications that all arms have, in order
    Warmup warmup;
    std::size_t look = 0;  ///< the look (from 1) that ended it
    bool settled = false;  ///< `enough` was content
    bool interrupted = false;
    StudyProblem problem;
    std::string problem_arm;        ///< label of the arm it happened in, or empty
    std::vector<GridTask> missing;  ///< see GridOptions::run_nothing; it ended at the first look that lacks any
    std::uint64_t events = 0;
    double wall_s = 0, peak_rss_mib = 0;

    std::size_t replications() const { return records.empty() ? 0 : records.front().size(); }
    /// One metric of one arm, by replication.
    Series values(std::size_t arm, std::size_t metric) const;
    /// Whether luck can make a difference between two arms: not if they are the same scenario (what_runs), nor if no
    /// replication of either asked for luck. That all replications so far agree proves nothing.
    Chance chance_between(std::size_t arm, std::size_t other) const;

    std::vector<std::string> what_runs;  ///< by arm: see the function of that name
};

/// Runs all arms up to the first look at which `enough` is content, or the last. What the journal has is not run again;
/// what is finished is in it before it counts. Same arms, seed and looks: same records, whatever `jobs`, `engine` and
/// however often it was interrupted before. With `run_nothing` the journal is kept the records that were lent and used.
GridResult run_grid(const std::vector<Arm>& arms, const GridOptions& options, Journal& journal,
                    const std::function<bool(const GridResult&)>& enough);

/// The scenario without what only people read, with its strategies in full: a preset is what it stands for. The same
/// text: the same replications.
std::string what_runs(const Scenario& scenario);

/// What the results of a journal depend on besides the arms.
std::string journal_terms(const GridOptions& options);

/// The warm-up of one scenario, for a run of its own: by the rule of run_grid, from up to ten replications whose luck
/// is their own (kFirstWarmupRun).
Warmup find_warmup(const Scenario& scenario, const GridOptions& options, StudyProblem& problem);

}  // namespace gatesim
