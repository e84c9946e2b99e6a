// Trials: states of a strategy's own choice, tested beside the queue. (CONTRACT.md)
#include <algorithm>
#include <utility>
#include <functional>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"
#include "model/mixed.hpp"

namespace gatesim {

namespace {

/// A trial that is retried so often is never going to be decided; trouble from outside may take longer to pass.
constexpr int kMostRetries = 100;

/// A queue whose timers rang so often while nothing else happened waits for nothing.
constexpr int kMostIdleTimers = 10000;

}  // namespace

// ------------------------------------------------------------ opening

Item& Gate::new_trial(Queue& queue, ChangeId tip, std::uint64_t sequence) {
    Item& trial = new_item(tip, cast_.changes[tip].patchset);
    trial.sequence = sequence;
    trial.queue = &queue;
    trial.trial = true;
    trial.branch = queue.branch;
    trial.attempt.queue_landings = static_cast<std::uint32_t>(queue.landed.size());
    queue.trials.open().push_back(&trial);
    return trial;
}

Item* Gate::find(const Queue& queue, ChangeId change) const {
    for (Item* item : items_of_[change])
        if (item->queue == &queue && item->live && !item->detached && !item->parked) return item;
    return nullptr;
}

bool Gate::may_follow(std::span<Item* const> chain, const Item& item) const {
    const Change& c = cast_.changes[item.change];
    if (c.git_parents.empty() && c.depends_on.empty()) return true;
    for (const Need& need : needs_of(item.change)) {
        if (reviews_[need.change].has_landed(need.patchset)) continue;
        if (std::none_of(chain.begin(), chain.end(), [&](const Item* other) {
                return other->change == need.change && other->patchset == need.patchset;
            }))
            return false;
    }
    return true;
}

Item* Gate::open_trial(Queue& queue, std::span<Item* const> chain, std::size_t members, std::span<const JobId> only) {
    if (chain.empty() || members == 0 || members > chain.size()) {
        if (broken_.empty()) broken_ = "a trial of nothing in queue " + *queue.name;
        return nullptr;
    }
    const auto not_after = [](const Item* a, const Item* b) { return a->sequence >= b->sequence; };
    std::vector<const Item*> each;  // in the order of the queue nothing can stand twice
    if (std::adjacent_find(chain.begin(), chain.end(), not_after) != chain.end())
        each.assign(chain.begin(), chain.end());
    std::sort(each.begin(), each.end(), std::less<>());  // to be asked about, never to be gone through
    const auto twice = std::adjacent_find(each.begin(), each.end());
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (!may(*chain[i], "tested")) return nullptr;
        const bool again = twice != each.end() && chain[i] == *twice;
        if (chain[i]->trial || !chain[i]->live || again) {
            break_contract(*chain[i], "tested twice in one state, or without being in the queue");
            return nullptr;
        }
        if (!may_follow(chain.first(i), *chain[i])) {
            break_contract(*chain[i],
                           "tested without a change it needs, which has neither landed nor stands before it");
            return nullptr;
        }
    }
    // Most trials are another one and one more change; those of a window stand in that order.
    const Item* before = chain.size() > 1 ? chain[chain.size() - 2] : nullptr;
    const Item* base = before && !before->endings.empty() ? before->endings.back() : nullptr;
    Item& trial = new_trial(queue, chain.back()->change, chain.back()->sequence);
    std::vector<ChangeId> changes;
    std::vector<ItemId> parts;
    for (const Item* item : chain) {
        changes.push_back(item->change);
        parts.push_back(item->id);
        trial.heads = mixed(mixed(trial.heads, item->change + 1), static_cast<std::uint64_t>(item->patchset));
    }
    trial.only.open().assign(only.begin(), only.end());
    using Changes = SharedList<ChangeId>;
    using Parts = SharedList<ItemId>;
    trial.attempt.chain = base ? Changes::after(base->attempt.chain, changes) : Changes(changes);
    trial.parts = base ? Parts::after(base->parts, parts) : Parts(parts);
    trial.members = static_cast<std::uint32_t>(members);
    chain.back()->endings.open().push_back(&trial);
    Event e = event(EventKind::trial_opened, trial);
    e.chain = trial.attempt.chain->without_last();
    e.members = trial.parts->span().last(members);
    outside_.tell(e);
    note_opened(trial);
    return &trial;
}

