// A strategy: what to test, on top of what, and when a verdict is due. It chooses what runs, never what is true.
//
// A strategy is a state machine over one queue at a time. After every wave of events the gate calls pass() on each
// queue in which something happened, again and again until it reports no change. The strategy reads the queue
// (gate/queue.hpp, gate/item.hpp) and acts through the Gate's actions (gate/gate.hpp, "what a strategy may do"), each
// with a reason. The gate checks the contract at every action and stops a strategy that breaks it.
//
// No clock, no randomness, no people: whatever a strategy wants to know must be in the queue.
#pragma once

#include <memory>
#include <string>

#include "gate/queue.hpp"

namespace gatesim {

class Gate;

/// What a strategy permits itself beyond the contract (gate/CONTRACT.md). It is declared here, checked
/// by the gate, and named in every report: a gate that is faster because it promises less has to say so.
struct Relaxations {
    bool untested = false;       ///< lands before, or without, any test
    bool stale_base = false;     ///< what landed after a change was tested does not make it be tested again
    bool independence = false;   ///< changes that an analysis calls independent are not tested together
    bool reorders = false;       ///< a change may land before one that stands ahead of it
    bool past_queue = false;     ///< what lands past the queue (by hand, by another gate) makes nothing be tested again
    bool old_reds = false;       ///< a red found on the branch as it was ejects, although the branch has moved on
    bool failing_needs = false;  ///< a change may land although one that it needs, and that came back behind it, fails
    bool signals = false;        ///< reads predictions
    bool omniscient = false;     ///< knows the truth: a bound for others, not a gate

    /// What either of them permits.
    Relaxations& operator|=(const Relaxations& other) {
        for (bool Relaxations::*one : {&Relaxations::untested, &Relaxations::stale_base, &Relaxations::independence,
                                       &Relaxations::reorders, &Relaxations::past_queue, &Relaxations::old_reds,
                                       &Relaxations::failing_needs, &Relaxations::signals, &Relaxations::omniscient})
            this->*one |= other.*one;
        return *this;
    }
};

class Strategy {
public:
    virtual ~Strategy() = default;

    /// A queue of the pipeline was made: attach what you need to remember to queue.state.
    virtual void opened(Gate&, Queue&) {}

    /// One look at the queue, acting on what is due. True if anything was changed that could make another look
    /// worthwhile; a strategy that always says true hangs, and the gate stops it.
    virtual bool pass(Gate& gate, Queue& queue) = 0;

    /// From now on it goes by the parameters of `like`, a strategy of the same class; what it remembers of its queues
    /// stays. Then parameters_taken() for each of them.
    virtual void take_parameters(const Strategy& /*like*/) {}
    /// A queue may need something done for it, a window set.
    virtual void parameters_taken(Gate&, Queue&) {}

    /// What it permits itself; nothing unless it says so.
    virtual Relaxations relaxations() const { return {}; }

    /// With Relaxations::independence: `landed`, which the trial does not contain, cannot have spoiled its verdict.
    virtual bool independent(const Gate&, const Item& /*landed*/, const Item& /*trial*/) const { return false; }

    /// A change whose last report here was negative is refused until somebody enqueues or approves it (see also
    /// Pipeline).
    virtual bool rejects_after_failure() const { return false; }

    /// Changes of one queue that need each other in a circle are let in, together (gate/cycle.cpp); otherwise they are
    /// refused. The strategy has to test all of them at once and to ask verdict_due() and ahead_of_all().
    virtual bool allows_circular() const { return false; }

    /// A change that names one it needs twice (as git parent and by Depends-On) is refused until that one is in the
    /// queue.
    virtual bool refuses_need_named_twice() const { return false; }

    /// A running build that shows that it will fail counts as failed from then on (Gate::failed_slot).
    virtual bool heeds_failing_builds() const { return false; }

    /// It hears what people say of changes, also where that has no effect (Queue::heard).
    virtual bool listens() const { return false; }

    /// What is said of a change in the very instant in which it comes (promote, dequeue) is heard once it is there. If
    /// not, it is said to nobody: Zuul works off its management events before what triggers an enqueue.
    virtual bool waits_for_who_comes() const { return true; }

    /// Who asked to land before it was approved, and was not let in, asks once more when it is. Zuul waits for nobody:
    /// its pipelines hear of what triggers them, not of an approval (tests/conformance/cases, corners: K7).
    virtual bool lets_in_on_approval() const { return true; }

    /// What somebody moves up gets a priority above all others of the queue, instead of another place in it.
    virtual bool promotes_by_priority() const { return false; }

    /// Its changes are pull requests, which have one head: a new patch set takes the old one out of the queue, whatever
    /// the pipeline says, and what has landed takes none.
    virtual bool pull_requests() const { return false; }

    /// What becomes in a freeze of changes that are not exempt. The gate sees to it (gate/freeze.cpp).
    virtual FreezeRule freeze_rule() const { return FreezeRule::waits; }

    /// It looks at a trial again only where something happened to it (Queue::take_stirred).
    virtual bool follows_trials() const { return false; }

    /// A pause stops the builds that run; they run anew when it is over. Otherwise they end.
    virtual bool cancels_at_pause() const { return false; }

    /// Each change is tested and landed by itself, in any order: one that is exempt from a freeze has to go past
    /// nobody.
    virtual bool lands_each_alone() const { return false; }

    /// Why changes are left undecided for ever in this queue although nothing is left to happen, as the original would
    /// leave them; empty: they are not.
    virtual std::string waits_for_ever(const Queue&) const { return {}; }

    // ---- why items do not move, for people who ask (gate/standstill.hpp). The gate knows what a test waits for; the
    // strategy is asked about the rest. Nothing may be changed.

    /// Why those wait that are far from being tested.
    virtual Why far_back() const { return Why::not_its_turn; }
    /// So many items, of those that are not under test, may wait for something else (why_untested); the others are far
    /// back. It should not be many more than could be tested next: each is asked about at every event.
    virtual std::size_t next_up(const Queue&) const { return 1; }
    /// Why the item is not under test.
    virtual Reason why_untested(const Gate&, const Queue&, const Item&) const {
        return {far_back(), kNone, kNone, kNone};
    }
    /// Why nothing follows from a trial that is over and has nobody undecided ahead of it.
    virtual Reason why_undecided(const Gate&, const Queue&, const Item& /*trial*/) const {
        return {Why::verdict_waits, kNone, kNone, kNone};
    }

    /// So often more than the contract allows anyway it tests one state again, although nobody lands, leaves or arrives
    /// meanwhile (gate/repeats.hpp): what a parameter promises.
    virtual std::int64_t repeats() const { return 0; }
};

}  // namespace gatesim
