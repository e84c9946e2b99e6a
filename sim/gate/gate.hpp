// The controller of all pipelines: it owns queues, verdicts, landings and the contract.
//
// Facts come in through GateDoor (gate/door.hpp), grouped in waves; the gate then handles what arrived, in Zuul's order
// (management, results, triggers), and lets each pipeline's strategy look at its queues until nothing changes. It knows
// no clock, no randomness and no people: the world behind Outside has those.
//
// The contract, checked at every action in every build type (CONTRACT.md): a change lands only when
// every voting job that applied passed, or was skipped by rule, on base + chain + itself, and that chain is what
// landed; an ejection has a recorded cause; landings follow queue order. A strategy that breaks it is stopped: broken()
// says why.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gate/gate_state.hpp"
#include "gate/item.hpp"
#include "gate/job_graph.hpp"
#include "gate/outside.hpp"
#include "gate/queue.hpp"
#include "gate/review.hpp"
#include "model/event.hpp"
#include "model/landings.hpp"
#include "model/scenario.hpp"
#include "strategy/strategy.hpp"

namespace gatesim {

class Gate : GateState {
public:
    /// `strategies`: one per pipeline of the scenario. All references must outlive the gate.
    Gate(const Scenario& scenario, Cast& cast, Landings& landings, Outside& outside,
         std::vector<std::unique_ptr<Strategy>> strategies);
    ~Gate();

    // ------------------------------------------------------------------ what a strategy may see
    const Scenario& scenario() const { return scenario_; }
    const Pipeline& pipeline(const Queue& queue) const { return scenario_.pipelines[queue.pipeline]; }
    /// Whether this patch set of the item's change has landed.
    bool landed(const Item& item) const { return reviews_[item.change].has_landed(item.patchset); }
    /// A change (`which`) that it or one of its cycle needs is neither landed nor in its queue: it cannot stay.
    bool need_is_gone(const Item& item, ChangeId* which = nullptr) const;
    /// An item of a change it needs that fails now; nullptr if none. What one of a cycle needs from outside, all need.
    const Item* failing_need(const Item& item) const;
    /// Merge conflict, configuration error, or every job has a result. Not while what has passed is held back.
    bool complete(const Item& item) const;
    /// Its pipeline is paused, or frozen and not all that would land are exempt: it must not land now.
    bool held_back(const Item& item) const;
    bool frozen(const Queue& queue) const;
    bool paused(const Queue& queue) const;
    /// The first voting job with a bad result, or whose build shows that it will fail, stopped ones last; or nullptr.
    const JobSlot* failed_slot(const Item& item) const;
    /// Every voting job succeeded or was skipped, and not all were skipped.
    bool all_succeeded(const Item& item) const;
    /// A voting job has ended, and badly.
    bool failed_for_good(const Item& item) const;
    bool red_from_outside(const Item& trial) const;  ///< and it can be green when that trouble is over
    /// Whether its verdict may be given once nothing is ahead: it is complete, and if it succeeded, so did all of its
    /// cycle.
    bool verdict_due(const Item& item) const;
    /// What is ahead of the item, or of the first of its cycle.
    static const Item* ahead_of_all(const Item& item);
    /// The one right in front of it in its cycle: its base, come what may; nullptr if it is the first or in none.
    static Item* mate_before(const Item& item);
    /// One of its cycle that has trouble of its own while this item has none; nullptr if there is none.
    const Item* troubled_mate(const Item& item) const;
    /// Why an item is failing because of this slot.
    Reason reason_of(const Item& item, const JobSlot& slot) const;

