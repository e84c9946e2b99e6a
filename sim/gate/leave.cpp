// Stopping work, leaving queues, and the final word. (Zuul 3.8, zuul/manager/__init__.py:
// cancelJobs, removeItem, reportItem; zuul/model.py: ChangeQueue.dequeueItem, ChangeQueue.moveItem.)
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/greens.hpp"
#include "gate/groups.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

std::int64_t Gate::cancel_builds(Item& item, bool fresh) {
    Attempt& attempt = item.attempt;
    std::int64_t thrown_away = 0;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        JobSlot& slot = attempt.change(i);
        const Job& job = *attempt.graph->jobs[i];
        if (slot.request != kNone) {
            outside_.withdraw_request(slot.request);
            slot.request = kNone;
        }
        slot.unreported = false;
        slot.asked_for_none &= !fresh;  // what is granted at once cannot be taken back
        bool goes_on = false;
        if (slot.built) {
            if (slot.build != kNone) ++thrown_away;
            if (slot.build != kNone && slot.result == Result::none && !job.noop) {
                goes_on = outside_.abort(slot.build, fresh);
                if (!goes_on) drop_build(item, i);
                if (!goes_on && !fresh) slot.build = kNone;
            }
            slot.will_fail = false;
            slot.has_nodes = false;
            slot.result = Result::canceled;
        } else if (slot.held != kNone) {
            outside_.give_back(slot.held);
            slot.has_nodes &= !fresh;  // Zuul forgets that it gave them back, and starts the build all the same
        }
        slot.held = kNone;
        release_semaphore(item.id, job);
        if (groups_) groups_->leave(item, i, goes_on);
    }
    return thrown_away;
}

/// A build that was handed over and had not started: that it is gone is handled like the end of one, in the next wave.
/// Until then it keeps its nodes.
void Gate::drop_build(const Item& item, std::size_t index) {
    const JobSlot& slot = item.attempt.slots[index];
    const SlotRef ref{item.id, item.attempt.id, static_cast<std::uint32_t>(index)};
    finished_.push_back({Finished::Kind::build, ref, slot.held, slot.build, Result::canceled, false, nullptr});
    outside_.wake();
}

namespace {

/// Why those start anew who were tested behind an item that leaves.
Reason behind(const Reason& leaves, ChangeId change) {
    if (!takes_out(leaves.why)) return leaves;
    return {leaves.why == Why::need_gone ? Why::ahead_left : Why::ahead_removed, change, kNone, kNone};
}

}  // namespace

void Gate::cancel(Item& item, bool fresh, const Reason& reason, ItemId cause) {
    Queue& queue = *item.queue;
    std::vector<Item*> stack{&item};
    const Reason of_others = behind(reason, item.change);
    while (!stack.empty()) {
        Item& current = *stack.back();
        stack.pop_back();
        if (current.sequence > queue.prepared_up_to) continue;  // nothing was ever prepared from here on
        const bool was_prepared = current.attempt.prepared;
        if (looked_at_) count_reset(current, fresh);
        const std::int64_t thrown_away = current.live ? cancel_builds(current, fresh) : 0;
        current.attempt.held |= !fresh && reason.why == Why::need_failing;
        if (fresh && was_prepared) {
            Event e = event(EventKind::reset, current);
            e.reason = &current == &item ? reason : of_others;
            e.other_item = cause;
            e.value = thrown_away;
            if (&current != &item || !takes_out(reason.why)) outside_.tell(e);  // else that it leaves says all
            const bool was_failing = current.failing();
            current.attempt = Attempt{};
            current.attempt.id = next_attempt_++;
            if (was_failing) unsettle_dependents(current.change);
            touch(queue);
        }
        // Behind a change that landed by another way nothing moves away: holding what is behind it goes on for ever.
        if (!fresh && queue.restless && landed(current)) continue;
        for (auto follower = current.behind.rbegin(); follower != current.behind.rend(); ++follower)
            stack.push_back(*follower);
    }
}

void Gate::rebase(Item& item, Item* onto, const Reason& reason) {
    if (!may(item, "re-based") || !may_go_behind(item, onto)) return;
    Event e = event(EventKind::moved, item);
    e.other_item = onto ? ItemId{onto->id} : kNone;
    e.reason = reason;
    outside_.tell(e);
    const ItemId cause = item.ahead ? ItemId{item.ahead->id} : kNone;
    item.queue->move(item, onto);
    cancel(item, true, reason, cause);
}

void Gate::rebase_tail(Item& item, Item* onto) {
    if (!may(item, "re-based") || !may_go_behind(item, onto)) return;
    if (item.sequence <= item.queue->prepared_up_to)
        break_contract(item, "re-based without a reset although tests were prepared there");
    item.queue->move_with_followers(item, onto);
}

void Gate::reset(Item& item, const Reason& reason) {
    if (!may(item, "reset")) return;
    cancel(item, true, reason, item.ahead ? ItemId{item.ahead->id} : kNone);
}

