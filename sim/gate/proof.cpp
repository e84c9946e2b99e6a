// Proofs that are put together from several trials, and ejections for what was found at another time: what a queue
// needs that keeps nothing in mind but results on a state of the branch. Each is held to the contract like the rest.
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/greens.hpp"

namespace gatesim {

/// A trial of some jobs only: the others count as stopped.
void Gate::leave_out(Item& trial) {
    for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i) {
        if (std::find(trial.only.begin(), trial.only.end(), trial.attempt.graph->jobs[i]->id) != trial.only.end())
            continue;
        JobSlot& slot = trial.attempt.change(i);
        slot.built = slot.stopped = true;
        slot.result = Result::canceled;
    }
}

bool Gate::joins(std::span<Item* const> chain, const Item& item) {
    std::vector<ChangeId> changes;
    changes.reserve(chain.size() + 1);
    for (const Item* before : chain) changes.push_back(before->change);
    changes.push_back(item.change);
    return outside_.joins(changes);
}

/// The merger's answer, known at once.
void Gate::put_together(Item& trial, bool clean) {
    trial.attempt.prepared = true;
    trial.attempt.base = landings_.mark();
    if (greens_) trial.attempt.state = greens_->state_of(trial);
    Event e = event(EventKind::prepared, trial);
    e.chain = trial.attempt.chain->without_last();
    outside_.tell(e);
    trial.attempt.merge = clean ? MergeState::clean : MergeState::conflict;
    if (!clean) happened_to(trial);
    Event merged = event(EventKind::merged_state, trial);
    merged.value = clean ? 1 : 0;
    outside_.tell(merged);
}

/// Whether a job passed on this very state, in one of those trials or in the change's presubmits; or a rule skipped it
/// in one of them, of which no voting job has failed (what is skipped behind a failed job is not proven). What does not
/// vote is taken as it was found.
bool Gate::take_over(Item& trial, std::size_t index, std::span<Item* const> evidence) {
    const Job& job = *trial.attempt.graph->jobs[index];
    Event e = event(EventKind::job_taken_over, trial);
    e.job = job.id;
    e.voting = job.voting;
    e.result = Result::none;
    if (trial.parts.size() == 1 && presubmits_hold(*tip(trial))) e.result = Result::success;
    for (const Item* other : evidence) {
        if (e.result == Result::success || !may(*other, "taken for a proof")) break;
        const Attempt& attempt = other->attempt;
        const bool same = other->trial && !other->probe && other->heads == trial.heads &&
                          other->branch == trial.queue->branch && attempt.merge == MergeState::clean && attempt.graph;
        for (std::size_t i = 0; same && i < attempt.slots.size(); ++i) {
            const Result result = attempt.slots[i].result;
            if (attempt.graph->jobs[i]->id != job.id || result == Result::none || result == Result::canceled) continue;
            const bool holds = result == Result::success || (result == Result::skipped && !failed_for_good(*other));
            if (!holds && job.voting) continue;
            e.result = result;
            e.build = attempt.slots[i].build;
        }
    }
    if (e.result == Result::none && job.voting) return false;
    if (e.result == Result::none) e.result = Result::skipped;
    if (e.result == Result::skipped) e.kind = EventKind::job_skipped;
    JobSlot& slot = trial.attempt.change(index);
    slot.built = true;
    slot.stopped = e.kind == EventKind::job_skipped;
    slot.result = e.result;
    outside_.tell(e);
    return true;
}

/// Whether a success of the job on this very state counts, so that no build of it is needed.
bool Gate::take_green(Item& item, std::size_t index) {
    JobSlot& slot = item.attempt.slots.open()[index];
    const Greens::Green* green = slot.built ? nullptr : greens_->find(item, index);
    if (!green) return false;
    slot.built = true;
    Event e = event(EventKind::job_taken_over, item);
    e.job = item.attempt.graph->jobs[index]->id;
    e.voting = item.attempt.graph->jobs[index]->voting;
    e.result = Result::success;
    e.build = green->build;
    outside_.tell(e);
    handle_result(item, index, Result::success, green->child_jobs ? &*green->child_jobs : nullptr);
    tell_if_tested(item);
    stir(item);
    outside_.wake();
    return true;
}

