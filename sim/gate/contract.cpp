// The contract, checked at every action of a strategy, whatever the strategy and the build type. (CONTRACT.md)
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/groups.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

namespace {

/// So many resets of one item in a row, with nothing that happened ahead of it in between, are a strategy that never
/// gets anywhere.
constexpr int kMostIdleResets = 100;

/// Of a change and one it needs behind it, which can change places again and again until something ends. After half of
/// that Zuul's own rule is taken to be at fault (Queue::restless).
constexpr int kMostEntangledResets = 10'000;

/// Whether stopping the item's builds would throw anything away.
bool has_work(const Item& item) {
    for (const JobSlot& slot : item.attempt.slots)
        if (slot.request != kNone || slot.held != kNone || slot.unreported) return true;
    for (const JobSlot& slot : item.attempt.slots)
        if (slot.built && slot.result != Result::canceled && slot.result != Result::skipped) return true;
    return false;
}

}  // namespace

void Gate::break_contract(const Item& item, const std::string& why) {
    if (broken_.empty())
        broken_ = "change " + name_of(item) + " in queue " + *item.queue->name + " of pipeline " +
                  pipeline(*item.queue).name + ": " + why;
}

// ------------------------------------------------------------ whose items, and where to

bool Gate::may(const Item& item, const char* action) {
    if (!looked_at_) return true;
    if (item.id >= items_.size() || items_[item.id].get() != &item) {
        if (broken_.empty())
            broken_ = "the strategy of pipeline " + pipeline(*looked_at_).name + " wants an item " + action +
                      " that has left queue " + *looked_at_->name;
        return false;
    }
    if (item.queue != looked_at_)
        break_contract(item, std::string(action) + " while the strategy was looking at queue " + *looked_at_->name);
    else if (item.detached)
        break_contract(item, std::string(action) + " although it has left the queue and runs on outside");
    else
        return true;
    return false;
}

bool Gate::may_go_behind(const Item& item, const Item* onto) {
    if (!onto) return true;
    if (!may(*onto, "built upon")) return false;
    if (onto->sequence < item.sequence) return true;
    break_contract(item, "re-based on " + name_of(*onto) + ", which is not in front of it");
    return false;
}

// ------------------------------------------------------------ the final word

bool Gate::check_chain(const Item& item, const char* what) {
    const auto& chain = item.attempt.chain;
    const auto& landed = item.queue->landed;  // also what somebody has reverted since: it did come to be
    for (std::size_t i = 0; i + 1 < chain.size(); ++i)
        if (!landings_.landed(chain[i]) && !mate_of(item, chain[i]) &&
            std::find(landed.begin(), landed.end(), chain[i]) == landed.end()) {
            break_contract(item, std::string(what) + " on a state that never came to be: " +
                                     cast_.changes[chain[i]].name + ", which was ahead in its builds, has not landed");
            return false;
        }
    return true;
}

bool Gate::check_verdict(const Item& item, Outcome outcome) {
    if (!complete(item)) {
        break_contract(item, "a verdict on an item whose jobs have not ended");
    } else if (pipeline(*item.queue).manager == Manager::dependent) {
        bool stopped = false;
        for (const JobSlot& slot : item.attempt.slots) stopped |= slot.result == Result::canceled;
        if (ahead_of_all(item))
            break_contract(item, "a verdict on an item that has another one ahead");
        else if (outcome == Outcome::failure && stopped && !failed_for_good(item) && !failing_need(item) &&
                 !item.attempt.held)
            break_contract(item, "ejected although no voting job failed: its builds were stopped");
        else if (outcome != Outcome::config_error)
            check_chain(item, "ejected for what was found");
    }
    return broken_.empty();
}

bool Gate::check_landing(const Item& item) {
    if (ahead_of_all(item)) {
        break_contract(item, "landing with another item ahead");
    } else if (held_back(item)) {
        break_contract(item, "landing while its pipeline is frozen or paused");
    } else if (!complete(item) || !all_succeeded(item)) {
        break_contract(item, "landing without all voting jobs passed");
    } else {
        return check_needs(item) && check_tested_state(item);
    }
    return broken_.empty();
}

/// Zuul lands a change before one it needs where a new patch set or a promotion put that one behind it, but not while
/// that one is failing: it stops the builds of the change then. Where none of its jobs votes, that stops nothing.
bool Gate::check_needs(const Item& item) {
    const Item* need = relaxed(*item.queue).failing_needs ? nullptr : failing_need(item);
    const auto& jobs = item.attempt.graph->jobs;
    if (need && std::any_of(jobs.begin(), jobs.end(), [](const Job* job) { return job->voting; }))
        break_contract(item, "landing while " + name_of(*need) + ", which it needs, is failing");
    return broken_.empty();
}