void Gate::hold(Item& item) {
    if (!may(item, "held")) return;
    const Item* need = failing_need(item);
    cancel(item, false, {need ? Why::need_failing : Why::none, need ? ChangeId{need->change} : kNone, kNone, kNone},
           kNone);
}

/// The job has this result, whatever its build still does. True if a build runs: it keeps its nodes until it ended.
bool Gate::stop_slot(Item& item, std::size_t index, Result result) {
    JobSlot& slot = item.attempt.change(index);
    const Job& job = *item.attempt.graph->jobs[index];
    if (slot.request != kNone) outside_.withdraw_request(slot.request);
    const bool running = slot.build != kNone && !job.noop && outside_.abort(slot.build, result != Result::displaced);
    if (!running && slot.build != kNone && slot.held != kNone && result != Result::displaced)
        drop_build(item, index);  // else the job may run again before that is handled
    else if (!running && slot.held != kNone)
        outside_.give_back(slot.held);
    release_semaphore(item.id, job);
    if (groups_) groups_->leave(item, index, running);
    slot.request = kNone;
    slot.held = kNone;
    slot.asked_for_none = false;
    slot.unreported = false;
    slot.built = true;
    slot.stopped = true;
    slot.result = result;
    return running;
}

void Gate::stop_rest(Item& item) {
    if (!may(item, "stopped")) return;
    if (!failed_for_good(item)) return break_contract(item, "stopped although nothing of it has failed");
    for (std::size_t i = 0; i < item.attempt.slots.size(); ++i) {
        if (item.attempt.slots[i].result != Result::none) continue;
        if (stop_slot(item, i, Result::canceled)) continue;
        const Job& job = *item.attempt.graph->jobs[i];
        Event e = event(EventKind::job_skipped, item);
        e.job = job.id;
        e.voting = job.voting;
        e.result = Result::skipped;
        outside_.tell(e);
    }
    tell_if_tested(item);
}

Outcome Gate::outcome_of(const Item& item, Reason& reason) const {
    const Attempt& attempt = item.attempt;
    if (attempt.config_error) {
        reason.why = Why::config_error;
        return Outcome::config_error;
    }
    if (attempt.merge == MergeState::conflict) {
        const bool known = is_known_to(item.queue->pipeline, item.change);
        reason.why = known ? Why::conflict : Why::no_jobs;
        return known ? Outcome::conflict : Outcome::removed;
    }
    if (!attempt.graph || attempt.graph->jobs.empty()) {
        reason.why = Why::no_jobs;
        return Outcome::no_jobs;
    }
    if (all_succeeded(item)) {
        reason = passed_reason(item);
        return pipeline(*item.queue).manager == Manager::dependent ? Outcome::landed : Outcome::success;
    }
    if (const JobSlot* slot = failed_slot(item)) reason = reason_of(item, *slot);
    return Outcome::failure;
}

/// Of a project that the pipeline does not know nothing is ever said.
bool Gate::is_known_to(PipelineId pipeline, ChangeId change) const {
    return pipelines_[pipeline]->config_of[cast_.changes[change].project] != nullptr;
}

void Gate::tell_report(Item& item, Outcome outcome, const Reason& reason) {
    if (outcome == Outcome::removed) {
        item.reported = item.unspoken = true;
        return;
    }
    if (pipeline(*item.queue).manager == Manager::dependent) switch (outcome) {
            case Outcome::failure:
            case Outcome::conflict:
            case Outcome::config_error:
            case Outcome::dependency_failed:
            case Outcome::submit_failed:
                reviews_[item.change].refused = true;
                break;
            default:
                break;
        }
    item.reported = true;
    Event e = event(EventKind::reported, item);
    e.outcome = outcome;
    e.reason = reason;
    outside_.tell(e);
    heed_check(item, outcome);
}

bool Gate::report(Item& item) {
    if (!may(item, "reported")) return false;
    if (item.reported) break_contract(item, "reported twice");
    if (!item.live) break_contract(item, "a report on an item that only stands in for a dependency");
    Reason reason;
    const Outcome outcome = outcome_of(item, reason);
    if (outcome != Outcome::landed) {
        if (check_verdict(item, outcome)) tell_report(item, outcome, reason);
        return false;
    }
    if (item.cycle) return land_cycle(item);
    if (!check_landing(item)) return false;
    return land_now(item, item.attempt.chain->without_last(), reason);
}

