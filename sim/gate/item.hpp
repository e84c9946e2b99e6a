// A change's stay in a queue, and its tries there.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gate/job_graph.hpp"
#include "gate/sealed.hpp"
#include "gate/slot_mask.hpp"
#include "model/event.hpp"
#include "model/ids.hpp"
#include "model/landings.hpp"
#include "model/shared_list.hpp"

namespace gatesim {

struct Queue;

/// A result that does not stand in the way of a landing.
inline bool good(Result result) {
    return result == Result::success || result == Result::skipped;
}

/// A job of an attempt: what it asked for and what came of it.
struct JobSlot {
    Result result = Result::none;  ///< of its build once that was delivered; also skipped and failures without a build
    bool built = false;            ///< it has a build, or a result without one
    bool has_nodes = false;        ///< its nodes came; stays true after the build, until a retry asks for new ones
    BuildId build = kNone;         ///< the real build, if there is one
    RequestId request = kNone;     ///< outstanding request for nodes
    bool unreported = false;       ///< its run was asked for and is never scheduled: nobody will hear of it
    bool asked_for_none = false;   ///< outstanding request of a job that needs no nodes
    RequestId held = kNone;        ///< nodes in hand that no build uses yet
    bool will_fail = false;        ///< its build runs on and has shown that it will fail
    bool stopped = false;          ///< taken from the attempt for good: it has failed elsewhere (fail fast)
    bool outside = false;          ///< it failed through trouble of the machines or of the branch
    int tries = 0;                 ///< builds so far in this attempt
};

/// Where the merger stands with an attempt.
enum class MergeState : std::uint8_t { none, pending, clean, conflict };

/// One try of an item on one base (Zuul: build set). Empty until it is prepared.
struct Attempt {
    Sealed<AttemptId> id = kNone;
    Sealed<bool> prepared = false;  ///< the chain is frozen
    Sealed<MergeState> merge = MergeState::none;
    Sealed<bool> config_error = false;
    Sealed<bool> held = false;           ///< its builds were stopped once because a change it needs was failing
    Sealed<SharedList<ChangeId>> chain;  ///< changes ahead, front first, and the item's own change last
    Sealed<Landings::Mark> base = 0;     ///< what had landed when the merger answered
    Sealed<std::uint64_t> state = 0;     ///< one number for base and chain (Greens), where successes are reused
    Sealed<std::uint64_t> relinked = 0;  ///< Queue::relinked when the chain was frozen
    Sealed<std::uint32_t> queue_landings =
        0;  ///< of this queue by then: the contract compares what follows with the chain
    Sealed<const JobGraph*> graph = nullptr;  ///< nullptr until frozen
    Sealed<std::vector<JobSlot>> slots;       ///< by index into graph->jobs
    // Slots whose turn may have come since a look at them found that it had not. A queue is looked at far more often
    // than something happens to an item, and then to one of its jobs.
    Sealed<bool> resting = false;         ///< there are none: nothing happened since that look. Asked in every pass
    Sealed<SlotMask> to_request;          ///< to ask for nodes
    Sealed<SlotMask> to_start;            ///< to hand a build over
    Sealed<std::vector<Reason>> failing;  ///< reasons to fail, as of the item's last visit in this attempt

    /// The first voting job that failed or will, stopped ones last; kNone if there is none.
    std::uint32_t failed() const;
    /// Whether every job has a result.
    bool all_ended() const;

    Attempt() = default;
    Attempt(const Attempt&) = default;
    ~Attempt() = default;

private:
    friend class Gate;
    friend struct Item;
    Attempt& operator=(const Attempt&) = default;

    /// Its jobs are known.
    void begin(const JobGraph& jobs) {
        graph = &jobs;
        slots.open().assign(jobs.jobs.size(), JobSlot{});
        look_at_all();
    }
    void look_at_all() {
        to_request.open().fill(slots.size());
        to_start.open().fill(slots.size());
        to_judge.fill(slots.size());
        resting = false;
    }
    void look_for_rest() { resting = to_request->empty() && to_start->empty(); }

    /// The slot, to be written: it and all that need it are to be looked at. To be written at once.
    JobSlot& change(std::size_t slot) {
        to_request.open().add(slot);
        for (const std::uint16_t d : graph->descendants[slot]) {
            to_request.open().add(d);
            to_start.open().add(d);
        }
        return answer(slot);
    }

    /// The same where that makes it no job's turn to ask for nodes, nor that of any other job.
    JobSlot& answer(std::size_t slot) {
        to_start.open().add(slot);
        to_judge.add(slot);
        resting = false;
        return slots.open()[slot];
    }