/// Such a need can have been failing, so that changes behind the item went past it; then nothing calls them back.
bool Gate::need_landed_elsewhere(const Item& item) const {
    const std::vector<Need> needs = needs_of(item.change);
    return std::any_of(needs.begin(), needs.end(), [&](const Need& need) { return reviews_[need.change].elsewhere; });
}

/// What this queue landed since the attempt was prepared must be the chain that was tested, in its order. A change of
/// the chain may also have landed by another way.
///
/// That is where the reference is not sound, and excused as far as it goes: it moves nothing away from a change that
/// landed by another way while it stood in the queue. What is behind such a one keeps its tests although a change
/// between the two began or ceased to fail. So such a landing may miss, or go past, what landed behind that one.
bool Gate::check_tested_state(const Item& item) {
    const auto& chain = item.attempt.chain;
    const auto& sequence = item.queue->landed;
    const auto missed = [&](std::size_t at) {
        break_contract(item, "landing on a state it was not tested on: " + cast_.changes[sequence[at]].name +
                                 " landed and was not in its builds");
        return false;
    };
    Queue::Checked& checked = item.queue->checked.open();
    const bool goes_on = checked.chain.begins(chain) && checked.queue_landings == item.attempt.queue_landings;
    std::size_t next = goes_on ? checked.next : std::size_t{item.attempt.queue_landings};
    bool by_others = goes_on && checked.excused;
    const bool by_need = need_landed_elsewhere(item);
    bool excused = by_others || by_need;
    for (std::size_t i = goes_on ? checked.chain.size() : 0; i + 1 < chain.size(); ++i) {
        const auto found = std::find(sequence.begin() + static_cast<std::ptrdiff_t>(std::min(next, sequence.size())),
                                     sequence.end(), chain[i]);
        if (found != sequence.end()) {
            const auto at = static_cast<std::size_t>(found - sequence.begin());
            if (at != next && !excused) return missed(next);
            next = at + 1;
        } else if (!landings_.landed(chain[i]) && !mate_of(item, chain[i])) {  // a mate lands at the same instant
            break_contract(item, "landing on a state it was not tested on: " + cast_.changes[chain[i]].name +
                                     ", which was ahead in its builds, has not landed");
            return false;
        }
        by_others |= reviews_[chain[i]].elsewhere;
        excused |= by_others;
    }
    checked = {};
    if (!by_need && !item.cycle) checked = {chain->without_last(), item.attempt.queue_landings, next, by_others};
    if (next != sequence.size() && !excused) return missed(next);
    // One that waits for a change it needs is passed by; when that comes back behind it, with a new patch set, it
    // lands.
    if (item.sequence < item.queue->last_landed_sequence && !excused && item.needless)
        break_contract(item, "landing out of queue order");
    return broken_.empty();
}

bool Gate::check_detach(const Item& item) {
    const bool failed =
        item.attempt.merge == MergeState::conflict || item.attempt.config_error || failed_for_good(item);
    if (item.reported)
        break_contract(item, "sent outside after its report");
    else if (!item.live || item.ahead || pipeline(*item.queue).manager != Manager::dependent)
        break_contract(item, "sent outside although it is not the front of a gate");
    else if (!failed)
        break_contract(item, "ejected without a cause: sent outside although nothing of it has failed");
    else
        check_chain(item, "ejected for what was found");
    return broken_.empty();
}

bool Gate::failed_for_good(const Item& item) const {
    for (std::size_t i = 0; i < item.attempt.slots.size(); ++i)
        if (item.attempt.graph->jobs[i]->voting && is_red(item.attempt.slots[i].result)) return true;
    return false;
}

// ------------------------------------------------------------ progress

/// Whether a change it needs stands behind it, or one that needs it in front: then both can be in each other's way, and
/// change places again and again until something ends.
bool Gate::is_entangled(const Item& item) const {
    const auto stands = [&](ChangeId change, bool behind) {
        return std::any_of(items_of_[change].begin(), items_of_[change].end(), [&](const Item* other) {
            return other->queue == item.queue && (other->sequence > item.sequence) == behind;
        });
    };
    const Change& change = cast_.changes[item.change];
    const auto any = [&](const std::vector<ChangeId>& changes, bool behind) {
        return std::any_of(changes.begin(), changes.end(), [&](ChangeId other) { return stands(other, behind); });
    };
    return any(change.git_parents, true) || any(change.depends_on, true) || any(git_children_[item.change], false) ||
           any(depends_users_[item.change], false);
}

