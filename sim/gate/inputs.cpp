// What the world tells the gate: facts of changes, and answers to what the gate asked. Each is noted; iterate() handles
// it.
#include "gate/gate.hpp"
#include "gate/greens.hpp"
#include "gate/groups.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

void Gate::know(ChangeId change) {
    const std::size_t size = static_cast<std::size_t>(change) + 1;
    if (reviews_.size() < size) {
        reviews_.resize(size);
        items_of_.resize(size);
        git_patchsets_.resize(size);
        git_children_.resize(size);
        depends_users_.resize(size);
    }
    reviews_[change].known = true;
    const Change& c = cast_.changes[change];
    auto reserve_for = [&](ChangeId other) {
        if (other >= git_children_.size()) {
            git_children_.resize(other + 1);
            depends_users_.resize(other + 1);
            reviews_.resize(other + 1);
            items_of_.resize(other + 1);
            git_patchsets_.resize(other + 1);
        }
    };
    for (ChangeId parent : c.git_parents) {
        reserve_for(parent);
        git_children_[parent].push_back(change);
        // A parent may become known after its child; it begins with its first patch set then.
        git_patchsets_[change].push_back(parent < cast_.changes.size() ? cast_.changes[parent].patchset : 1);
    }
    for (ChangeId needed : c.depends_on) {
        reserve_for(needed);
        depends_users_[needed].push_back(change);
    }
}

void Gate::enqueue(ChangeId change, PipelineId pipeline, Why why, Approves approves) {
    const bool lands = scenario_.pipelines[pipeline].manager == Manager::dependent;
    if (approves == Approves::always || (lands && approves == Approves::where_it_lands))
        reviews_[change].approved = true;
    if (lands) reviews_[change].refused = false;
    triggers_.push_back({Trigger::Kind::enqueue, change, cast_.changes[change].patchset, pipeline, why, {}});
    outside_.wake();
}

void Gate::approve(ChangeId change) {
    reviews_[change].approved = true;
    reviews_[change].refused = false;
}

void Gate::abandon(ChangeId change) {
    reviews_[change].withdrawn = true;
    cast_.changes[change].withdrawn = true;
    triggers_.push_back({Trigger::Kind::abandon, change, cast_.changes[change].patchset, kNone, Why::abandoned, {}});
    Event e;
    e.kind = EventKind::withdrawn;
    e.change = change;
    outside_.tell(e);
    outside_.wake();
}

void Gate::merged_outside(ChangeId change) {
    const int patchset = cast_.changes[change].patchset;
    if (reviews_[change].has_landed(patchset)) return;
    reviews_[change].land(patchset);
    reviews_[change].elsewhere = true;
    if (greens_ && landings_.landed(change)) greens_->landed_again();
    landings_.add(change);
    ++progress_;
    Event e;
    e.kind = EventKind::landed;
    e.change = change;
    outside_.tell(e);
    something_happened();
    exemptions_change();
    for (auto& queue : queues_)
        if (queue)
            for (Item* item = queue->first; item; item = item->next) unsettle(*item);
    landed_past(change, nullptr);
    outside_.wake();
}

void Gate::reverted(ChangeId change) {
    reviews_[change].landed = 0;
    for (ChangeId user : depends_users_[change]) reviews_[user].looked_at = false;
    ++progress_;
    unsettle_dependents(change);
    outside_.wake();
}

void Gate::new_patchset(ChangeId change, const std::vector<PipelineId>& enqueue, const NewPatchset& terms) {
    ReviewState& review = reviews_[change];
    review.withdrawn = cast_.changes[change].withdrawn = false;  // who writes on has taken it up again
    review.refused = false;
    review.approved &= terms.keeps_approval;
    const std::vector<ChangeId>& parents = cast_.changes[change].git_parents;
    for (std::size_t i = 0; terms.rebased && i < parents.size(); ++i)
        git_patchsets_[change][i] = cast_.changes[parents[i]].patchset;
    review.looked_at = false;
    for (ChangeId user : depends_users_[change]) reviews_[user].looked_at &= reviews_[user].was_met_before(change);
    for (PipelineId p : enqueue)
        review.approved |= terms.asking_approves && scenario_.pipelines[p].manager == Manager::dependent;
    triggers_.push_back(
        {Trigger::Kind::new_patchset, change, cast_.changes[change].patchset, kNone, Why::new_patchset, enqueue});
    Event e;
    e.kind = EventKind::patchset;
    e.change = change;
    e.value = cast_.changes[change].patchset;
    outside_.tell(e);
    outside_.wake();
}

void Gate::dequeue(ChangeId change, PipelineId pipeline) {
    management_.push_back({false, {{change, cast_.changes[change].patchset}}, pipeline});
    outside_.wake();
}

