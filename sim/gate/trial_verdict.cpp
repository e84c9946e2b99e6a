// What may follow from a trial: landings and ejections, each held to the contract.
#include <algorithm>
#include <string_view>

#include "gate/gate.hpp"

namespace gatesim {

namespace {

constexpr std::string_view kEjected = "ejected";

}  // namespace

bool Gate::check_trial(const Item& trial, const char* what) {
    if (!may(trial, what)) return false;
    if (!trial.trial)
        break_contract(trial, std::string(what) + " as a trial, which it is not");
    else if (trial.refuted && (trial.departed || what != kEjected || !relaxed(*trial.queue).old_reds))
        break_contract(trial, std::string(what) + " for a state that cannot come to be any more");
    else if (trial.probe)
        break_contract(trial, std::string(what) + " for a probe of the branch");
    return broken_.empty();
}

/// A change may have to wait for one it needs that came back behind it: then it does not keep its place.
bool Gate::has_needs(ChangeId change) const {
    return !cast_.changes[change].git_parents.empty() || !cast_.changes[change].depends_on.empty();
}

/// What it needs has landed (and may have been reverted since), or lands right before it.
void Gate::check_needs_in(const Item& item, std::span<const ItemId> before) {
    const auto undone = landings_.undone();
    for (const Need& need : needs_of(item.change)) {
        const auto lands_first = [&](ItemId id) { return this->item(id) && this->item(id)->change == need.change; };
        const auto is_it = [&](const Landings::Undone& one) { return one.change == need.change; };
        if (reviews_[need.change].landed == 0 && std::none_of(undone.begin(), undone.end(), is_it) &&
            std::none_of(before.begin(), before.end(), lands_first))
            break_contract(item, "landing before " + cast_.changes[need.change].name + ", which it needs");
    }
}

bool Gate::check_trial_landing(Item& trial) {
    if (!check_trial(trial, "landed")) return false;
    if (held_back(trial)) break_contract(trial, "landing while its pipeline is frozen or paused");
    const Queue& queue = *trial.queue;
    const Relaxations& relax = relaxed(queue);
    const bool green = complete(trial) && all_succeeded(trial);
    if (!green && trial.attempt.merge != MergeState::clean)
        break_contract(trial, "landing on a state that was never put together");
    else if (!green && !relax.untested && !relax.stale_base)
        break_contract(trial, "landing without all voting jobs passed");
    if (relax.stale_base && !relax.independence)  // tested on a branch that has moved on, but put together anew
        for (std::size_t i = trial.attempt.queue_landings; i < queue.landed.size(); ++i)
            if (std::find(trial.attempt.chain.begin(), trial.attempt.chain.end(), queue.landed[i]) ==
                trial.attempt.chain.end())
                return break_contract(trial, "landing on a state that was put together before " +
                                                 cast_.changes[queue.landed[i]].name + " landed"),
                       false;
    const auto rest = rest_of(trial);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const Item* item = this->item(rest[i]);
        if (!item && relax.independence) continue;  // it landed: had it left, the trial were refuted
        if (!item) {
            break_contract(trial, "landing with a change that is not in the queue any more");
        } else if (!relax.reorders && item->needless && item->sequence < queue.last_landed_sequence) {
            break_contract(*item, "landing out of queue order");
        } else if (!green && !relax.untested && !item->passed) {
            break_contract(*item, "landing without ever having passed");
        } else if (green && !relax.untested &&
                   !gatesim::covers(*trial.attempt.graph, graph_of(item->change, queue.pipeline))) {
            break_contract(*item, "landing without the jobs that apply to it: they were not part of the trial");
        } else {
            check_needs_in(*item, rest.first(i));
        }
        if (!broken_.empty()) return false;
    }
    return broken_.empty();
}

/// In which words a green attempt lands: not all its jobs need have passed.
Reason Gate::passed_reason(const Item& tested) {
    Reason reason{Why::all_passed, kNone, kNone, kNone};
    for (std::size_t i = 0; i < tested.attempt.slots.size(); ++i) {
        const Result result = tested.attempt.slots[i].result;
        if (!good(result)) return {Why::voting_passed, kNone, kNone, kNone};
        if (result == Result::skipped) reason.why = Why::passed_or_skipped;
    }
    return reason;
}

