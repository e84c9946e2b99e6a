// One iteration: management, results, triggers, then every pipeline's passes. (Zuul 3.8,
// zuul/scheduler.py: Scheduler.run; zuul/manager/__init__.py: processQueue.)
#include <algorithm>
#include <utility>

#include "gate/gate.hpp"
#include "gate/greens.hpp"
#include "gate/groups.hpp"
#include "gate/pipeline_state.hpp"
#include "gate/standstill.hpp"

namespace gatesim {

Gate::Gate(const Scenario& scenario, Cast& cast, Landings& landings, Outside& outside,
           std::vector<std::unique_ptr<Strategy>> strategies)
    : GateState(scenario, cast, landings, outside) {
    for (PipelineId p = 0; p < scenario.pipelines.size(); ++p) {
        auto state = std::make_unique<PipelineState>();
        state->strategy = std::move(strategies[p]);
        state->relaxed = state->strategy->relaxations();
        state->queue_of_project.resize(scenario.projects.size());
        state->config_of.resize(scenario.projects.size());
        state->graphs_of.resize(scenario.projects.size());
        for (ProjectId project = 0; project < scenario.projects.size(); ++project)
            for (const ProjectPipeline& config : scenario.projects[project].pipelines)
                if (config.pipeline == p) {
                    state->config_of[project] = &config;
                    state->graphs_of[project] = std::make_unique<JobGraphs>(config);
                    for (const Job& job : config.jobs) {
                        state->holds |= job.hold_following_changes;
                        if (job.concurrency && !groups_) groups_ = std::make_unique<Groups>(*this);
                        if (job.reuses_green && !greens_) greens_ = std::make_unique<Greens>(*this);
                    }
                }
        pipelines_.push_back(std::move(state));
    }
    for (const auto& state : pipelines_) circles_ |= state->strategy->allows_circular();
    for (PipelineId p = 0; p < scenario.pipelines.size(); ++p)
        if (scenario.pipelines[p].manager == Manager::dependent) open_shared_queues(p);
}

Gate::~Gate() = default;

GateState::GateState(const Scenario& scenario, Cast& cast, Landings& landings, Outside& outside)
    : scenario_(scenario),
      cast_(cast),
      landings_(landings),
      outside_(outside),
      semaphores_(scenario.semaphores.size()) {
    for (std::size_t i = 0; i < semaphores_.size(); ++i) semaphores_[i].limit = scenario.semaphores[i].limit;
}

GateState::~GateState() = default;

void Gate::never_at_rest(Queue& queue) {
    if (queue.restless) return;
    queue.restless = true;
    Event e;
    e.kind = EventKind::never_at_rest;
    e.pipeline = queue.pipeline;
    e.queue = queue.id;
    outside_.tell(e);
}

void Gate::iterate(std::uint64_t wave) {
    if (!broken_.empty()) return;
    wave_ = wave;
    // Handling may add to the inboxes of the next iteration only through Outside, which answers in a later wave.
    auto management = std::move(management_);
    auto triggers = std::move(triggers_);
    management_.clear();
    triggers_.clear();
    for (const auto& [queue, tag] : std::exchange(rings_, {})) {
        if (!queues_[queue]) continue;
        queues_[queue]->rung.push_back(tag);
        touch(*queues_[queue]);
    }
    // What is said of a change that comes in at this very instant is heard once it is there.
    const auto comes = [&](const Management& event) {
        if (!pipelines_[event.pipeline]->strategy->waits_for_who_comes()) return false;
        return std::any_of(event.changes.begin(), event.changes.end(), [&](const Need& said) {
            return !in_pipeline(said.change, event.pipeline) &&
                   std::any_of(triggers.begin(), triggers.end(), [&](const Trigger& trigger) {
                       return trigger.kind != Trigger::Kind::abandon && trigger.change == said.change;
                   });
        });
    };
    const auto later = std::stable_partition(management.begin(), management.end(),
                                             [&](const Management& event) { return !comes(event); });
    // What it drops is handled with the results.
    std::for_each(management.begin(), later, [&](const Management& event) { handle(event); });
    handling_.swap(finished_);  // swapped and not moved: most iterations handle a result or two, and need no new memory
    for (const Finished& event : handling_) handle(event);
    for (const Trigger& event : triggers) handle(event);
    std::for_each(later, management.end(), [&](const Management& event) { handle(event); });
    handling_.clear();
    for (PipelineId p = 0; p < pipelines_.size(); ++p) pass(p);
    for (auto& item : graveyard_) {
        item->behind.open().clear();
        spare_.push_back(std::move(item));
    }
    graveyard_.clear();
    for (QueueId id : dropped_) queues_[id].reset();
    dropped_.clear();
}

void Gate::watch() {
    standstill_ = std::make_unique<Standstill>(*this);
}

void Gate::heard(const Event& event) {
    if (standstill_) standstill_->hear(event);
}

void Gate::tell_waits() {
    if (standstill_ && broken_.empty()) standstill_->tell(outside_);
}

void Gate::build_started() {
    const auto left = [](const auto& state) { return !state->dirty.empty(); };
    if (std::any_of(pipelines_.begin(), pipelines_.end(), left)) outside_.wake();
}

void Gate::pass(PipelineId pipeline) {
    constexpr int kMostPasses = 100'000;          // per iteration; Zuul needs a handful
    constexpr int kNeverAtRest = 2'000;           // more than this, and Zuul would go on for ever
    constexpr std::uint64_t kMostWaves = 20'000;  // of one instant; a third of what the calendar allows
    PipelineState& state = *pipelines_[pipeline];
    make_way(pipeline);
    bool changed = true;
    for (int passes = 0; changed && broken_.empty(); ++passes) {
        if (passes == kMostPasses) {
            broken_ = "the strategy of pipeline " + scenario_.pipelines[pipeline].name +
                      " never settles: it reported a change in " + std::to_string(kMostPasses) +
                      " passes of one instant";
            return;
        }
        changed = false;
        if (scenario_.relative_priority)  // whoever leaves one queue may move those of others up
            for (QueueId id : state.open) stir_all(*queues_[id]);
        QueueId from = 0;
        for (;;) {
            auto next = state.dirty.lower_bound(from);
            if (next == state.dirty.end() || !broken_.empty()) break;
            Queue& queue = *queues_[*next];
            from = queue.id + 1;
            state.dirty.erase(next);
            queue.dirty = false;
            if (standstill_) standstill_->stir(queue.id);
            looked_at_ = &queue;
            ++looks_;
            const bool queue_changed = state.strategy->pass(*this, queue);
            looked_at_ = nullptr;
            if (queue.dynamic && queue.deserted()) {
                // Zuul walks the list of queues while this one is taken out of it, and so misses the next one in this
                // pass.
                drop_if_empty(queue);
                const auto missed = state.open.upper_bound(queue.id);
                if (missed != state.open.end()) from = *missed + 1;
            } else if (queue_changed) {
                if (passes > kNeverAtRest || wave_ > kMostWaves) never_at_rest(queue);
                touch(queue);
            }
            changed |= queue_changed;
        }
        if (!state.detached.empty()) look_at_detached(pipeline);
    }
    if (!state.frozen) return;
    for (QueueId id : state.open)
        if (!queues_[id]->parked.empty() && !queues_[id]->first && state.strategy->freeze_rule() == FreezeRule::waits)
            outside_.wake();  // those who went first are gone
}

void Gate::look_at_detached(PipelineId pipeline) {
    std::vector<Item*>& detached = pipelines_[pipeline]->detached;
    for (std::size_t i = 0; i < detached.size();) {
        Item& item = *detached[i];
        request_nodes(item);
        start_builds(item);
        if (!complete(item)) {
            ++i;
            continue;
        }
        detached.erase(detached.begin() + static_cast<std::ptrdiff_t>(i));
        Reason reason;
        const Outcome outcome = outcome_of(item, reason);
        tell_report(item, outcome, reason);
        bury(item);
    }
}

bool GateState::in_pipeline(ChangeId change, PipelineId pipeline) const {
    return std::any_of(items_of_[change].begin(), items_of_[change].end(),
                       [&](const Item* item) { return item->queue->pipeline == pipeline; });
}

void Gate::handle(const Management& event) {
    something_happened();
    for (const Need& said : event.changes)  // who is not there cannot be moved or taken out: that is said, at least
        if (!in_pipeline(said.change, event.pipeline)) refuse(said.change, event.pipeline, Why::not_there);
    if (event.promote) return promote_now(event);
    const auto [change, patchset] = event.changes.front();
    hear(change, event.pipeline, {Heard::Kind::dequeued, change, kNone, true});
    const Item* found =
        nullptr;  // the first in order of queues; a change can stand in several queues of a check pipeline
    for (const Item* item : items_of_[change])
        if (item->queue->pipeline == event.pipeline && item->patchset == patchset &&
            (!found || item->queue->id < found->queue->id))
            found = item;
    if (found) remove(*items_[found->id], Outcome::removed, {Why::by_hand, kNone, kNone, kNone});
}

void Gate::promote_now(const Management& event) {
    auto in_pipeline = [&](const Need& meant, const Queue* queue) -> Item* {
        Item* found = nullptr;
        for (Item* item : items_of_[meant.change])
            if (item->queue->pipeline == event.pipeline && item->patchset == meant.patchset &&
                (queue ? item->queue == queue : !found || item->queue->id < found->queue->id))
                found = item;
        return found;
    };
    if (event.changes.empty()) return;
    Item* first = in_pipeline(event.changes.front(), nullptr);
    if (!first || first->parked) return;
    Queue& queue = *first->queue;
    std::vector<Item*> order;
    for (const Need& meant : event.changes) {
        Item* item = in_pipeline(meant, &queue);
        if (!item) return;  // one of them is not there: nothing happens
        order.push_back(item);
    }
    if (pipelines_[event.pipeline]->strategy->promotes_by_priority()) return promote_by_priority(queue, event.changes);
    for (Item* item = queue.first; item; item = item->next)
        if (std::find(order.begin(), order.end(), item) == order.end()) order.push_back(item);
    come_again(queue, order, event.changes.front().change);
}

/// Takes items out of their queue and adds them again in this order, as if they had come so: what was tested of them is
/// thrown away. `because`: who was moved up. With those behind: each brings along who needs it, as whoever comes does.
void Gate::come_again(Queue& queue, const std::vector<Item*>& order, ChangeId because, bool with_those_behind) {
    const PipelineId pipeline = queue.pipeline;
    const Reason reason{Why::promoted, because, kNone, kNone};
    std::vector<Need> again;
    for (const Item* item : order) again.push_back({item->change, item->patchset});
    std::vector<Item*> leaving = order;
    std::sort(leaving.begin(), leaving.end(), [](const Item* a, const Item* b) { return a->sequence < b->sequence; });
    leaving.erase(std::unique(leaving.begin(), leaving.end()), leaving.end());  // somebody may name one twice
    for (Item* item : leaving) {
        cancel(*item, true, reason, kNone);
        take_out(*item, Outcome::removed, reason);
    }
    Ask ask;
    ask.why = Why::promoted;
    ask.because = because;
    ask.quiet = true;
    ask.ignore_requirements = true;
    ask.with_those_behind = with_those_behind;
    for (const Need& one : again) {
        std::vector<ChangeId> history;
        add(one.change, one.patchset, pipeline, nullptr, ask, history);
    }
    drop_if_empty(queue);
}

/// Who jumps the queue goes to its front as if somebody promoted it; so does who comes back to there.
void Gate::let_jump(const Trigger& event) {
    const bool returns = event.why == Why::came_back && scenario_.load.after_ejection.at_front;
    if (!cast_.changes[event.change].jumps && !returns) return;
    if (scenario_.pipelines[event.pipeline].manager != Manager::dependent) return;
    const Item* item = live_item(event.change, event.patchset, event.pipeline);
    if (item && item->queue->first != item) promote_now({true, {{event.change, event.patchset}}, event.pipeline});
}

void Gate::handle(const Trigger& event) {
    if (event.kind == Trigger::Kind::enqueue) {
        Ask ask;
        ask.why = event.why;
        hear(event.change, event.pipeline,
             {Heard::Kind::enqueued, event.change, kNone, event.why != Why::new_patchset});
        std::vector<ChangeId> history;
        const bool new_here = !live_item(event.change, event.patchset, event.pipeline);
        if (!add(event.change, event.patchset, event.pipeline, nullptr, ask, history)) {
            if (ask.why == Why::needs_check)
                stop_waiting(event.change, event.pipeline, event.patchset, Why::check_failed);
        } else if (new_here) {
            let_jump(event);
        }
        return;
    }
    something_happened();
    exemptions_change();
    if (event.kind == Trigger::Kind::new_patchset)
        stop_waiting(event.change, kNone, event.patchset - 1, Why::new_patchset);
    for (PipelineId p = 0; p < scenario_.pipelines.size(); ++p) {
        const Pipeline& pipeline = scenario_.pipelines[p];
        const bool abandoned = event.kind == Trigger::Kind::abandon;
        hear(event.change, p,
             {abandoned ? Heard::Kind::dequeued : Heard::Kind::new_patchset, event.change, kNone, true});
        if (abandoned || pipeline.dequeue_on_new_patchset || pipelines_[p]->strategy->pull_requests()) {
            const Why why = event.why;
            std::vector<Item*> mine;
            for (Item* item : items_of_[event.change])
                if (item->live && item->queue->pipeline == p &&
                    (event.kind == Trigger::Kind::abandon ? item->patchset == event.patchset
                                                          : item->patchset < event.patchset))
                    mine.push_back(item);
            if (event.kind == Trigger::Kind::new_patchset && mine.size() > 1) mine.resize(1);
            for (Item* item : mine) remove(*item, Outcome::removed, {why, event.change, kNone, kNone});
        }
    }
    for (PipelineId p : event.pipelines) {
        std::vector<ChangeId> history;
        add(event.change, event.patchset, p, nullptr, {}, history);
    }
    if (event.kind == Trigger::Kind::new_patchset) unsettle_dependents(event.change);  // links to it are read again
}

void Gate::happened_to(const Item& item) {
    item.queue->happenings.open().note(item.sequence, item.queue->front_sequence());
}

void Gate::something_happened() {
    for (const auto& state : pipelines_)
        for (const QueueId id : state->open) queues_[id]->happenings.open().note(0, queues_[id]->front_sequence());
}

void Gate::touch(Queue& queue) {
    if (queue.dirty) return;
    queue.dirty = true;
    pipelines_[queue.pipeline]->dirty.insert(queue.id);
}

/// Something happened to it that its strategy has to see.
void Gate::stir(Item& item) {
    Queue& queue = *item.queue;
    touch(queue);
    if (!item.trial || item.stirred || !pipelines_[queue.pipeline]->strategy->follows_trials()) return;
    item.stirred = true;
    queue.stirred_.push_back(&item);
}

/// The same of all that it tests.
void Gate::stir_all(Queue& queue) {
    queue.all_stirred_ = true;
    touch(queue);
}

void Gate::unsettle(Item& item) {
    if (item.parked) return;  // once it is back it is looked at anew
    item.queue->unsettled.emplace(item.sequence, &item);
    if (item.cycle)
        for (Item* mate : item.cycle->members) mate->queue->unsettled.emplace(mate->sequence, mate);
    touch(*item.queue);
}

void Gate::unsettle_dependents(ChangeId change) {
    auto mark = [&](const std::vector<ChangeId>& users) {
        for (ChangeId user : users)
            for (Item* item : items_of_[user]) unsettle(*item);
    };
    if (git_children_[change].empty() && depends_users_[change].empty()) return;
    mark(git_children_[change]);
    mark(depends_users_[change]);
    exemptions_change();
}

Event GateState::event(EventKind kind, const Item& item) const {
    Event e;
    e.kind = kind;
    e.pipeline = item.queue->pipeline;
    e.queue = item.queue->id;
    e.item = item.id;
    e.change = item.change;
    e.patchset = item.patchset;
    e.attempt = item.attempt.id;
    return e;
}

std::string GateState::name_of(const Item& item) const {
    return cast_.changes[item.change].name;
}

std::vector<const Item*> Gate::remaining() const {
    std::vector<const Item*> result;
    for (const auto& item : items_)
        if (item) result.push_back(item.get());
    return result;
}

}  // namespace gatesim
