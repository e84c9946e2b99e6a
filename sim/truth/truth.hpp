// What is really so: defects, conflicts, flakes, outages. Only builds, merges and submits may ask; strategies never can.
//
// Every answer is fixed by (scenario, seed, replication) and the question alone, never by the order of questions: listed changes
// follow their script (the words of the conformance cases), all others the scenario's probabilities with keyed draws.
#pragma once

#include <memory>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "model/landings.hpp"

namespace gatesim {

/// How one run of a job goes.
struct RunTruth {
    Time duration = 0;               ///< on an undisturbed node
    Result result = Result::success; ///< success, failure, timeout or retry (ends without a result)
    Cause cause = Cause::none;       ///< what is behind a red one
    ChangeId culprit = kNone;        ///< whose defect or conflict, if somebody's
    /// Names of the children that shall run, returned by a successful run; nullptr = it returns nothing.
    const std::vector<std::string>* child_jobs = nullptr;
};

class Truth {
public:
    /// `scenario`, `cast` and `landings` must outlive it; `cast` and `landings` grow while the replication runs.
    Truth(const Scenario& scenario, const Cast& cast, const Landings& landings, Luck luck);
    ~Truth();

    /// A new patch set of a listed change has its own runs from now on (empty = as before).
    void new_patchset(ChangeId change, const std::vector<ScriptedRun>& runs);

    /// Whether the merger can put the state together: false if two changes of the chain, or one of the chain and one of the base,
    /// can not be merged with each other.
    bool merges(const BuildState& state) const;

    /// The run number `run` (from 0; runs of this job and patch set that started) of `job` on `state`, whose last change is
    /// the one under test.
    RunTruth run(const Job& job, const BuildState& state, int patchset, int run) const;

    /// Whether a request for nodes of this job of this change fails by script.
    bool node_request_fails(ChangeId change, JobId job) const;

    /// Whether the review system refuses the submit although all jobs passed.
    bool submit_fails(ChangeId change) const;

    /// What is wrong with the state although it landed: the cause an escaped defect would have; Cause::none if it is sound.
    Cause flaw(const BuildState& state) const;

private:
    struct Memory;
    std::unique_ptr<Memory> memory_;
};

}  // namespace gatesim