Item* Gate::open_proven(Queue& queue, std::span<Item* const> chain, std::span<Item* const> evidence) {
    Item* trial = open_trial(queue, chain, chain.size());
    if (!trial) return nullptr;
    bool clean = true;
    for (std::size_t i = 0; i < chain.size(); ++i) clean &= joins(chain.first(i), *chain[i]);
    put_together(*trial, clean);
    if (!clean) {
        break_contract(*trial, "taken for proven although it does not merge");
        return nullptr;
    }
    const JobGraph& graph = graph_of_trial(*trial);
    trial->attempt.begin(graph);
    for (std::size_t i = 0; i < graph.jobs.size(); ++i)
        if (!take_over(*trial, i, evidence)) {
            break_contract(*trial, "taken for proven although " + scenario_.job_names[graph.jobs[i]->id] +
                                       " has not passed on the branch as it is");
            return nullptr;
        }
    return trial;
}

void Gate::eject_conflicting(Item& item) {
    if (!may(item, "ejected")) return;
    if (joins({}, item)) return break_contract(item, "ejected for a conflict with the branch, which there is not");
    Item* alone = &item;
    Item* trial = open_trial(*item.queue, {&alone, 1}, 1);
    if (!trial) return;
    put_together(*trial, false);
    eject(item, *trial);
    settle(*trial);
}

void Gate::eject_for_old_red(Item& item, const Item& trial) {
    if (!may(item, "ejected") || !may(trial, "taken for a proof")) return;
    const bool its_own = trial.trial && !trial.probe && trial.parts.size() == 1 && trial.change == item.change &&
                         trial.patchset == item.patchset;
    if (!relaxed(*item.queue).old_reds || !its_own) return break_contract(item, "ejected for a trial of another state");
    if (!failed_for_good(trial)) return break_contract(item, "ejected although nothing has failed");
    const Reason reason = reason_of(trial, *failed_slot(trial));
    item.attempt.id = trial.attempt.id;
    tell_report(item, Outcome::failure, reason);
    take_out(item, Outcome::failure, reason);
}

void Gate::eject_too_slow(Item& item, const Item& trial) {
    if (!may(item, "ejected") || !may(trial, "taken for a proof")) return;
    const bool its_own = trial.trial && !trial.probe && trial.parts.size() == 1 && trial.parts.back() == item.id;
    if (!its_own || trial.departed || (trial.refuted && !relaxed(*item.queue).old_reds))
        return break_contract(item, "ejected for a trial of another state");
    if (!trial.attempt.graph || ended(trial) || paused(*trial.queue))
        return break_contract(item, "ejected for tests that take too long, which have ended or not begun");
    Reason reason{Why::timed_out, item.change, kNone, kNone};
    for (std::size_t i = 0; i < trial.attempt.slots.size() && reason.job == kNone; ++i)
        if (trial.attempt.slots[i].result == Result::none) {
            reason.job = trial.attempt.graph->jobs[i]->id;
            reason.build = trial.attempt.slots[i].build;
        }
    item.attempt.id = trial.attempt.id;
    tell_report(item, Outcome::failure, reason);
    take_out(item, Outcome::failure, reason);
}

void Gate::send_away(std::span<Item* const> members) {
    ChangeId unknown = kNone;
    for (const Item* member : members) {
        if (!may(*member, "sent away")) return;
        if (cast_.changes[member->change].unseen) unknown = member->change;
    }
    if (members.empty()) return;
    if (unknown == kNone)
        return break_contract(*members.front(), "sent away although the gate knows the patch set of each");
    for (Item* member : members) remove(*member, Outcome::removed, {Why::unknown_head, unknown, kNone, kNone});
}

void Gate::stop_job(Item& trial, JobId job) {
    if (!may(trial, "stopped") || !trial.trial || !trial.attempt.graph) return;
    for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i)
        if (trial.attempt.graph->jobs[i]->id == job && trial.attempt.slots[i].result == Result::none)
            stop_slot(trial, i, Result::canceled);
}

}  // namespace gatesim
