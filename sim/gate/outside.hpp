// What the gate needs from the world: mergers, nodes, executors, the review system. The gate knows no clock: it asks,
// and the answers come back through Gate's inputs when their time has come.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gate/item.hpp"
#include "model/event.hpp"
#include "model/foresight.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// A request for nodes, as the gate makes it.
struct NodeRequest {
    SlotRef slot;
    ChangeId change = kNone;
    int patchset = 1;
    const Job* job = nullptr;
    Precedence precedence = Precedence::normal;
    std::uint32_t relative_priority = 0;
    QueueId queue = kNone;
    std::uint64_t place = 0;  ///< in that queue: lower is further ahead
};

/// A build, as the gate hands it to an executor. `chain` (with the change itself last) is copied by the receiver if it
/// needs it beyond the call.
struct BuildOrder {
    BuildId build = kNone;
    SlotRef slot;
    ChangeId change = kNone;
    int patchset = 1;
    const Job* job = nullptr;
    RequestId nodes = kNone;
    Landings::Mark base = 0;
    PipelineId pipeline = kNone;
    QueueId queue = kNone;
    const SharedList<ChangeId>* chain = nullptr;
    std::uint32_t members = 1;  ///< the last so many of the chain are under test
};

class Outside {
public:
    virtual ~Outside() = default;

    /// Ask a merger for the chain on top of what has landed when it does so. Answer: Gate::merge_done.
    virtual void merge(ItemId item, AttemptId attempt, const SharedList<ChangeId>& chain) = 0;

    /// Whether the last of the chain can be merged onto the rest of it, on top of what has landed by now: what a clone
    /// of the repository tells at once.
    virtual bool joins(std::span<const ChangeId> chain) = 0;

    /// Whether the run of this order's job will never be scheduled (Job::never_reports): then neither nodes nor an
    /// answer will come, and none is to be asked for. To be asked once for each run, before its nodes.
    virtual bool never_reports(const BuildOrder&) { return false; }

    /// Ask for nodes. Answer: Gate::nodes_done. Returns the request's id.
    virtual RequestId request_nodes(const NodeRequest& request) = 0;
    virtual void revise_priority(RequestId request, std::uint32_t relative_priority) = 0;
    /// Take an outstanding request back. No answer follows.
    virtual void withdraw_request(RequestId request) = 0;
    /// Whether nodes were handed out for an outstanding request: they start up.
    virtual bool boots(RequestId) const { return false; }
    /// Give nodes back that were granted.
    virtual void give_back(RequestId request) = 0;

    /// Hand a build over. Answers: Gate::build_done; nothing if it is dropped before.
    virtual void start(const BuildOrder& order) = 0;
    /// Stop a build. True: it was running and ends as canceled after the abort's time (Gate::build_done follows, its
    /// nodes stay busy until then). False: it had not started and is gone; its nodes are the caller's again.
    /// `unneeded`: nobody will ask for its result again, so it may run on for as long as its job says
    /// (Job::runs_on_unneeded), even to its end, and end with a result of its own. One that runs on so can be stopped
    /// before that, with `unneeded` false.
    virtual bool abort(BuildId build, bool unneeded) = 0;

    /// Tell the review system to merge. False: it refused.
    virtual bool submit(ChangeId change) = 0;

    /// Ring (Gate::ring) when this much time has passed.
    virtual void arm(QueueId queue, std::uint64_t tag, Time after) = 0;
    /// Ring at the next of the instants first, first + every, …, the present one included, but once for each of them.
    virtual void arm_in_step(QueueId queue, std::uint64_t tag, Time first, Time every) = 0;
    /// Take back the timer that was last armed under this tag, if it has not rung.
    virtual void disarm(QueueId queue, std::uint64_t tag) = 0;

    /// What strategies may know of the future, if they declare it (Relaxations).
    virtual const Foresight& foresight() const = 0;
    virtual const Omniscience& omniscience() const = 0;

    /// Take a landed change off its branch. False if it is not on it.
    virtual bool revert(ChangeId change) = 0;

    /// Something arrived for the gate in this wave: call Gate::iterate when the wave's deliveries are over.
    virtual void wake() = 0;

    /// For the record; fills in the time.
    virtual void tell(Event& event) = 0;
};

}  // namespace gatesim