    // ------------------------------------------------------------------ what a strategy may do
    /// Remember why the item is failing as of this visit (empty: it is not). Others ask failing_need and Item::failing.
    void set_failing(Item& item, std::vector<Reason>& reasons);
    /// Re-base: the item alone goes behind `onto`, its followers to its old ahead; then reset.
    void rebase(Item& item, Item* onto, const Reason& reason);
    /// The same for an item behind which nothing was ever prepared: everything behind goes along.
    void rebase_tail(Item& item, Item* onto);
    /// Throw the attempt away, of the item and of everything behind it: builds stop, a fresh attempt begins.
    void reset(Item& item, const Reason& reason);
    /// Stop the builds of the item and of everything behind it, but keep the attempts: a change it needs is failing.
    void hold(Item& item);
    /// Stop what is left of an item of which a voting job has failed, for good: then it is complete.
    void stop_rest(Item& item);
    /// Freeze chain and jobs of the item's attempt if that is due. True when its jobs may run.
    bool prepare(Item& item);
    /// Report that the item's tests started, once, if it has jobs.
    void report_start(Item& item);
    /// Ask for the nodes of the jobs whose turn it is. True if any was asked for.
    bool request_nodes(Item& item);
    /// Hand builds over for the jobs whose nodes are there.
    void start_builds(Item& item);
    /// Nothing happened to the item's jobs since request_nodes() and start_builds() last found nothing to do, and it
    /// needs no other change: as long as it is on the right base and not the front, a visit can change nothing.
    bool at_rest(const Item& item) const {
        return item.attempt.resting && item.needless && item.live && !scenario_.relative_priority;
    }
    /// Give the item's final word: land or eject it. It must be complete, with nothing ahead. True if it landed. The
    /// item stays in the queue until leave(). One that passed takes its whole cycle along: all land, or, if the review
    /// system refuses one, none; every one of them is `reported` then and has to leave().
    bool report(Item& item);
    /// Eject an item whose need is gone: it is cancelled, leaves, and is reported if it is live.
    void eject_needing(Item& item, ChangeId need);
    /// Take a reported (or unused) item out of its queue.
    void leave(Item& item, Outcome outcome, const Reason& reason);
    /// Let a failed item leave the queue while its other jobs run on; it is reported when they have ended.
    void detach(Item& item);
    void tell_window(const Queue& queue, std::int64_t window);
    /// Requests of the item get this relative priority.
    void revise_priority(Item& item, std::uint32_t priority);
    /// Its relative priority outside a gate: live items before it in the pipeline that share its queue's projects.
    std::uint32_t place_among_peers(const Item& item) const;
    bool relative_priority() const { return scenario_.relative_priority; }

    // ------------------------------------------------------------------ trials: what no single item stands for
    // A trial tests a state of the strategy's choice: several changes at once, a change on top of some of those ahead
    // of it, the branch as it was. It is an Item beside the queue (Item::trial); complete(), all_succeeded() and
    // failed_slot() answer for it. A strategy uses either the items' own attempts (above) or trials. Open trials are in
    // Queue::trials; the gate marks those whose state cannot come to be any more (Item::refuted), the strategy closes
    // them. A pointer to a trial is good until it is closed by land(), settle() or drop().

