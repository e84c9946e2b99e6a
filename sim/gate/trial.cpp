// Trials: states of a strategy's own choice, tested beside the queue. (CONTRACT.md)
#include <algorithm>
#include <utility>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

namespace {

/// A trial that is retried so often is never going to be decided; trouble from outside may take longer to pass.
constexpr int kMostRetries = 100;

/// A queue whose timers rang so often while nothing else happened waits for nothing.
constexpr int kMostIdleTimers = 10000;

}  // namespace

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
