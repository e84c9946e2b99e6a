// What is really so: defects, conflicts, flakes, outages. Only builds, merges and submits may ask; strategies never
// can.
//
// Every answer is fixed by (scenario, seed, replication) and the question alone, never by the order of questions:
// listed changes follow their script (the words of the conformance cases), all others the scenario's probabilities with
// keyed draws.
//
// What makes a run red, the first that applies: it hangs (it never ends by itself, whatever the code is like: the job's
// timeout ends it, or who stops it) · it is lost (infrastructure; it ends without a result, whatever the code
// is like) · the change's own defect · a defect ahead in the chain · a defect that landed · a conflict between two
// changes of the state (of the tested one first) · a flake · a race of the branch (truth/races.hpp) · it takes longer
// than the job's timeout. A run never lasts longer than the timeout, whatever its result.
//
// * A defect belongs to a patch set. It shows in one voting job that applies, chosen by weight (`catches`), and in each
// other one
//   with that job's share of the total weight; always in the same. A listed change whose script makes builds red draws
//   none.
// * Two changes can conflict only if they are concurrent: both in the chain, or one in the chain and the other landed
// after
//   the first one was introduced; and neither rests on the other by git or Depends-On. Semantic conflicts are between
//   changes of one shared queue and show in one job (a common one if there is one); textual ones between changes of one
//   project and branch.
// * A defect or conflict that landed makes its job red for the whole shared queue from then on, until it is repaired or
//   its change reverted (Landings).
// * A job that selects tests may overlook what is wrong (Job::selection); then it is so for ever, for this change.
// * Trouble from outside (truth/troubles.hpp) makes runs fail that would have passed, by when they end: it is asked for
//   then, and is no part of what run() says.
// * A run that is asked for may be one that nobody ever hears of (never_reports): it is never scheduled. Which run
//   that is, is counted by itself, for each patch set: runs that are scheduled keep their numbers, and so their luck.
// * Durations and flakes belong to (change, patch set, pipeline, job, run number): every strategy sees the same k-th
// run.
#pragma once

#include <memory>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "model/foresight.hpp"
#include "model/landings.hpp"
#include "truth/troubles.hpp"

namespace gatesim {

class BranchRaces;
class RecordedBuilds;

/// What a run shows before its end: that it will fail.
struct EarlySign {
    Time after = kNever;  ///< of its run, on an undisturbed node; kNever: it shows nothing before it ends
    Fault fault;
};

/// How one run of a job goes.
struct RunTruth {
    Time duration = 0;                ///< on an undisturbed node; kNever: it hangs, and its job has no timeout
    bool hangs = false;               ///< it waits for something that never comes, until its timeout or for ever
    EarlySign sign;                   ///< also of a run that is lost later
    Result result = Result::success;  ///< success, failure, timeout or retry (ends without a result)
    Fault fault;                      ///< what is behind a red one
    /// Names of the children that shall run, returned by a successful run; nullptr = it returns nothing.
    const std::vector<std::string>* child_jobs = nullptr;
    bool recorded = false;  ///< it goes as a build really went (truth/recorded.hpp)
};

class Truth {
public:
    /// `scenario`, `cast` and `landings` must outlive it; `cast` and `landings` grow while the replication runs.
    Truth(const Scenario& scenario, const Cast& cast, const Landings& landings, Luck luck);
    ~Truth();

    /// Builds that really ran, which are taken before any is drawn; to be given before the first run.
    void take_from(RecordedBuilds builds);
    /// Of the runs asked for since then, those that went as recorded, and those that were drawn.
    std::uint64_t recorded_runs() const;
    std::uint64_t drawn_runs() const;

    /// A change has joined the cast: what lands from now on is concurrent with it. A change that is not introduced
    /// counts as introduced at the next question of anybody.
    void introduce(ChangeId change);

    /// It has left the queue in which it would have landed, perhaps for good: less needs to be remembered of it.
    void leave(ChangeId change);

    /// A new patch set of a listed change is what the event says of it from now on. Its number is one higher than the
    /// last one's, 2 at the first call.
    void new_patchset(ChangeId change, const ScriptedEvent& event);

    /// Whether the merger can put the state together: false if two changes of the chain, or one of the chain and one of
    /// the base, cannot be merged with each other. One of the chain that is in the base has been merged already.
    bool merges(const BuildState& state) const;

    /// Whether the last change of a state can be merged onto the rest of it, which merges.
    bool joins(const BuildState& state) const;

    /// The run number `run` (from 0; runs of this job and patch set that started) of `job` on `state`, whose last
    /// change is the one under test. `now`: when it starts, for jobs whose durations depend on that; `pool`: on whose
    /// nodes, for races that depend on that.
    RunTruth run(const Job& job, const BuildState& state, int patchset, int run, Time now = 0,
                 PoolId pool = kNone) const;

    /// The change's current patch set.
    int patchset(ChangeId change) const;

    /// Whether the run of `job` that is asked for now is never scheduled. `ask`: how often one was asked for before,
    /// for this job and patch set; `run`: how many started. One that really ran is known to have been scheduled.
    bool never_reports(const Job& job, const BuildState& state, int patchset, int ask, int run, Time now) const;
    /// Whether that can be at all.
    bool may_never_report(const Job& job) const;

    /// Whether a request for nodes of this job of this patch set fails by script.
    bool node_request_fails(ChangeId change, JobId job, int patchset) const;

    /// Whether the review system refuses the submit although all jobs passed.
    bool submit_fails(ChangeId change, Time now = 0) const;

    /// What the last change of the state brings in by landing, as an escaped defect: its own defect (also one that no
    /// job shows) or a semantic conflict with the rest of the state; Cause::none if it is sound.
    Cause flaw(const BuildState& state) const;

    /// Whether the current patch set of a change has a defect of its own, be it one that no job shows. A reviewer may
    /// ask, nobody else.
    bool has_defect(ChangeId change) const;

    /// Whether nothing is wrong on the branches: no escaped defect or conflict that landed is still there, neither
    /// reverted nor repaired.
    bool sound() const;

    /// What comes from outside, whatever is tested.
    Troubles& troubles() const;

    /// Races of the branch.
    BranchRaces& races() const;

    /// Predictions of the quality that the scenario states (truth/signals.hpp).
    const Foresight& foresight() const;

    /// The truth about states that nobody has built, for the oracle.
    const Omniscience& omniscience() const;

private:
    struct Memory;
    std::unique_ptr<Memory> memory_;
};

}  // namespace gatesim
