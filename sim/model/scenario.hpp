// A scenario after loading: everything a replication needs, names resolved, units gone, defaults filled in.
//
// Plain data. `scenario/` makes it from a file, the conformance runner from a recorded case, tests by hand; nothing
// in it depends on JSON. Order matters wherever a vector stands: it is the order of configuration.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chance/distribution.hpp"
#include "model/arrival_load.hpp"
#include "model/change_kind.hpp"
#include "model/freeze.hpp"
#include "model/ids.hpp"
#include "model/job.hpp"
#include "model/parameter.hpp"
#include "model/past_queue.hpp"
#include "model/pool_life.hpp"
#include "model/races.hpp"
#include "model/time.hpp"
#include "model/timeline.hpp"
#include "model/varying.hpp"
#include "model/weekly_hours.hpp"

namespace gatesim {

struct PeopleLoad;  // model/people.hpp

/// The jobs of a project in a pipeline, in configuration order.
struct ProjectPipeline {
    PipelineId pipeline = kNone;
    std::string queue;  ///< name of the shared queue; empty = the project has its own
    std::vector<Job> jobs;
};

struct Project {
    std::string name;
    std::vector<ProjectPipeline> pipelines;  ///< only those it takes part in, in order of Scenario::pipelines
};

/// A named shared queue: projects whose changes are tested together, on top of each other.
struct SharedQueue {
    std::string name;
    std::vector<std::string> projects;
    std::string pipeline;  ///< only in this pipeline; empty = in every dependent one
};

enum class Manager {
    dependent,    ///< a gate: changes land, in the order of shared queues
    independent,  ///< a check: every change by itself
    supercedent,  ///< post-merge: one running and the newest waiting, per project and branch
};

enum class Precedence { high = 0, normal = 1, low = 2 };

struct Pipeline {
    std::string name;
    Manager manager = Manager::dependent;
    Precedence precedence = Precedence::normal;
    bool dequeue_on_new_patchset = true;
    bool ignore_dependencies = false;  ///< independent only
    bool reject_after_failure =
        false;  ///< a change whose last gate report was negative must be approved or enqueued by an event first
    PipelineId clean_check = kNone;  ///< dependent only: a patch set is let in after a success in this pipeline
    StrategyChoice strategy;         ///< dependent only
    Exempt exempt;                   ///< from its freezes; dependent only
    /// Hours of the week in which it is frozen or paused, beside what the timeline says; dependent only. Each has its
    /// two steps in the timeline, TimelineStep::by_hours, which are taken at every turn.
    std::optional<WeeklyHours> freeze_hours, pause_hours;
};

/// Who of those that wait for nodes or for a semaphore goes first.
enum class Grants : std::uint8_t {
    in_order_asked,    ///< who asked first
    in_order_of_queue  ///< who stands further ahead in its queue, whoever asked first
};

struct Semaphore {
    std::string name;
    int limit = 1;
    Grants grants = Grants::in_order_asked;
};

/// How the CPU of a pool's machines is shared by the nodes on them.
enum class Compute {
    none,     ///< every node runs at full speed
    ps,       ///< processor sharing, on the calendar
    simgrid,  ///< SimGrid Exec on hosts; the reference for ps
};

/// What becomes of a request for more nodes than all its pools have, the busy ones included. It waits if any of those
/// pools lets it wait: as everybody's runners do it. `fail` is Nodepool's way: the job fails at once (NODE_FAILURE).
enum class WhenShort : std::uint8_t { wait, fail };

/// A pool of nodes from one provider.
struct Pool {
    std::string name;
    std::string region = {};            ///< where its machines stand; default: the pool's name
    std::string provider = {};          ///< whose they are; may be empty
    std::vector<std::uint32_t> labels;  ///< what it can serve: its own name and any more
    std::int64_t nodes = kUnlimited;    ///< how many at once; of a pool that lives, how many are up at the beginning
    WhenShort when_short = WhenShort::wait;
    Grants grants = Grants::in_order_asked;
    Distribution boot;          ///< seconds from hand-over to ready; nothing for a reused node that is up
    bool single_use = true;     ///< booted anew for every build, or booted once and kept
    double launch_failure = 0;  ///< chance that a boot fails
    int launch_attempts = 3;    ///< boots before the request fails (NODE_FAILURE)
    Time start_delay = 0;       ///< between a build's hand-over to a ready node and its start (executor)
    Time abort_delay = 0;       ///< between an abort and the node's release
    Compute compute = Compute::none;
    int nodes_per_host = 8;        ///< with compute: nodes that share one machine
    double cores_per_host = 8;     ///< with compute: its cores; a build uses at most one
    double price_per_hour = 0;     ///< USD per node-hour while handed out
    Time fall_back_after = 0;      ///< a request that waited so long may go to the next pool of its label, too
    std::optional<PoolLife> life;  ///< its nodes come and go; none = they are there all the time

