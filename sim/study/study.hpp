// Many replications of one scenario, each in a process of its own, put together in order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "load/load_rows.hpp"
#include "measure/evidence.hpp"
#include "measure/fact_meter.hpp"
#include "measure/interval.hpp"
#include "measure/metric.hpp"
#include "model/scenario.hpp"
#include "record/narrator.hpp"
#include "study/limits.hpp"
#include "study/stay_list.hpp"

namespace gatesim {

/// What one replication left behind.
struct ReplicationRecord {
    std::uint32_t number = 0;  ///< from 1
    bool cut = false;          ///< something was left to happen
    std::uint64_t events = 0;
    MetricValues values;
    bool drew = true;                ///< luck was asked for; false: every other seed would have given the same
    bool overloaded = false;         ///< the gate's queue grew through the whole period
    std::uint64_t never_let_in = 0;  ///< arrived, refused, never in the gate
    std::string stuck;               ///< changes that wait for ever through no strategy's fault, by name
    bool never_at_rest = false;      ///< Ledger::never_at_rest
    std::optional<LoadRows> rows;    ///< of the load file, if there is one
    MissedEvents missed;             ///< scripted events whose change had not come yet
    std::vector<LimitUse> limits;    ///< time limits and what they ended
    std::string example;             ///< a change worth a look: ejected, else reset, else any that arrived
    std::vector<StoryLine> story;    ///< if it was asked for and is short enough
    SimulatedLandings landings;      ///< if they were asked for
    SimulatedStays stays;            ///< if they were asked for
    std::vector<double> series;      ///< Meter::queue_series, if it was asked for
    FactValues facts;                ///< if they were asked for
};

enum class KeepTables { first, all, none };

struct StudyOptions {
    std::uint64_t seed = 1;
    std::uint32_t replications = 1;
    Time until = kNever;
    std::string engine = "simgrid";
    unsigned jobs = 1;
    KeepTables tables = KeepTables::none;
    bool trace = false;   ///< trace.json of the first of them
    bool events = false;  ///< events.jsonl of the replications whose tables are kept
    std::string scratch;  ///< folder for tables: scratch/1/changes.csv and so on; must exist if tables are kept
    bool story = false;   ///< of replication 1
    bool landings = false;
    bool stays = false;
    bool series = false;
    bool facts = false;
    Time warmup = 0;                   ///< left out of the metrics (Meter)
    bool reports_as_landings = false;  ///< the control: whatever an independent pipeline reports counts as landed
    /// Replications done, and how far those that run are, in replications; now and then, from the parent. May be empty.
    std::function<void(std::uint32_t done, double running)> progress;
};

/// What went wrong, in words, with the exit code that says so. Empty text = nothing.
struct StudyProblem {
    std::string text;
    int exit_code = 0;
    std::uint32_t replication = 0;  ///< in which it went wrong; 0 = in none
};

struct StudyResult {
    std::vector<ReplicationRecord> replications;  ///< those that are done, in order of number
    bool interrupted = false;
    StudyProblem problem;
    std::uint64_t events = 0;
    double wall_s = 0;
    double peak_rss_mib = 0;
};

/// Runs them. After an interrupt those that are done are given (the first that was cut if none is). Same scenario, seed
/// and number: same records, whatever `jobs` and `engine`.
StudyResult run_study(const Scenario& scenario, const StudyOptions& options);

/// Whether any of them asked for luck; if none did, every other replication is the same.
Chance chance_in(const std::vector<ReplicationRecord>& records);

/// The pipeline changes land through: the first dependent one; nullptr if there is none.
const Pipeline* gate_of(const Scenario& scenario);

/// The same load without a gate, to stand beside reality: every change is tested by itself, on nodes without limit,
/// when it arrives.
Scenario without_gate(const Scenario& scenario);

}  // namespace gatesim