void Gate::promote(const std::vector<ChangeId>& changes, PipelineId pipeline) {
    Management asked{true, {}, pipeline};  // what they are now: a new patch set may arrive before it is handled
    for (ChangeId change : changes) asked.changes.push_back({change, cast_.changes[change].patchset});
    management_.push_back(std::move(asked));
    outside_.wake();
}

void Gate::ring(QueueId queue, std::uint64_t tag) {
    rings_.emplace_back(queue, tag);
    outside_.wake();
}

void Gate::limit_set(std::uint32_t semaphore, int limit) {
    semaphores_[semaphore].limit = limit;
    look_again(semaphores_[semaphore]);
    outside_.wake();
}

void Gate::retuned(PipelineId pipeline, const Strategy& like) {
    PipelineState& state = *pipelines_[pipeline];
    state.strategy->take_parameters(like);
    state.relaxed |= state.strategy->relaxations();  // what was tested under the old ones may still land
    for (const QueueId id : state.open) {
        state.strategy->parameters_taken(*this, *queues_[id]);
        queues_[id]->happenings.open().note(0, queues_[id]->front_sequence());
        stir_all(*queues_[id]);
    }
    outside_.wake();
}

Item* GateState::find_current(const SlotRef& slot) const {
    Item* item = slot.item < items_.size() ? items_[slot.item].get() : nullptr;
    return item && item->attempt.id == slot.attempt && item->attempt.prepared ? item : nullptr;
}

void Gate::merge_done(ItemId item, AttemptId attempt, Landings::Mark base, bool clean) {
    if (Item* current = find_current({item, attempt, 0})) {
        current->attempt.base = base;
        if (greens_) current->attempt.state = greens_->state_of(*current);
    }
    finished_.push_back({Finished::Kind::merge, {item, attempt, 0}, kNone, kNone, Result::none, clean, nullptr});
    outside_.wake();
}

void Gate::nodes_done(const SlotRef& slot, RequestId request, bool ok) {
    finished_.push_back({Finished::Kind::nodes, slot, request, kNone, Result::none, ok, nullptr});
    outside_.wake();
}

bool Gate::build_failing(const SlotRef& slot, BuildId build, const Fault& fault) {
    Item* item = find_current(slot);
    if (!item || item->attempt.slots[slot.slot].build != build) return false;
    if (!pipelines_[item->queue->pipeline]->strategy->heeds_failing_builds()) return false;
    JobSlot& seen = item->attempt.change(slot.slot);
    if (seen.result != Result::none) return false;  // stopped
    seen.will_fail = true;
    happened_to(*item);
    Event e = event(EventKind::build_failing, *item);
    e.build = build;
    e.job = item->attempt.graph->jobs[slot.slot]->id;
    e.voting = item->attempt.graph->jobs[slot.slot]->voting;
    e.cause = fault.cause;
    e.reason.change = fault.culprit;
    e.rival = fault.rival;
    e.race = fault.race;
    outside_.tell(e);
    stir(*item);
    outside_.wake();
    return true;
}

void Gate::build_done(const SlotRef& slot, BuildId build, RequestId nodes, Result result, const Fault& fault,
                      const std::vector<std::string>* child_jobs) {
    Item* item = find_current(slot);
    if (item && item->attempt.slots[slot.slot].build != build) item = nullptr;
    // One that was stopped for good may end by itself before that arrives: its verdict stands.
    const bool counts = item && result != Result::canceled && !item->attempt.slots[slot.slot].stopped;
    // The result is seen from now on; what follows from it waits for the iteration.
    if (counts && result != Result::retry) {
        JobSlot& seen = item->attempt.change(slot.slot);
        seen.result = result;
        seen.outside = fault.cause == Cause::infrastructure || fault.cause == Cause::defect_on_branch;
        if (result != Result::success) happened_to(*item);
    }
    Event e;
    e.kind = EventKind::build_ended;
    e.item = slot.item;
    e.attempt = slot.attempt;
    e.build = build;
    e.request = nodes;
    e.result = result;
    e.cause = fault.cause;
    e.value = counts ? 1 : 0;
    if (item) {
        e.change = item->change;
        e.patchset = item->patchset;
        e.pipeline = item->queue->pipeline;
        e.queue = item->queue->id;
        e.job = item->attempt.graph->jobs[slot.slot]->id;
        e.voting = item->attempt.graph->jobs[slot.slot]->voting;
    }
    e.reason.change = fault.culprit;
    e.rival = fault.rival;
    e.race = fault.race;
    e.at_fault = fault.at_fault;
    outside_.tell(e);
    if (groups_) groups_->build_over(build);
    finished_.push_back({Finished::Kind::build, slot, nodes, build, result, true, child_jobs});
    outside_.wake();
}

}  // namespace gatesim