    /// How many it has before anything is told of them: those of a pool that lives come one by one (node_up).
    std::int64_t standing() const { return life ? 0 : nodes; }
    /// How many it can have, as configured.
    std::int64_t most() const { return life ? life->max : nodes; }
    /// Whether a request may have to wait for some time, or for ever, before it may have nodes of some pool.
    bool is_reached_in_turn() const {
        return fall_back_after > 0 || (life && life->spot && life->spot->retry_on != kNone);
    }
    bool has_price() const { return price_per_hour > 0 || (life && (life->price_idle > 0 || life->price_boot > 0)); }
    bool serves(std::uint32_t label) const { return std::find(labels.begin(), labels.end(), label) != labels.end(); }
};

/// Trouble that comes and goes whatever the changes are like: a provider's bad hours, a mirror that is down, a release
/// of something upstream that breaks the tests. While it lasts, builds fail with Cause::infrastructure.
struct Trouble {
    std::string name;
    bool comes_again = true;                   ///< every and lasts are stated
    Distribution every;                        ///< seconds from the end of one spell to the beginning of the next
    Distribution lasts;                        ///< seconds of a spell
    std::vector<std::pair<Time, Time>> dates;  ///< spells that are stated, from … until; in order, not overlapping
    PoolId pool = kNone;                       ///< only builds on its nodes; kNone = all
    std::vector<JobId> jobs;                   ///< only these jobs; empty = all
    double fails = 1;                          ///< share of those builds that fail
};

/// Somebody notices that a change landed broken.
struct Notice {
    Distribution after;   ///< seconds from its landing
    bool reverts = true;  ///< takes it off the branch at once; false: it is repaired, `Failures::repair` later
};

/// What is really so with changes nobody scripted, as probabilities; every draw is keyed (truth/). What a change is
/// like goes by when it was written (Change::written).
struct Failures {
    Varying<double> defect;             ///< a change is broken by itself
    double defect_run = 0;              ///< mean number of successive changes of a queue with a defect; 0 = by chance
    Varying<double> semantic_conflict;  ///< two changes of one queue, each fine alone, break together
    Varying<double> textual_conflict;   ///< two changes of one project cannot be merged together
    Varying<double> failed_submit;      ///< all jobs passed, the review system refuses; by when it is asked to
    Varying<double> withdraw;           ///< an ejected change that would come back is abandoned instead
    std::vector<Trouble> troubles;
    double semantic_overlap = 0;         ///< semantic conflict, for each target that the two share
    double textual_overlap = 0;          ///< textual conflict, for each target that the two share
    std::optional<Distribution> repair;  ///< seconds from an escaped defect's landing (with `notice`: from when it is
                                         ///< noticed) to its repair; none = never
    std::optional<Notice> notice;
    Races races;
};

/// How well a predictor tells two classes apart (truth/signals.hpp). `confidence` multiplies the log odds of what it
/// says: 1 is calibrated, more is overconfident.
struct Predictor {
    enum class Kind : std::uint8_t {
        base_rate,  ///< knows how frequent each class is, and no more
        hits,       ///< says which class it is, and is right with a stated chance
        auc,        ///< gives a score
    };
    Kind kind = Kind::base_rate;
    double good_hits = 1;  ///< hits: of those that pass (of pairs that go together)
    double bad_hits = 1;   ///< hits: of those that fail (of pairs that conflict)
    double auc = 1;        ///< auc: chance that a good one has a better score than a bad one
    double confidence = 1;
};

/// What strategies may know beforehand.
struct Signals {
    Predictor passes;
    Predictor conflicts;
    std::optional<double> duration_error;  ///< mean absolute error of build times, as a share; none = means only
};

/// A run of a job that a script decides, in the words of the conformance cases. Absent means the job's own rules.
struct ScriptedRun {
    JobId job = kNone;
    std::optional<Time> duration;
    bool fails = false;
    std::vector<std::string> fails_with;     ///< fails when one of these changes is in the state
    std::vector<std::string> fails_without;  ///< fails when one of these changes is not in the state
    std::vector<int> fails_on_run;           ///< runs of this job and patch set that started, counted from 0
    std::vector<int> retry_runs;             ///< these end without a result
    std::vector<int> hangs_on_run;           ///< these keep their nodes and never end by themselves
    bool never_reports = false;              ///< its runs are never scheduled
    bool node_failure = false;               ///< its node requests fail
    std::optional<std::vector<std::string>> child_jobs;  ///< returned on success: the children that shall run
    bool own_builds_only = false;  ///< fails_with counts for builds of this change only, as recorded cases of Zuul mean
                                   ///< it; else for every build whose state holds both
};

/// A change as the scenario lists it.
struct ListedChange {
    std::string id;
    ProjectId project = 0;
    std::string branch = "master";
    std::string author;
    std::string kind = "code";
    std::vector<std::pair<PipelineId, Time>> enqueue_at;  ///< may be empty: others can pull it in
    std::optional<Time> approved_at;                      ///< may land from then on; default: when enqueued in a gate
    std::vector<std::string> depends_on;                  ///< Depends-On, in text order
    std::vector<std::string> git_depends_on;              ///< git parents
    std::vector<std::string> conflicts_with;              ///< symmetric
    bool merge_conflict = false;                          ///< conflicts with everything, always
    bool fail_merge = false;                              ///< tests pass, the submit fails
    std::vector<JobId> breaks;  ///< every build of these jobs whose state contains this change fails
    std::vector<std::string> files;
    std::optional<std::vector<std::string>> touches;  ///< its footprint; none = its files, if it has any
    std::vector<ScriptedRun> jobs;
    int priority = 0;                   ///< more urgent is higher; some strategies go by it
    bool single = false;                ///< asked to be tested alone; some strategies go by it
    bool jumps = false;                 ///< goes to the front whenever it is enqueued where changes land
    std::optional<Time> presubmits_at;  ///< its own tests were green on the branch as it was then
};

enum class ScriptedEventKind {
    enqueue,
    approve,
    abandon,
    merge,
    new_patchset,
    dequeue,
    promote,
    set_priority,
    set_single
};

/// Something people do at a stated time.
struct ScriptedEvent {
    Time at = 0;
    ScriptedEventKind kind = ScriptedEventKind::enqueue;
    std::vector<std::string> changes;          ///< one, except for promote
    PipelineId pipeline = kNone;               ///< default: the first dependent one
    std::vector<PipelineId> enqueue;           ///< new_patchset: enqueue it there afterwards
    std::vector<ScriptedRun> jobs;             ///< new_patchset: its new runs
    bool keeps_approval = false;               ///< new_patchset: what was approved still is
    bool rebased = false;                      ///< new_patchset: it stands on its git parents as they are now
    std::optional<std::vector<JobId>> breaks;  ///< new_patchset: what it breaks now; none = as before
    std::optional<std::vector<std::string>> conflicts_with;  ///< new_patchset: the same of conflicts
    std::optional<Time> noticed_at;  ///< new_patchset: when the gate hears of it; none = at once
    int priority = 0;                ///< set_priority
    bool single = false;             ///< set_single
    bool of_patchset = false;  ///< enqueue: the new patch set is ready; else a person asks, and makes what is red green
};

/// What is written down one by one. Beside a stream of changes it may be events alone, which name those of the stream.
struct ListedLoad {
    std::vector<ListedChange> changes;
    std::vector<ScriptedEvent> events;
};

/// Where a replayed change's enqueue time comes from.
enum class EnqueueFrom { enqueued, uploaded, landed };

/// Changes replayed from a load file.
struct ReplayLoad {
    std::string file;  ///< as written; relative to Scenario::folder
    EnqueueFrom from = EnqueueFrom::enqueued;
    Time shift = 0;                 ///< added (negative for "minus"); times before the period are cut to its start
    bool waiting_at_start = false;  ///< who came before the period and left within it waits where it begins, in order
    bool stays_apart = false;       ///< every row is a change of its own: who came again in reality comes again here
    bool link_series = true;        ///< series rows become git parents (author, project, upload order)
    PipelineId pipeline = kNone;    ///< default: the first dependent one
    std::string builds;             ///< runs.csv, whose builds are taken as they were; empty = all are drawn
};

/// Who comes back after an ejection.
struct AfterEjection {
    double retry = 0;       ///< share that enqueues again
    Distribution after;     ///< seconds until then
    int max = 0;            ///< at most so many times a change
    bool at_front = false;  ///< it goes to the front of its queue, not to the end
};

/// What changes touch of which nobody says it: sets of targets, drawn.
struct FootprintRule {
    std::uint32_t targets = 0;  ///< how many there are
    Distribution size;          ///< how many a change touches, at least 1
    double popularity = 1;      ///< target k is drawn with a weight of 1/k to this power
    double large = 0;           ///< share of changes that affect everything (they change the build graph)
};

struct Load {
    std::optional<ListedLoad> listed;
    std::optional<ReplayLoad> replay;
    std::optional<ArrivalLoad> arrivals;
    std::shared_ptr<const PeopleLoad> people;
    AfterEjection after_ejection;
    std::optional<FootprintRule> footprint;
    std::vector<Push> pushes;
    std::optional<PastQueue> past_queue;