/// Why a change of the trial's chain lands with it: its own tests passed, or the trial vouches for it, or nobody does.
Reason Gate::landing_reason(const Item& item, const Item& trial) const {
    const auto tests = [&](const Item& one) {
        const auto members = one.vouched();
        return !one.probe && one.only.empty() && std::find(members.begin(), members.end(), item.id) != members.end();
    };
    const auto green = [&](const Item& one) { return ended(one) && all_succeeded(one); };
    const Item* own = tests(trial) ? &trial : nullptr;
    for (const Item* other : trial.queue->trials)
        if (!own && other != &trial && tests(*other)) own = other;
    if (own && green(*own)) return passed_reason(*own);
    if (item.passed) return {Why::all_passed, kNone, kNone, kNone};
    const JobSlot* failed = own ? failed_slot(*own) : nullptr;
    Reason reason = failed ? reason_of(*own, *failed) : Reason{};
    reason.change = trial.change;
    if (own == &trial)
        reason.why = failed ? Why::excused : Why::unfinished;
    else
        reason.why = Why::vouched;
    return reason;
}

bool Gate::land(Item& trial) {
    if (!check_trial_landing(trial)) return false;
    const SharedList<ChangeId> chain = trial.attempt.chain;
    const std::size_t from = trial.landed_ahead;
    bool refused = false;
    for (std::size_t i = from; i < chain.size() && !refused; ++i) {
        Item* item = this->item(trial.parts[i]);
        if (!item) continue;  // landed before its turn
        item->attempt.id = trial.attempt.id;
        refused = !land_now(*item, chain.span().first(i), landing_reason(*item, trial));
        take_out(*item, refused ? Outcome::submit_failed : Outcome::landed, {});
    }
    close(trial, true, {}, nullptr);
    return !refused;
}

void Gate::eject(Item& member, const Item& trial) {
    Item* one = &member;
    eject(std::span<Item* const>(&one, 1), trial);
}

void Gate::eject(std::span<Item* const> members, const Item& trial) {
    Reason reason;
    Outcome outcome = Outcome::failure;
    for (const Item* member : members) {
        if (!may(*member, "ejected") || !check_trial(trial, "ejected")) return;
        const auto rest = rest_of(trial);
        if (std::find(rest.begin(), rest.end(), member->id) == rest.end())
            return break_contract(*member, "ejected for a trial that did not contain it");
        if (failed_for_good(trial))
            reason = reason_of(trial, *failed_slot(trial));
        else if (!complete(trial))
            return break_contract(*member, "ejected although nothing has failed");
        else
            outcome = outcome_of(trial, reason);
        if (outcome == Outcome::landed) return break_contract(*member, "ejected although everything passed");
        if (outcome == Outcome::failure && !failed_for_good(trial))
            return break_contract(*member, "ejected although no voting job failed: its builds were stopped");
    }
    for (Item* member : members) {
        member->attempt.id = trial.attempt.id;
        tell_report(*member, outcome, reason);
        take_out(*member, outcome, reason);
    }
}

bool Gate::time_out(Item& trial) {
    if (!check_trial(trial, "timed out")) return false;
    if (trial.attempt.merge != MergeState::clean || !trial.attempt.prepared) return false;
    if (paused(*trial.queue)) return false;  // nobody let them run
    bool any = false;
    for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i) {
        if (trial.attempt.slots[i].result != Result::none) continue;
        any = true;
        stop_slot(trial, i, Result::timeout);
        const Job& job = *trial.attempt.graph->jobs[i];
        Event e = event(EventKind::job_failed_without_build, trial);
        e.job = job.id;
        e.voting = job.voting;
        e.result = Result::timeout;
        e.build = trial.attempt.slots[i].build;
        outside_.tell(e);
    }
    if (any) tell_if_tested(trial);
    if (any) stir(trial);
    return any;
}

void Gate::revert(const Queue& queue, ChangeId change) {
    const bool ours = std::find(queue.landed.begin(), queue.landed.end(), change) != queue.landed.end();
    if (broken_.empty() && (!ours || !relaxed(queue).untested))
        broken_ = "the strategy of pipeline " + pipeline(queue).name + " reverts " + cast_.changes[change].name +
                  ", which queue " + *queue.name + (ours ? " landed tested" : " did not land");
    if (!broken_.empty() || !outside_.revert(change)) return;
    reviews_[change].landed = 0;
    unsettle_dependents(change);
}

}  // namespace gatesim