    mutable SlotMask to_judge;                ///< those that failed() does not know as they are
    mutable std::uint32_t failed_at = kNone;  ///< what it said last
    mutable std::uint32_t open_at = 0;        ///< a slot that had no result when all_ended() looked
};

struct Item;

/// Items of changes that need each other in a circle: tested together, landed or ejected together (gate/cycle.cpp).
struct Cycle {
    Sealed<std::vector<Item*>> members;  ///< those still in the queue, in its order, one right behind the other
};

/// One stay of one change (patch set) in one queue, as a strategy may see it: all but `mark` is the gate's to write.
/// Items form a list, the order of the queue, and a forest, what each is tested on: `ahead` and `behind`. The list
/// never changes its order.
struct Item {
    Sealed<ItemId> id = kNone;
    Sealed<std::uint64_t> sequence = 0;  ///< order of enqueueing over all queues
    Sealed<ChangeId> change = kNone;
    Sealed<int> patchset = 1;
    Sealed<Queue*> queue = nullptr;
    Sealed<bool> needless = false;  ///< its change needs no other
    Sealed<bool> live = true;       ///< a non-live item only stands for a dependency of a checked change
    Sealed<bool> quiet = false;     ///< promoted: start is not reported again
    Sealed<bool> start_reported = false;
    Sealed<bool> reported = false;       ///< it had its final word
    Sealed<bool> landed = false;         ///< and that was to land
    Sealed<bool> unspoken = false;       ///< nobody was told: its project has nothing to do with the pipeline
    Sealed<Reason> leaves;               ///< why it is taken out, while that is done
    Sealed<bool> detached = false;       ///< cancel-behind: left the queue, its other jobs run on outside
    Sealed<bool> parked = false;         ///< a freeze keeps it out of the queue that the strategy sees (Queue::parked)
    Sealed<std::uint32_t> priority = 0;  ///< relative priority of its node requests; lower is served first
    Sealed<Item*> previous = nullptr;
    Sealed<Item*> next = nullptr;
    Sealed<Item*> ahead = nullptr;
    Sealed<std::vector<Item*>> behind;     ///< in the order they came
    Sealed<std::shared_ptr<Cycle>> cycle;  ///< nullptr: it is in no circle of needs
    Attempt attempt;
    Sealed<std::uint64_t> reset_at = 0;  ///< moment (Queue::happenings) of its last reset by the strategy; of a trial,
                                         ///< Gate::progress_ at its last retry
    Sealed<int> idle_resets = 0;         ///< resets in a row before which nothing had happened ahead of it; of a trial,
                                         ///< retries since anybody got anywhere
    Sealed<int> outside_retries = 0;     ///< of a trial: those after it was red through trouble from outside
    Sealed<std::vector<Item*>> endings;  ///< open trials of which it is the last, as they were opened
    Sealed<bool> passed = false;  ///< a trial that vouched for it was green (for strategies that land on a stale base)

    // Of a trial (gate/gate.hpp, "trials"): an item beside the queue, in neither list nor forest. `change` is the last
    // of its chain.
    Sealed<bool> trial = false;
    Sealed<bool> stirred = false;      ///< Queue::take_stirred will give it
    Sealed<bool> probe = false;        ///< of the branch as it is or was: chain and base are given, nothing is merged
    Sealed<bool> refuted = false;      ///< its state cannot come to be any more: it can neither land nor eject anybody
    Sealed<bool> ascending = false;    ///< its chain is in the order of the queue
    Sealed<std::uint64_t> opened = 0;  ///< Gate::looks_ when it was
    Sealed<bool> departed = false;     ///< because one of its chain left; else because the branch moved on
    Sealed<ChangeId> overtaken = kNone;  ///< the landing that refuted it, where it was no part of it
    Sealed<Reason> spoilt;               ///< the trouble behind that: who left, or landed past the queue; else empty
    Sealed<ItemId> spoilt_by = kNone;    ///< the item whose ejection that was
    Sealed<std::uint64_t> branch = 0;    ///< Queue::branch when it was opened
    Sealed<std::uint64_t> heads = 0;     ///< equal for trials of the same patch sets in the same order
    Sealed<std::vector<JobId>> only;     ///< it runs these jobs only; empty = all that apply
    Sealed<SharedList<ItemId>> parts;    ///< the items of its chain; a probe has none
    Sealed<std::uint32_t> members = 0;   ///< the last so many of the chain are vouched for
    Sealed<std::uint32_t> landed_ahead = 0;  ///< so many of the chain have landed in their turn since it was opened
    std::uint64_t mark = 0;                  ///< the strategy's own

    /// Of a trial: the items that it vouches for, front first; none of a probe.
    std::span<const ItemId> vouched() const { return probe ? std::span<const ItemId>() : parts->span().last(members); }

    bool failing() const { return !attempt.failing.empty(); }

    Item() = default;
    ~Item() = default;

private:
    friend class Gate;
    Item(const Item&) = default;
    Item& operator=(const Item&) = default;
};

/// What names a job of an attempt from outside, and survives the attempt.
struct SlotRef {
    ItemId item = kNone;
    AttemptId attempt = kNone;
    std::uint32_t slot = 0;
};

}  // namespace gatesim