/// `fresh`: it starts anew; else its builds are stopped only.
void Gate::count_reset(Item& item, bool fresh) {
    if (fresh ? !item.attempt.prepared : !has_work(item)) return;
    const Happenings& happenings = item.queue->happenings;
    item.idle_resets = happenings.any_ahead(item.sequence, item.reset_at) ? 1 : item.idle_resets + 1;
    item.reset_at = happenings.now();
    const int most = is_entangled(item) ? kMostEntangledResets : kMostIdleResets;
    if (item.idle_resets > most / 2) never_at_rest(*item.queue);
    if (item.idle_resets > most)
        break_contract(item, "stopped " + std::to_string(item.idle_resets) +
                                 " times in a row although nothing happened ahead of it: no failure, no departure");
}

/// Whether the item is kept from its end by what no strategy can change: there is nothing left to do for it.
bool Gate::hangs(const Item& item) const {
    const Attempt& attempt = item.attempt;
    if (!item.live || held_by_ahead(item) || !attempt.prepared || ended(item)) return false;
    if (attempt.merge != MergeState::clean || !attempt.graph) return false;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        const JobSlot& slot = attempt.slots[i];
        const Job& job = *attempt.graph->jobs[i];
        if (slot.built || slot.request != kNone || slot.unreported || !parents_succeeded(attempt, i)) continue;
        if (groups_ && groups_->waits(item, i)) continue;
        if (!job.semaphore) return false;
        const SemaphoreState& semaphore = semaphores_[job.semaphore->semaphore];
        const Held self{item.id, job.id};
        const auto& holders = semaphore.holders;
        const bool mine = may_take(semaphore, self) || std::find(holders.begin(), holders.end(), self) != holders.end();
        if (mine || (job.semaphore->resources_first && !slot.has_nodes)) return false;
    }
    return true;
}

namespace {

/// Of whose run nobody will ever hear, or whose run hangs; empty if that is not what it waits for. Asked when nothing
/// is left to happen: what still runs then never ends.
std::string endless_run(const Gate& gate, const Item& item) {
    for (std::size_t i = 0; i < item.attempt.slots.size(); ++i) {
        const JobSlot& slot = item.attempt.slots[i];
        const bool runs = slot.built && slot.result == Result::none;
        if (!runs && !slot.unreported) continue;
        const Scenario& scenario = gate.scenario();
        const std::string run = scenario.job_names[item.attempt.graph->jobs[i]->id] + " of " + gate.change(item).name;
        return (runs ? run + " hangs" : "nobody will ever hear of " + run) + ", and no time limit ends that";
    }
    return {};
}

}  // namespace

std::string Gate::account_for_the_rest() {
    const std::vector<const Item*> rest = remaining();
    std::set<const Queue*> hung;  // asked only whether a queue is in it
    for (const Item* item : rest)
        if (hangs(*item) || frozen(*item->queue) || paused(*item->queue) ||
            (item->live && item->queue && item->queue->state &&
             !pipelines_[item->queue->pipeline]->strategy->waits_for_ever(*item->queue).empty()))
            hung.insert(item->queue);
    std::vector<const Item*> undecided;
    std::vector<const Item*> stuck;
    for (const Item* item : rest)
        if (item->live && !item->trial) (hung.count(item->queue) ? stuck : undecided).push_back(item);
    const auto names = [this](const std::vector<const Item*>& items) {
        std::string text;
        for (std::size_t i = 0; i < items.size() && i < 10; ++i) text += (i ? ", " : "") + name_of(*items[i]);
        return text + (items.size() > 10 ? " … " + std::to_string(items.size()) + " in all" : "");
    };
    if (undecided.empty() || !broken_.empty()) {
        std::string why;
        for (const Item* item : rest)
            if (!hung.count(item->queue))
                continue;
            else if (frozen(*item->queue) || paused(*item->queue))
                why = frozen(*item->queue) ? "their pipeline is frozen and never thawed"
                                           : "their pipeline is paused for ever";
            else if (why.empty() && hangs(*item))
                why = endless_run(*this, *item);
            else if (why.empty() && item->live && item->queue->state)
                why = pipelines_[item->queue->pipeline]->strategy->waits_for_ever(*item->queue);
        return names(stuck) + (why.empty() ? "" : ", because " + why);
    }
    broken_ = std::to_string(undecided.size()) + (undecided.size() == 1 ? " change was" : " changes were") +
              " never decided, although nothing is left to happen: " + names(undecided);
    return names(stuck);
}

}  // namespace gatesim