    /// Opens a trial of `chain`, items of this queue in the order in which they would land, on top of the branch. It
    /// vouches for the last `members` of them: the jobs of all of those run, each once. The state is frozen now, work
    /// begins with advance(). Breaks the contract (and returns nullptr) if a change of the chain needs one that has
    /// neither landed nor stands before it in the chain. `only`: of the jobs, those alone; then it alone is no proof.
    Item* open_trial(Queue& queue, std::span<Item* const> chain, std::size_t members, std::span<const JobId> only = {});
    /// The same, of what `before` tests and `more` behind it, all of which it vouches for, without looking at the whole
    /// chain again; nullptr if `before` was not opened in this look at the queue, or `more` do not follow in its order.
    Item* open_next(const Item& before, std::span<Item* const> more);
    /// Opens a trial of changes that have passed already: each voting job passed, or was skipped by a rule while
    /// nothing failed, in one of the open trials `evidence`, of the same patch sets in the same order and since which
    /// nothing has landed; or (of one change) passed in its presubmits. It is complete at once. Breaks the contract,
    /// and returns nullptr, if a job is not proven so.
    Item* open_proven(Queue& queue, std::span<Item* const> chain, std::span<Item* const> evidence);
    /// Whether the change's presubmits were green on the branch as it still is.
    bool presubmits_hold(const Item& item) const;
    /// The jobs that apply to the item.
    const JobGraph& jobs_of(const Item& item) { return graph_of(item.change, item.queue->pipeline); }
    /// Whether the item can be merged onto `chain`, which can be merged, on the branch as it is now.
    bool joins(std::span<Item* const> chain, const Item& item);
    /// Ejects a change that cannot be merged with the branch as it is (joins).
    void eject_conflicting(Item& item);
    /// Ejects a change for a job that failed in a trial of this very patch set alone, whatever has become of the state
    /// that was tested (Relaxations::old_reds).
    void eject_for_old_red(Item& item, const Item& trial);
    /// Ejects a change because a trial of it alone takes too long; its builds run on, unlike with time_out().
    void eject_too_slow(Item& item, const Item& trial);
    /// Sends these away because one of them has a patch set that nobody had told the gate of.
    void send_away(std::span<Item* const> members);
    /// Stops one job of a trial for good.
    void stop_job(Item& trial, JobId job);
    /// For the record: a batch of the strategy's own began, or is over (`why`).
    void tell_batch(const Queue& queue, std::int64_t number, std::span<const ChangeId> changes, bool over, Why why);
    /// Opens a trial of the branch as it was when its first `mark` changes had landed (up to landings().mark()), with
    /// those of `changes` on top that landed later. Their jobs run; without `changes` those of the last one in the
    /// state, and nullptr if there is none.
    Item* open_probe(Queue& queue, Landings::Mark mark, std::span<const ChangeId> changes = {});
    /// Merger, nodes and builds, as their turn comes; to be called in every pass until the trial is complete, or (with
    /// Strategy::follows_trials) once it is open and whenever it is stirred. True if anything was asked for.
    bool advance(Item& trial);
    /// Runs the trial's failed voting jobs once more, and what was skipped because of them. False if none has failed.
    bool retry(Item& trial);
    /// Whether the trial runs every job that applies to the item: only then is it a proof for it.
    bool covers(const Item& trial, const Item& item);
    /// The items of the trial's chain whose turn to land is still to come, in order. One that is not in the queue any
    /// more (item()) landed before its turn; what stands there now under its change's name is another patch set.
    std::span<const ItemId> rest_of(const Item& trial) const { return trial.parts->span().subspan(trial.landed_ahead); }
    /// The last item of the trial's chain; nullptr if it has left.
    Item* tip(const Item& trial) const { return item(trial.parts.back()); }
    /// This change's item in the queue; nullptr if it is not there.
    Item* find(const Queue& queue, ChangeId change) const;
    /// The item in its queue; nullptr if it has left. To be remembered instead of its change, which may come back.
    Item* item(ItemId id) const {
        Item* found = items_[id].get();
        return found && !found->trial && !found->detached ? found : nullptr;
    }
    /// Whether all changes the item needs have landed or stand in the chain.
    bool may_follow(std::span<Item* const> chain, const Item& item) const;
    /// Lands the rest of the chain, in one push: the trial must have passed, and nothing else may have landed (the
    /// strategy's relaxations apart). Each change leaves its queue; the trial is closed. False if the review system
    /// refused one, which is ejected; those behind it stay in the queue untouched.
    bool land(Item& trial);
    /// Ejects a change of the chain for what the trial found (failed job, conflict, …). The trial stays open, refuted.
    void eject(Item& member, const Item& trial);
    /// The same for several at once, when nobody looks any further for the one to blame.
    void eject(std::span<Item* const> members, const Item& trial);
    /// Enough of waiting: the jobs of the trial that have no result yet fail as timed out; their builds stop. False if
    /// there is no such job, or the merger has not answered yet.
    bool time_out(Item& trial);
    /// Closes a trial whose verdict has served. What its builds cost was of use.
    void settle(Item& trial);
    /// Closes a trial that is not wanted any more: its builds stop, what they cost is wasted. `cause`: the item whose
    /// trouble it was, if any. Trouble makes a reset of it (is_trouble, Item::spoilt) for those who are still here.
    void drop(Item& trial, const Reason& reason, const Item* cause = nullptr);
    /// Puts `tag` into Queue::rung after this time. Not to be armed for ever: as long as a timer runs, so does the
    /// simulation. Breaks the contract when it is done ten thousand times in a row and nothing happens meanwhile.
    void arm(Queue& queue, std::uint64_t tag, Time after);
    /// The same at the next of the instants first, first + every, …, the present one included, but once for each.
    void arm_in_step(Queue& queue, std::uint64_t tag, Time first, Time every);
    /// Takes that timer back. (Else the simulation runs on until it has rung.)
    void disarm(const Queue& queue, std::uint64_t tag) { outside_.disarm(queue.id, tag); }
    /// A strategy that cannot go on (a program outside that died) says why; it is stopped. What it says is added to
    /// what is broken already, if something is. `to_blame` false: the strategy could do nothing about it.
    void give_up(const Queue& queue, const std::string& why, bool to_blame = true);
    const Landings& landings() const { return landings_; }  ///< what has landed so far
    /// Takes a change that this queue landed off the branch (Relaxations::untested): what it broke is mended.
    void revert(const Queue& queue, ChangeId change);
    const Foresight* foresight(const Queue& queue) const;      ///< predictions; nullptr unless Relaxations::signals
    const Omniscience* omniscience(const Queue& queue) const;  ///< the truth; nullptr unless Relaxations::omniscient
    /// The change itself: footprint, author, size (what anybody can see of it).
    const Change& change(const Item& item) const { return cast_.changes[item.change]; }
    const Change& change(ChangeId change) const { return cast_.changes[change]; }