Item* Gate::open_probe(Queue& queue, Landings::Mark mark, std::span<const ChangeId> changes) {
    bool fine = mark <= landings_.mark();
    const auto reverted = [&](ChangeId change) {  // meanwhile, by somebody: it was on the branch all the same
        const auto undone = landings_.undone();
        return std::any_of(undone.begin(), undone.end(), [&](const auto& one) { return one.change == change; });
    };
    for (ChangeId change : changes) fine &= landings_.landed(change) || reverted(change);
    if (!fine) {
        if (broken_.empty()) broken_ = "a probe of a branch that never was, in queue " + *queue.name;
        return nullptr;
    }
    std::vector<ChangeId> chain(changes.begin(), changes.end());
    for (Landings::Mark place = mark; chain.empty() && place > 0; --place)  // any that is in the state gives it a name
        if (const ChangeId last = landings_.order()[place - 1]; landings_.landed_before(last, mark)) chain = {last};
    if (chain.empty()) return nullptr;
    Item& trial = new_trial(queue, chain.back(), 0);
    trial.probe = true;
    trial.members = static_cast<std::uint32_t>(chain.size());
    trial.attempt.chain = SharedList<ChangeId>(chain);
    trial.attempt.base = mark;
    Event e = event(EventKind::trial_opened, trial);
    e.chain = trial.attempt.chain->without_last();
    outside_.tell(e);
    note_opened(trial);
    return &trial;
}

// ------------------------------------------------------------ work

const JobGraph& Gate::graph_of_trial(const Item& trial) {
    std::vector<const JobGraph*> graphs;
    for (ChangeId change : trial.attempt.chain->span().last(trial.members)) {
        const JobGraph* graph = &graph_of(change, trial.queue->pipeline);
        if (std::find(graphs.begin(), graphs.end(), graph) == graphs.end()) graphs.push_back(graph);
    }
    if (graphs.size() == 1) return *graphs.front();
    std::unique_ptr<JobGraph>& known = pipelines_[trial.queue->pipeline]->united[graphs];
    if (!known) known = united(graphs);
    return *known;
}

bool Gate::advance(Item& trial) {
    if (!may(trial, "tested") || !prepare(trial)) return false;
    const bool asked = request_nodes(trial);
    start_builds(trial);
    return asked;
}

bool Gate::retry(Item& trial) {
    if (!may(trial, "retried")) return false;
    if (!trial.trial) {
        break_contract(trial, "retried as a trial, which it is not");
        return false;
    }
    const bool outside = red_from_outside(trial);
    bool any = false;
    for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i) {
        const JobSlot& slot = trial.attempt.slots[i];
        if (!trial.attempt.graph->jobs[i]->voting || !is_red(slot.result)) continue;
        any = true;
        forget_build(trial, i);
        trial.attempt.slots.open()[i].tries = 0;  // lost runs are counted anew
        for (std::uint16_t d : trial.attempt.graph->descendants[i])
            if (trial.attempt.slots[d].built) forget_build(trial, d);
    }
    for (std::size_t i = 0; any && i < trial.attempt.slots.size(); ++i)  // what failed and does not vote runs no more
        if (const Result r = trial.attempt.slots[i].result; r != Result::none && r != Result::success)
            skip(trial, trial.attempt.graph->descendants[i]);
    const auto promised = static_cast<int>(pipelines_[trial.queue->pipeline]->strategy->repeats());
    if (std::exchange(trial.reset_at.open(), progress_) != progress_)  // somebody got somewhere: it counts anew
        trial.idle_resets = trial.outside_retries = 0;
    const int most = outside ? static_cast<int>(Repeats::kMostOutside) : kMostRetries + promised;
    if (any && ++(outside ? trial.outside_retries : trial.idle_resets).open() > most)
        break_contract(trial, "retried more than " + std::to_string(most) + " times");
    if (any) stir(trial);
    return any;
}

