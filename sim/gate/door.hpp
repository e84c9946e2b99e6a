// The gate as its owner has it: with the door through which the world brings in facts as they happen.
//
// Strategies get a Gate: they act on what the gate knows, and cannot tell it what has happened (that their builds have
// passed, say), nor get from the one to the other. Each input calls Outside::wake(). What it changes in the review
// system holds at once; queues react in iterate().
#pragma once

#include "gate/gate.hpp"

namespace gatesim {

class GateDoor final : Gate {
public:
    using Gate::Gate;

    /// What strategies see.
    const Gate& gate() const { return *this; }
    using Gate::blameless;
    using Gate::broken;

    /// A change became known, with its dependencies (Cast::changes[change]). Once, before anything else about it.
    using Gate::know;
    /// Its trigger fired (in a gate: it was approved).
    using Gate::enqueue;
    /// It may land from now on; by itself this enqueues nothing.
    using Gate::approve;
    /// Its author withdrew it: every live item of it is removed.
    using Gate::abandon;
    /// It landed by another way, past the queues: the branch has moved, and what was tested on it is void (but see
    /// Relaxations::past_queue).
    using Gate::merged_outside;
    /// Its own tests were green, on the branch as it is now.
    using Gate::presubmits_passed;
    /// Cast::changes[change] has this priority (or flag) from now on. `news`: it had another one.
    using Gate::priority_set;
    using Gate::single_set;
    /// Somebody took it off its branch (the landing is undone already): it may come back, who needs it has to wait.
    using Gate::reverted;
    /// Cast::changes[change].patchset was raised: items of the old one are removed, then it is enqueued in `enqueue`. A
    /// change that was abandoned is open again.
    using Gate::new_patchset;
    /// Taken out by hand.
    using Gate::dequeue;
    /// Brought to the front by hand, in this order; everything in that queue starts anew.
    using Gate::promote;

    /// The merger put the attempt's chain onto what had landed then (`base`); `clean` false: a conflict.
    using Gate::merge_done;
    /// The nodes of a request are ready, or cannot be had (`ok` false; the request is gone then).
    using Gate::nodes_done;
    /// A build ended; `nodes` are given back when this is handled. `child_jobs`: see RunTruth; valid until handled.
    using Gate::build_done;

    /// A timer that a strategy armed is over: its tag is put into Queue::rung.
    using Gate::ring;
    /// So many builds may hold the semaphore from now on; who holds it keeps it.
    using Gate::limit_set;
    /// The pipeline's strategy goes by the parameters of `like`, one of the same class, from now on.
    using Gate::retuned;
    /// The pipeline is frozen, thawed, paused or resumed.
    using Gate::hold_set;
    /// A running build shows that it will fail. True if the pipeline's strategy listens: it counts as failed from now
    /// on, and must end so; the item waits for its end all the same.
    using Gate::build_failing;

    /// Handles everything that arrived, then passes. Called by the world after each wave that woke the gate.
    using Gate::iterate;
    /// A build has started: nothing to handle, but Zuul looks at its queues then, too. Wakes the gate if a queue was
    /// left in which something changed after its item was visited.
    using Gate::build_started;

    /// From now on EventKind::waits is told of: to be asked for before anything is brought in.
    using Gate::watch;
    /// What was told, by itself or by others.
    using Gate::heard;
    /// Tells of it; to be called when nothing is left to happen in an instant.
    using Gate::tell_waits;

    /// It has landed where what landed takes no new patch set.
    using Gate::closed;
    /// To be asked when nothing is left to happen: breaks the contract if changes were left undecided that the strategy
    /// could have gone on with. What no strategy could help (a job that waits for a job that was skipped and forgotten,
    /// nodes or a semaphore that never come: Zuul hangs there too) is no breach; it is returned as text, empty if there
    /// is nothing of the kind.
    using Gate::account_for_the_rest;
};

}  // namespace gatesim
