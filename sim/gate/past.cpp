// What a gate hears of the world beside its own doing: landings past the queue, and words of people.
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

/// Something landed that `by` did not test, or that nobody did: what the other queues of its project tested is void,
/// and whoever stands there and has landed so has nothing left to wait for.
void Gate::landed_past(ChangeId change, const Queue* by) {
    const ProjectId project = cast_.changes[change].project;
    for (PipelineId p = 0; p < pipelines_.size(); ++p) {
        Queue* queue = scenario_.pipelines[p].manager == Manager::dependent ? static_queue(project, p) : nullptr;
        if (!queue || queue == by) continue;
        ++queue->branch;
        queue->happenings.open().note(0, queue->front_sequence());
        touch(*queue);
        const Relaxations& relax = relaxed(*queue);
        if (relax.past_queue) continue;
        outside_.wake();  // the pipeline may have had its turn already
        if (!relax.stale_base)
            for (Item* trial : queue->trials) {
                if (trial->probe || trial->refuted) continue;
                trial->refuted = true;
                trial->spoilt = {Why::branch_moved, kNone, kNone, kNone};
                stir(*trial);
            }
        std::vector<Item*> merged;
        for (Item* item : items_of_[change])
            if (item->queue == queue && landed(*item)) merged.push_back(item);
        for (Item* item : merged) remove(*item, Outcome::removed, {Why::merged_past, change, kNone, kNone});
    }
}

void Gate::hear(ChangeId change, PipelineId pipeline, Heard notice) {
    if (!pipelines_[pipeline]->strategy->listens()) return;
    Queue* queue = static_queue(cast_.changes[change].project, pipeline);
    if (!queue) return;
    queue->heard.push_back(notice);
    touch(*queue);
}

void Gate::priority_set(ChangeId change, bool news) {
    for (const auto& state : pipelines_) state->forget_covered(change);
    exemptions_change();
    for (PipelineId p = 0; p < pipelines_.size(); ++p) hear(change, p, {Heard::Kind::priority, change, kNone, news});
    outside_.wake();
}

void Gate::promote_by_priority(const Queue& queue, const std::vector<Need>& changes) {
    int highest = 0;
    for (const Item* item = queue.first; item; item = item->next)
        highest = std::max(highest, cast_.changes[item->change].priority);
    for (auto said = changes.rbegin(); said != changes.rend(); ++said) {
        cast_.changes[said->change].priority = ++highest;
        for (const auto& state : pipelines_) state->forget_covered(said->change);
        hear(said->change, queue.pipeline, {Heard::Kind::priority, said->change, kNone, true});
    }
    exemptions_change();
}

void Gate::single_set(ChangeId change) {
    for (PipelineId p = 0; p < pipelines_.size(); ++p) hear(change, p, {Heard::Kind::single, change, kNone, true});
    outside_.wake();
}

void Gate::presubmits_passed(ChangeId change) {
    for (PipelineId p = 0; p < pipelines_.size(); ++p)
        if (const Queue* queue = static_queue(cast_.changes[change].project, p)) {
            reviews_[change].proven = cast_.changes[change].patchset;
            reviews_[change].proven_on = queue->branch;
            return;
        }
}

bool Gate::presubmits_hold(const Item& item) const {
    const ReviewState& review = reviews_[item.change];
    return review.proven == item.patchset && review.proven_on == item.queue->branch;
}

bool Gate::closed(ChangeId change) const {
    if (!landings_.landed(change)) return false;
    for (PipelineId p = 0; p < pipelines_.size(); ++p)
        if (static_queue(cast_.changes[change].project, p) && pipelines_[p]->strategy->pull_requests()) return true;
    return false;
}

void Gate::tell_batch(const Queue& queue, std::int64_t number, std::span<const ChangeId> changes, bool over, Why why) {
    Event e;
    e.kind = over ? EventKind::batch_over : EventKind::batch_began;
    e.pipeline = queue.pipeline;
    e.queue = queue.id;
    e.value = number;
    e.chain = changes;
    e.reason.why = why;
    outside_.tell(e);
}

}  // namespace gatesim