/// `ahead`: what was ahead of it in its tests.
bool Gate::land_now(Item& item, std::span<const ChangeId> ahead, const Reason& reason) {
    const bool was_landed = landed(item);
    if (!was_landed && !outside_.submit(item.change)) {
        tell_report(item, Outcome::submit_failed, {Why::submit_refused, kNone, kNone, kNone});
        return false;
    }
    Queue& queue = *item.queue;
    queue.landed.open().push_back(item.change);
    queue.last_landed_sequence = std::max(queue.last_landed_sequence, item.sequence);
    item.landed = true;
    tell_report(item, Outcome::landed, reason);
    if (!was_landed) {
        reviews_[item.change].land(item.patchset);
        if (greens_ && landings_.landed(item.change)) greens_->landed_again();
        landings_.add(item.change);
        ++progress_;
        Event e = event(EventKind::landed, item);
        e.reason = reason;
        e.chain = ahead;
        outside_.tell(e);
        ++queue.branch;
        landed_past(item.change, &queue);
    }
    if (!queue.trials.empty()) note_landing(item);
    return true;
}

void Gate::eject_needing(Item& item, ChangeId need) {
    if (!may(item, "ejected")) return;
    if (item.reported) break_contract(item, "reported twice");
    if (!need_is_gone(item)) break_contract(item, "ejected for a change it needs, which is here or has landed");
    const Reason reason{Why::need_gone, need, kNone, kNone};
    cancel(item, true, reason, kNone);
    const bool told = item.live && is_known_to(item.queue->pipeline, item.change);
    Item& gone = item;
    take_out(item, told || !item.live ? Outcome::dependency_failed : Outcome::removed, reason);
    if (told) tell_report(gone, Outcome::dependency_failed, reason);  // it is in the graveyard until the iteration ends
}

void Gate::leave(Item& item, Outcome outcome, const Reason& reason) {
    if (!may(item, "taken out")) return;
    if (item.live && !item.reported) break_contract(item, "left its queue without a report");
    if (!item.live && !item.behind.empty()) break_contract(item, "left although somebody behind it needs it");
    if (item.live && item.landed != (outcome == Outcome::landed))
        break_contract(item, item.landed ? "landed, and left as if it had not" : "did not land, and left as if it had");
    take_out(item, outcome, reason);
}

void Gate::take_out(Item& item, Outcome outcome, const Reason& reason) {
    Event e = event(EventKind::dequeued, item);
    e.outcome = item.unspoken ? Outcome::removed : outcome;
    e.reason = reason;
    outside_.tell(e);
    item.leaves = reason;
    if (!item.reported && outcome != Outcome::dependency_failed)
        check_is_gone(item, reason);  // else its report follows
    Queue& queue = *item.queue;
    unhang(item);
    bury(item);
    drop_if_empty(queue);
}

void Gate::remove(Item& item, Outcome outcome, const Reason& reason) {
    cancel(item, true, reason, kNone);
    const std::shared_ptr<Cycle> cycle = item.cycle;
    const ChangeId gone = item.change;
    take_out(item, outcome, reason);
    if (cycle) eject_mates(std::vector<Item*>(cycle->members), gone);
}

/// Out of list and forest; what is behind starts to count on what was ahead.
void Gate::unhang(Item& item) {
    Queue& queue = *item.queue;
    ++progress_;
    queue.remove(item);
    queue.unsettled.erase(item.sequence);
    if (item.cycle) {
        auto& members = item.cycle->members.open();
        members.erase(std::find(members.begin(), members.end(), &item));
    }
    queue.happenings.open().note(item.sequence, queue.front_sequence());
    ++queue.departures;
    auto& mine = items_of_[item.change];
    mine.erase(std::find(mine.begin(), mine.end(), &item));
    // A chain names changes, not stays: with another patch set of it in the queue, its place cannot be told from the
    // name.
    if (std::any_of(mine.begin(), mine.end(), [&](const Item* other) { return other->queue == &queue; }))
        ++queue.relinked;
    unsettle_dependents(item.change);
    if (!queue.trials.empty() && !item.landed) refute_with(item);
    if (pipelines_[queue.pipeline]->strategy->listens())
        queue.heard.push_back({Heard::Kind::left, item.change, item.id, true});
    touch(queue);
}

void Gate::detach(Item& item) {
    if (!may(item, "sent outside") || !check_detach(item)) return;
    Event e = event(EventKind::dequeued, item);
    e.outcome = Outcome::failure;
    e.reason = {Why::behind_failed_front, item.change, kNone, kNone};
    outside_.tell(e);
    item.detached = true;
    pipelines_[item.queue->pipeline]->detached.push_back(&item);
    unhang(item);
}

void Gate::bury(Item& item) {
    --items_in_flight_;
    graveyard_.push_back(std::move(items_[item.id]));
}

void Gate::tell_window(const Queue& queue, std::int64_t window) {
    if (looked_at_ && (&queue != looked_at_ || window < 0) && broken_.empty())
        broken_ = "the strategy told a window of " + std::to_string(window) + " for queue " + *queue.name +
                  " while it looked at " + *looked_at_->name;
    Event e;
    e.kind = EventKind::window;
    e.pipeline = queue.pipeline;
    e.queue = queue.id;
    e.value = window;
    outside_.tell(e);
}

}  // namespace gatesim