    // ------------------------------------------------------------------ state
    /// Reason and last words when a strategy broke the contract; empty while all is well.
    const std::string& broken() const { return broken_; }
    /// Whether what is broken is no fault of a strategy: a program could not be started, or was killed.
    bool blameless() const { return blameless_; }
    std::size_t items_in_flight() const { return items_in_flight_; }             ///< in some queue, or run on outside
    std::size_t items_left() const { return items_.size() - items_in_flight_; }  ///< for whatever reason
    std::vector<const Item*> remaining() const;  ///< still in queues, in order of enqueueing

private:
    // Inputs: what the world brings in, through GateDoor (gate/door.hpp), which says what each means.
    friend class GateDoor;
    friend class Greens;
    friend class Groups;
    friend class Standstill;
    void know(ChangeId change);
    void enqueue(ChangeId change, PipelineId pipeline, Why why = Why::arrived,
                 Approves approves = Approves::where_it_lands);
    void approve(ChangeId change);
    void abandon(ChangeId change);
    void merged_outside(ChangeId change);
    void presubmits_passed(ChangeId change);
    void priority_set(ChangeId change, bool news);
    void single_set(ChangeId change);
    void reverted(ChangeId change);
    void new_patchset(ChangeId change, const std::vector<PipelineId>& enqueue, const NewPatchset& terms = {});
    void dequeue(ChangeId change, PipelineId pipeline);
    void promote(const std::vector<ChangeId>& changes, PipelineId pipeline);
    void merge_done(ItemId item, AttemptId attempt, Landings::Mark base, bool clean);
    void nodes_done(const SlotRef& slot, RequestId request, bool ok);
    void build_done(const SlotRef& slot, BuildId build, RequestId nodes, Result result, const Fault& fault,
                    const std::vector<std::string>* child_jobs);
    void ring(QueueId queue, std::uint64_t tag);
    void limit_set(std::uint32_t semaphore, int limit);
    void retuned(PipelineId pipeline, const Strategy& like);
    void hold_set(PipelineId pipeline, Hold hold);
    bool build_failing(const SlotRef& slot, BuildId build, const Fault& fault);
    void iterate(std::uint64_t wave);
    void watch();
    void heard(const Event& event);
    void tell_waits();
    void build_started();
    bool closed(ChangeId change) const;
    std::string account_for_the_rest();
    // enqueue.cpp
    bool add(ChangeId change, int patchset, PipelineId pipeline, Queue* given, const Ask& ask,
             std::vector<ChangeId>& history);
    Item& new_item(ChangeId change, int patchset);
    Item& append(ChangeId change, int patchset, Queue& queue, const Ask& ask);
    bool add_ahead(ChangeId change, Queue& queue, const Ask& ask, std::vector<ChangeId>& history);
    void add_behind(ChangeId change, Queue& queue, const Ask& ask);
    Needs missing(ChangeId change, const Queue& queue, std::vector<Need>* collected, ChangeId* which) const;
    bool can_be_merged(ChangeId change, int patchset) const;
    bool refuse(ChangeId change, PipelineId pipeline, Why why, ChangeId other = kNone);
    const Item* item_in_queue(ChangeId change, int patchset, const Queue& queue) const;
    const Item* live_item(ChangeId change, int patchset, PipelineId pipeline) const;
    Queue& queue_for(ChangeId change, PipelineId pipeline);
    Queue* static_queue(ProjectId project, PipelineId pipeline) const;
    bool share_a_queue(ChangeId a, ChangeId b, PipelineId pipeline) const;
    Queue& open_queue(PipelineId pipeline, const std::string& name, bool dynamic);
    void drop_if_empty(Queue& queue);
    void open_shared_queues(PipelineId pipeline);
    void prune_superseded(PipelineId pipeline);
    std::vector<Need> needs_of(ChangeId change) const;
    // clean_check.cpp
    bool let_in(ChangeId change, int patchset, PipelineId gate, Why why);
    void heed_check(const Item& item, Outcome outcome);
    void check_is_gone(const Item& item, const Reason& reason);
    void stop_waiting(ChangeId change, PipelineId check, int patchset, Why why);
    // cycle.cpp
    std::vector<ChangeId> cycle_of(ChangeId change) const;
    bool add_cycle(const std::vector<ChangeId>& cycle, ChangeId wanted, Queue& queue, const Ask& ask,
                   std::vector<ChangeId>& history);
    static const Item* mate_of(const Item& item, ChangeId change);
    bool in_trouble(const Item& item) const;
    std::vector<ChangeId> chain_of(const Item& item) const;
    std::optional<std::size_t> gone_from_front(const Item& ahead) const;
    SharedList<ChangeId> chain_for(const Item& item) const;
    bool land_cycle(Item& item);
    void eject_mates(const std::vector<Item*>& mates, ChangeId gone);
    // iterate.cpp
    void handle(const Management& event);
    void handle(const Finished& event);
    void handle(const Trigger& event);
    void promote_now(const Management& event);
    void come_again(Queue& queue, const std::vector<Item*>& order, ChangeId because, bool with_those_behind = true);
    void let_jump(const Trigger& event);
    void pass(PipelineId pipeline);
    void look_at_detached(PipelineId pipeline);
    // work.cpp
    std::optional<std::pair<ChangeId, JobId>> held_by_ahead(const Item& item) const;
    // semaphores.cpp
    bool take_semaphore(Item& item, const Job& job, bool requesting);
    bool may_take(const SemaphoreState& semaphore, const Held& who) const;
    void release_semaphore(ItemId item, const Job& job);
    bool goes_unheard(Item& item, std::size_t slot);
    // freeze.cpp
    bool is_covered(ChangeId change, PipelineId pipeline) const;
    bool is_exempt(ChangeId change, PipelineId pipeline) const;
    bool stood_there(ChangeId change, PipelineId pipeline) const;
    bool ended(const Item& item) const;
    bool sets_aside(const Queue& queue, ChangeId change) const;
    bool goes_on(const Queue& queue, const Item& item) const;
    void exemptions_change();
    void find_exempt(PipelineId pipeline);
    void make_way(PipelineId pipeline);
    void set_aside(Queue& queue);
    void let_back(Queue& queue);
    void withdraw_requests(Item& item);
    void stop_running(Item& item);
    Why why_held(const Item& item) const;
    // results.cpp
    void tell_if_tested(const Item& item);
    void handle_result(Item& item, std::size_t slot, Result result, const std::vector<std::string>* child_jobs);
    void skip(Item& item, const std::vector<std::uint16_t>& slots);
    void forget_build(Item& item, std::size_t slot, bool keeps_nodes = false);
    // leave.cpp
    bool stop_slot(Item& item, std::size_t slot, Result result);
    void drop_build(const Item& item, std::size_t slot);
    std::int64_t cancel_builds(Item& item, bool fresh);
    void cancel(Item& item, bool fresh, const Reason& reason, ItemId cause);
    void take_out(Item& item, Outcome outcome, const Reason& reason);
    void unhang(Item& item);
    void remove(Item& item, Outcome outcome, const Reason& reason);
    void tell_report(Item& item, Outcome outcome, const Reason& reason);
    void bury(Item& item);
    Outcome outcome_of(const Item& item, Reason& reason) const;
    bool is_known_to(PipelineId pipeline, ChangeId change) const;
    bool land_now(Item& item, std::span<const ChangeId> ahead, const Reason& reason);
    // proof.cpp
    void leave_out(Item& trial);
    bool take_green(Item& item, std::size_t slot);
    void put_together(Item& trial, bool clean);
    bool take_over(Item& trial, std::size_t slot, std::span<Item* const> evidence);
    // past.cpp
    void landed_past(ChangeId change, const Queue* by);
    void promote_by_priority(const Queue& queue, const std::vector<Need>& changes);
    void hear(ChangeId change, PipelineId pipeline, Heard notice);
    // trial.cpp
    bool armed(Queue& queue);
    Item& new_trial(Queue& queue, ChangeId tip, std::uint64_t sequence);
    void tell_opened(const Item& trial);
    const JobGraph& graph_of(ChangeId change, PipelineId pipeline);
    const JobGraph& graph_of_trial(const Item& trial);
    void freeze(Item& item);
    void refute_with(const Item& gone);
    void note_landing(const Item& landed);
    void close(Item& trial, bool served, const Reason& reason, const Item* cause);
    void forget_trial(Item& trial);
    Reason tell_reset(Item& trial, const Reason& reason, const Item* cause, std::int64_t thrown_away);
    bool check_trial(const Item& trial, const char* what);
    bool check_trial_landing(Item& trial);
    void check_needs_in(const Item& item, std::span<const ItemId> before);
    static Reason passed_reason(const Item& tested);
    Reason landing_reason(const Item& item, const Item& trial) const;
    bool has_needs(ChangeId change) const;
    // repeats.cpp
    void note_opened(const Item& trial);
    void note_verdict(const Item& trial);
    std::string what_is_tested(const Item& trial) const;
    // contract.cpp
    bool may(const Item& item, const char* action);
    bool may_go_behind(const Item& item, const Item* onto);
    bool check_landing(const Item& item);
    bool check_tested_state(const Item& item);
    bool need_landed_elsewhere(const Item& item) const;
    bool check_needs(const Item& item);
    bool check_verdict(const Item& item, Outcome outcome);
    bool check_detach(const Item& item);
    bool check_chain(const Item& item, const char* what);
    bool is_entangled(const Item& item) const;
    void count_reset(Item& item, bool fresh);
    bool hangs(const Item& item) const;
    void break_contract(const Item& item, const std::string& why);

    void happened_to(const Item& item);
    void something_happened();
    void never_at_rest(Queue& queue);
    void touch(Queue& queue);
    void stir(Item& item);
    void stir_all(Queue& queue);
    void unsettle(Item& item);
    void unsettle_dependents(ChangeId change);
    void look_again(SemaphoreState& semaphore);
};

}  // namespace gatesim