bool Gate::covers(const Item& trial, const Item& item) {
    const JobGraph* graph = trial.attempt.graph;
    return graph && gatesim::covers(*graph, graph_of(item.change, trial.queue->pipeline));
}

// ------------------------------------------------------------ what can still come to be

/// It left its queue without landing.
void Gate::refute_with(const Item& gone) {
    for (Item* trial : gone.queue->trials) {
        if (trial->departed) continue;
        const auto rest = rest_of(*trial);
        trial->departed = std::find(rest.begin(), rest.end(), gone.id) != rest.end();
        trial->refuted |= trial->departed;
        if (!trial->departed) continue;
        stir(*trial);
        Reason spoilt = gone.leaves;
        if (gone.reported && gone.leaves->why != Why::promoted) spoilt = {Why::ahead_left, kNone, kNone, kNone};
        spoilt.change = gone.change;
        trial->spoilt = spoilt;
        trial->spoilt_by = gone.reported ? ItemId{gone.id} : kNone;
    }
}

/// A change of this queue landed: states that have it next have come nearer, others are refuted.
void Gate::note_landing(const Item& landed) {
    const bool independence = relaxed(*landed.queue).independence;
    const bool stale_base = relaxed(*landed.queue).stale_base;
    const Strategy& strategy = *pipelines_[landed.queue->pipeline]->strategy;
    for (Item* trial : landed.queue->trials) {
        if (trial->refuted || trial->probe) continue;
        const auto rest = rest_of(*trial);
        if (!rest.empty() && rest.front() == landed.id)
            ++trial->landed_ahead;
        else if (!independence)
            trial->refuted = !stale_base;
        else if (std::find(rest.begin(), rest.end(), landed.id) == rest.end())
            trial->refuted = !strategy.independent(*this, landed, *trial);
        if (!trial->refuted) continue;
        trial->overtaken = landed.change;
        stir(*trial);
    }
}

// ------------------------------------------------------------ asking

const Relaxations& GateState::relaxed(const Queue& queue) const {
    return pipelines_[queue.pipeline]->relaxed;
}

/// False if it is no good to ask for one more timer.
bool Gate::armed(Queue& queue) {
    const Happenings::Moment now = queue.happenings->now() + queue.landed.size() + next_attempt_;
    queue.idle_timers = queue.armed_at == now ? queue.idle_timers + 1 : 1;
    queue.armed_at = now;
    const int most = frozen(queue) || paused(queue) ? 100 * kMostIdleTimers : kMostIdleTimers;
    if (queue.idle_timers <= most) return true;
    give_up(queue, "armed " + std::to_string(kMostIdleTimers) + " timers in a row while nothing happened");
    return false;
}

void Gate::arm(Queue& queue, std::uint64_t tag, Time after) {
    if (after < 0)
        give_up(queue, "armed a timer for a time that is over");
    else if (armed(queue))
        outside_.arm(queue.id, tag, after);
}

void Gate::arm_in_step(Queue& queue, std::uint64_t tag, Time first, Time every) {
    if (first < 0 || every <= 0)
        give_up(queue, "armed a timer in steps of no time");
    else if (armed(queue))
        outside_.arm_in_step(queue.id, tag, first, every);
}

void Gate::give_up(const Queue& queue, const std::string& why, bool to_blame) {
    if (broken_.empty()) blameless_ = !to_blame;
    if (broken_.empty())
        broken_ = "the strategy of pipeline " + pipeline(queue).name + ", queue " + *queue.name + ": " + why;
    else
        broken_ += "\n" + why;
}

const Foresight* Gate::foresight(const Queue& queue) const {
    return relaxed(queue).signals ? &outside_.foresight() : nullptr;
}

const Omniscience* Gate::omniscience(const Queue& queue) const {
    return relaxed(queue).omniscient ? &outside_.omniscience() : nullptr;
}

}  // namespace gatesim