    /// Whether changes come that nobody listed.
    bool has_stream() const { return replay || arrivals || people; }
};

enum class PeriodKind { terminating, steady };

struct Period {
    PeriodKind kind = PeriodKind::terminating;
    std::int64_t start_unix = 0;  ///< seconds since 1970; Time 0 of the replication
    bool has_start = false;       ///< false: print times relative to the start
    Time length = kNever;         ///< arrivals stop here; kNever = until the load is exhausted
    std::string timezone = "UTC";
};

/// One line of `expect`: "gate_time_s.p95 <= 45m".
struct Expectation {
    std::string text;
    std::string metric;
    std::string comparison;  ///< "<", "<=", ">", ">=", "=="
    double bound = 0;        ///< in the metric's unit
};

struct Scenario {
    std::string name;  ///< folder or file stem
    std::string title;
    std::string folder;    ///< what relative file names are resolved against
    std::string sha256;    ///< of the resolved document
    std::string resolved;  ///< the resolved document itself, as JSON text
    Period period;
    int replications = 1;
    Load load;
    bool relative_priority = false;
    Distribution merge_time;             ///< seconds a merger takes for one attempt
    std::vector<std::string> job_names;  ///< JobId -> name
    std::vector<std::string> labels;     ///< label index -> name
    std::vector<Semaphore> semaphores;
    std::vector<Pool> pools;
    std::vector<Quota> quotas;
    Time long_wait = 5 * kMinute;  ///< a request for nodes that waits longer counts in `node_wait_over`
    std::vector<Pipeline> pipelines;
    std::vector<SharedQueue> queues;
    std::vector<Project> projects;
    Failures failures;
    Signals signals;
    std::optional<double> delay_price;   ///< USD for each hour that a change takes to land; none = not stated
    std::vector<TimelineStep> timeline;  ///< in order of time
    std::vector<Expectation> expect;
    std::string observed_file;  ///< empty = none
    std::vector<std::pair<std::string, StrategyChoice>>
        observed_rules;  ///< strategies that stand beside the observed figures, by name
};

}  // namespace gatesim
