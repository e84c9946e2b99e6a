// What happened, as the simulation tells it: one Event after another, in order of time.
//
// Everything a person or a program reads of a run (tables, metrics, the story, explain, the trace) is made from this
// stream and nothing else. An Event is plain and small; names are looked up in the Cast.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/footprint.hpp"
#include "model/ids.hpp"
#include "model/scenario.hpp"
#include "model/time.hpp"

namespace gatesim {

/// Somebody who writes or reviews changes. Its index in Cast::people is its PersonId.
struct Person {
    std::string name;  ///< "p17"
    std::string zone;  ///< where the clock stands that this person lives by; empty = the period's
};

/// A change (one review), as the replication knows it. Its index in Cast::changes is its ChangeId.
struct Change {
    std::string
        name;  ///< unique: the listed id, the load file's change (with project and branch if it repeats), or "c17"
    ProjectId project = 0;
    std::string branch = "master";
    std::string author;
    std::string kind = "code";
    std::vector<std::string> files;     ///< paths
    bool files_known = false;           ///< false: no file matcher leaves a job out
    Footprint footprint;                ///< what it touches, for conflict analysis
    std::vector<ChangeId> git_parents;  ///< in order
    std::vector<ChangeId> depends_on;   ///< in text order
    int patchset = 1;                   ///< the current one
    bool withdrawn = false;             ///< abandoned
    int priority = 0;                   ///< more urgent is higher; some strategies go by it
    bool single = false;                ///< asked to be tested alone; some strategies go by it
    bool jumps = false;                 ///< whenever it is enqueued where changes land, it goes to the front
    std::uint32_t stay = kNone;         ///< number of its stay, where a load file has stays and they stay apart
    bool unseen = false;                ///< it has got a patch set of which the gate has not heard yet
    Time written = kNever;              ///< the current patch set: when the replication first heard of it
    Time uploaded = kNever;             ///< of the landed patch set, if the load knows it
    Time really_landed = kNever;        ///< when it landed in reality, if the load knows it (validation only)
    PersonId owner = kNone;             ///< who wrote it, where the load has people
    int lines = 0;                      ///< size of its diff; 0 = unknown
    double defect_factor = 1;           ///< its author's and its own proneness to defects: times Failures::defect
    std::optional<double> breaks;       ///< chance of a defect of its own, instead of Failures::defect
    bool past_queue = false;            ///< somebody pushes it past the queues
    double rework = 0;                  ///< chance that a patch set of it must be reworked, where people write and read
    std::uint32_t listed = kNone;       ///< index into Load::listed->changes for scripted ones
};

/// On what terms a new patch set comes.
struct NewPatchset {
    bool keeps_approval = false;  ///< what was said of the last one still counts
    bool rebased = true;          ///< it is written on its git parents as they are now
    bool asking_approves = true;  ///< who enqueues it in a landing pipeline has approved it
};

/// Whether whoever enqueues a change has approved it.
enum class Approves : std::uint8_t {
    where_it_lands,  ///< by enqueueing it in a landing pipeline
    never,           ///< its approval is a matter of its own
    always,          ///< wherever it is enqueued
};

/// The names behind the numbers, filled while the replication runs. Observers hold a const reference.
struct Cast {
    const Scenario* scenario = nullptr;
    std::vector<Change> changes;
    std::vector<Person> people;
    struct Queue {
        PipelineId pipeline;
        std::string name;
    };
    std::vector<Queue> queues;     ///< by QueueId, in order of creation
    std::vector<Race> races_born;  ///< in order of birth: RaceIds from that of the last listed one on
};

/// How a build, a job of an attempt or an item ended.
enum class Result : std::uint8_t {
    none,
    success,
    failure,
    timeout,
    retry,         ///< ended without a result; forgotten and run again
    retry_limit,   ///< too many of those: a failure
    node_failure,  ///< its nodes could not be had: a failure
    canceled,
    skipped,    ///< never ran: a job it needs failed, or its parent said so
    displaced,  ///< a newer run of its concurrency group took its place: a failure
};

/// Failures of any kind; not a run that was stopped, skipped, or is to be repeated.
constexpr bool is_red(Result result) {
    return result == Result::failure || result == Result::timeout || result == Result::retry_limit ||
           result == Result::node_failure || result == Result::displaced;
}

enum class Outcome : std::uint8_t {
    landed,             ///< merged by the gate
    success,            ///< all passed, in a pipeline that does not land
    failure,            ///< a voting job failed
    conflict,           ///< could not be merged with what is ahead
    submit_failed,      ///< passed, but the review system refused
    dependency_failed,  ///< a change it needs left without landing
    config_error,       ///< its job graph is broken (a hard need on a job that does not apply)
    no_jobs,
    removed,  ///< by hand, abandoned, or replaced by a new patch set: no report
    superseded,
    withdrawn,  ///< by its author
};

/// What is really behind a red build (or green one with an escaped defect). Truth says it; only records and metrics
/// hear it.
enum class Cause : std::uint8_t {
    none,
    textual_conflict,
    own_defect,         ///< of the item's own change
    defect_ahead,       ///< of a change ahead in its state
    defect_on_branch,   ///< of a change that had landed
    semantic_conflict,  ///< between the item's own change and another one of its state, the earlier of the two
    flake,
    infrastructure,
    timeout,
    clash_ahead,  ///< a semantic conflict between two others of its state: the item's own change has no part in it
    displaced,    ///< a newer run of its concurrency group took its place
    race,         ///< a race condition of the branch (Scenario::failures.races) showed
};

/// A change that makes a run red.
struct AtFault {
    ChangeId who = kNone;
    Cause cause = Cause::none;  ///< own_defect, or semantic_conflict: of the two it is the later one
    ChangeId other = kNone;     ///< with whom it does not go together
};

/// What is behind a red run, and whose doing that is.
struct Fault {
    Cause cause = Cause::none;
    ChangeId culprit = kNone;  ///< whose defect; of a clash: with whom it does not go together, and of one ahead the
                               ///< later of the two
    ChangeId rival = kNone;    ///< of a clash ahead: the earlier one
    /// Everybody in the chain whose doing it is, not only the first that was found.
    std::vector<AtFault> at_fault = {};
    RaceId race = kNone;  ///< of Cause::race: which
};

/// Why the gate did something: the recorded cause of an action. `reason_text` (record/) turns it into words.
enum class Why : std::uint8_t {
    none,
    arrived,              ///< enqueued by its trigger
    needed_by,            ///< pulled in because `change` needs it
    needs_landed_change,  ///< pulled in behind `change`, which it needs
    promoted,
    came_back,      ///< enqueued again after an ejection
    ahead_failing,  ///< the item ahead (`change`) is failing because of `build`: re-based on the nearest non-failing
                    ///< item
    ahead_left,     ///< the item ahead (`change`) was reported and did not land
    ahead_removed,  ///< the item ahead (`change`) was taken out by hand
    ahead_changed,  ///< the item ahead moved for a reason of its own
    need_failing,   ///< `change`, which it needs, is failing
    need_refused,   ///< `change`, which it needs and which needs it, could not be submitted
    need_gone,      ///< `change`, which it needs, is not here and has not landed
    job_failed,     ///< voting `job` failed in `build`
    conflict,       ///< does not merge with what is ahead
    config_error,
    submit_refused,
    all_passed,
    no_jobs,
    by_hand,
    abandoned,
    new_patchset,
    superseded,
    not_approved,    ///< refused at the door
    cycle,           ///< refused: its dependencies go round
    need_elsewhere,  ///< refused: it needs `change`, which is in another queue or not approved
    refuted,         ///< of a trial: what it was built on did not come to be (`change`)
    outbid,          ///< of a trial: another state is worth more
    no_longer_due,   ///< of a trial: nobody waits for its verdict any more
    outside_window,
    ahead_failed_waits,   ///< cancel-behind: nothing starts behind the failed `change`
    behind_failed_front,  ///< cancel-behind: the failed front `change` left with items behind it
    needs_check,          ///< enqueued in a check because a gate asks for its success
    check_passed,         ///< enqueued in a gate that waited for its check
    check_failed,         ///< refused: its check did not succeed
    unknown_head,         ///< `change`, tested together with it, has a patch set that the gate had not heard of
    branch_moved,         ///< of a trial: `change` landed past the queue since it was put together
    overtaken,            ///< of a trial: `change`, which is no part of what it tests, landed first
    merged_past,          ///< somebody merged it past the queue
    not_there,            ///< refused: moved up or taken out by hand, but it is not in the queue
    timed_out,            ///< of a batch: its tests took too long
    member_left,          ///< of a batch: one of its changes was taken back, or has a new patch set
    held,                 ///< of a batch: it waits for a more urgent one and will start anew
    nothing_left,         ///< of a batch: it has no changes
    voting_passed,        ///< all voting jobs passed, but not all jobs
    passed_or_skipped,    ///< all jobs passed, but for those that were skipped
    vouched,              ///< `change`, tested on top of it, passed; its own `job` failed, or (kNone) was not over
    excused,              ///< voting `job` failed, which does not count by the strategy's rules
    unfinished,           ///< it lands before its tests are over
    // ---- why an item does not move (EventKind::waits)
    testing,          ///< its builds run; `job`, `build`: the first of them
    still_running,    ///< it has failed, and its other jobs run on; `job`, `build`: the first of them
    merging,          ///< it is being put together with what is ahead of it
    no_node,          ///< `job` waits for nodes
    booting,          ///< the nodes of `job` start up
    semaphore,        ///< `job` waits for a semaphore that `change` holds
    held_by_job,      ///< `job` of `change`, ahead of it, has to pass before anything behind it starts
    ahead_undecided,  ///< it has passed; `change`, ahead of it, is not decided
    failed_waits,     ///< it has failed; `change`, ahead of it, is not decided
    verdict_waits,    ///< its tests are over, and its gate has to decide
    not_its_turn,     ///< others are tested first
    gathers,          ///< its gate waits for others to test, or to land, with it
    next_look,        ///< its gate looks at the queue from time to time only
    in_search,        ///< a test that it was part of was red: the gate looks for the change at fault
    tree_closed,      ///< the branch was red: nothing lands until it is green, or for a while
    need_not_tested,  ///< it needs `change`, which is not part of what is tested
    frozen,           ///< its pipeline is frozen, and it is not exempt
    paused,           ///< its pipeline is paused
    in_group,         ///< `job` waits for the run of `change` in its concurrency group
    unreported,       ///< `job` never reports: only a limit or a person ends that
};

/// Whether who is stopped for this is on its way out of its queue; else it starts anew.
constexpr bool takes_out(Why why) {
    return why == Why::by_hand || why == Why::abandoned || why == Why::new_patchset || why == Why::superseded ||
           why == Why::merged_past || why == Why::unknown_head || why == Why::need_gone;
}

/// Whether tests that are thrown away for this were spoilt by somebody's trouble; else nobody needs them any more.
constexpr bool is_trouble(Why why) {
    return why == Why::ahead_failing || why == Why::ahead_left || why == Why::ahead_removed ||
           why == Why::ahead_changed || why == Why::promoted || why == Why::branch_moved || why == Why::member_left ||
           why == Why::held;
}

struct Reason {
    Why why = Why::none;
    ChangeId change = kNone;
    JobId job = kNone;
    BuildId build = kNone;
};

enum class EventKind : std::uint8_t {
    // ---- changes
    arrived,   ///< first enqueue attempt of a change in the landing pipeline; once a change
    refused,   ///< an enqueue that the pipeline did not take; reason
    enqueued,  ///< item, queue; reason; value = position in its queue from 0
    dequeued,  ///< item left the queue (reported or not); outcome; reason. See runs_on()
    reported,  ///< item; outcome; reason. Landing pipeline: landed or ejected, final for this stay
    landed,    ///< change is on its branch; item; attempt; reason. Follows `reported` at once. item = kNone when merged
               ///< outside
               ///< the gate; value = how many others, which need it and it needs, landed with it at once.
               ///< cause (truth) = what is wrong with the branch from now on although it landed (escaped defect);
               ///< defect_on_branch = it did no harm itself, but what others landed is still wrong
    reverted,  ///< change was taken off its branch; value = 1 if nothing is wrong on the branches now
    repaired,  ///< a follow-up mended what change had landed with; value as above
    withdrawn,  ///< its author gave up; change
    patchset,   ///< new patch set; value = its number
    // ---- the item's work
    prepared,      ///< attempt opened: chain = changes under test, front first, without itself
    merged_state,  ///< the merger's answer arrived for the attempt; value = 1 clean, 0 conflict
    tested,        ///< every job of the attempt has its result, or it could not be merged; value = 1 green
    waits,         ///< item: why it does not move, told at the end of each instant in which that changed, to those who
                   ///< ask for it (Observer::wants_waits); reason; job; pool that it waits for; value = index of the
                   ///< semaphore
    started,       ///< start reported, once an item
    trial_opened,  ///< item: a trial, beside the queue; change = the last of its chain; members = the items it vouches
                   ///< for; chain = what it tests, without `change`
    trial_closed,  ///< item: the trial; value = 1 if its verdict has served, 0 if it was thrown away; reason
    moved,         ///< item re-based: change of `other_item` is now ahead (kNone = the branch); reason
    reset,  ///< the item's attempt thrown away; reason; value = builds of it that were running or finished (wasted);
            ///< item whose trouble caused it in other_item (kNone = by hand)
    // ---- builds
    requested,   ///< request for nodes; item, change, attempt; job; value = number of nodes
    unreported,  ///< a run that was asked for and is never scheduled; item, change, attempt; job. No request, no build:
                 ///< the job has no result until a limit gives it one, or the attempt is over
    granted,     ///< nodes handed out: request, pool; node = first node's number; they are busy from now on
    ready,       ///< nodes up
    build_started,  ///< build, item, change, attempt, job, request, pool, node; value = run number of this job and
                    ///< patch set from 0
    build_ended,    ///< build; result; cause (truth), reason.change, rival, at_fault and race as in Fault;
                    ///< value = 1 if its attempt was still current (counted), 0 if discarded
    build_failing,  ///< a running build shows that it will fail, and the gate heeds it; build, item, change, attempt,
                    ///< job; cause, reason.change, rival and race as in build_ended, which follows
    job_skipped,    ///< job of the attempt will not run; result skipped
    job_failed_without_build,  ///< node failure, retry limit: result
    job_taken_over,            ///< job of the attempt was decided already, on this very state: result; build, if
                               ///< it was one of another trial (else the change's own presubmits)
    released,                  ///< nodes given back: request, pool
    launch_failed,             ///< a boot failed; request (none in a pool that lives: then node), pool
    // ---- nodes of a pool that lives, from when they are asked for until they are gone; pool, node
    node_asked,     ///< the provider is asked for one
    node_booting,   ///< it gave one, which boots; not told of those that are there at the beginning
    node_up,        ///< idle from now on; value = 1: there at the beginning
    node_stopping,  ///< an idle one takes no more builds; value = NodeEnd
    node_killed,    ///< one that boots or is busy ends at once; value = NodeEnd; build that ran on it, if any
    node_gone,      ///< as far as the provider is concerned
    // ---- people
    uploaded,        ///< a patch set is up for review and check; change, patchset; person = its author; value = 1 for
                     ///< the first patch set
    assigned,        ///< person is asked to review the patch set
    review_started,  ///< person begins to read it
    voted,           ///< person's vote on the patch set: value from -2 to 2; cause (truth) = own_defect if a defect
                     ///< was found that is there
    approved,        ///< person lets it land as soon as the gate lets it
    rechecked,       ///< person asks for the tests of the patch set once more; pipeline; value = which time, from 1
    noticed,         ///< somebody notices that the branch is broken because of change; person
    awaits_check,    ///< the change asks for a gate that wants to see a success in check first, and waits for it;
                     ///< pipeline = the gate. What follows is `enqueued` there, `refused`, `withdrawn` or `landed`
    // ---- trouble from outside
    setting,        ///< the timeline: value = index of the step in the scenario
    trouble_began,  ///< value = index of the trouble in the scenario; pool, if it sits in one
    trouble_ended,  ///< as above
    // ---- races of the branch; race
    race_born,        ///< change brought it in by landing (kNone: it is listed)
    race_noticed,     ///< somebody looked for the cause of a failure and found it; change = whose run it was; person
    race_classified,  ///< its fingerprint is known
    race_assigned,    ///< somebody takes it on; person
    race_fixed,       ///< it is gone; value = RaceEnd
    // ---- batches, where a strategy has a life of its own for them
    batch_began,  ///< queue; value = its number; chain = its changes, in the order in which they came
    batch_over,   ///< the same; reason
    // ---- queues and pools
    never_at_rest,  ///< queue: word for word, its rule would go on for ever at this instant (two changes change places
                    ///< again and again). It is not followed to the letter in this queue from now on
    window,         ///< queue's window is now `value` (0 = unlimited); also once when the queue is opened
    pool_size,      ///< pool has now `value` nodes
    ended,          ///< the replication is over; value = 1 if it was cut (interrupted, --until)
};

/// Why a node ends: `value` of node_stopping and node_killed.
enum class NodeEnd : std::uint8_t {
    surplus,    ///< the rule wants fewer
    used_up,    ///< it had as many builds as it may have
    too_old,    ///< it has been up as long as it may be
    shrunk,     ///< the timeline took its place away
    preempted,  ///< the provider takes it back
    too_slow,   ///< it was not up in time
    failed,     ///< its boots failed
};

/// One thing that happened. Fields that a kind does not name are kNone, zero or empty.
struct Event {
    Time at = 0;
    EventKind kind = EventKind::ended;
    Result result = Result::none;
    Outcome outcome = Outcome::landed;
    Cause cause = Cause::none;
    PipelineId pipeline = kNone;
    QueueId queue = kNone;
    ItemId item = kNone;
    ItemId other_item = kNone;
    ChangeId change = kNone;
    ChangeId rival = kNone;
    int patchset = 0;
    PersonId person = kNone;
    AttemptId attempt = kNone;
    BuildId build = kNone;
    RequestId request = kNone;
    JobId job = kNone;
    PoolId pool = kNone;
    std::uint32_t node = kNone;
    RaceId race = kNone;
    bool voting = true;
    std::int64_t value = 0;
    Reason reason;
    std::span<const ChangeId> chain;    ///< valid during the call only
    std::span<const ItemId> members;    ///< valid during the call only
    std::span<const AtFault> at_fault;  ///< valid during the call only
};

/// How many nodes more are up after the event, in a pool that lives.
constexpr int nodes_added(const Event& event) {
    if (event.kind == EventKind::node_up) return 1;
    if (event.kind != EventKind::node_stopping && event.kind != EventKind::node_killed) return 0;
    return event.value < static_cast<std::int64_t>(NodeEnd::too_slow) ? -1 : 0;
}

/// Of an item that left its queue: whether its other jobs run on, and `reported` follows when they have ended.
constexpr bool runs_on(const Event& event) {
    return event.reason.why == Why::behind_failed_front;
}

/// Hears everything. Called in order of time; must not call back into the simulation.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void on(const Event& event) = 0;
    /// Whether it is to be told why items do not move (EventKind::waits). Asked once, at the beginning.
    virtual bool wants_waits() const { return false; }
};

}  // namespace gatesim
