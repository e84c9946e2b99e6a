#include "gate/groups.hpp"

#include "gate/gate.hpp"
#include "model/concurrency.hpp"

namespace gatesim {

bool Groups::Run::is(const Item& item, std::size_t index) const {
    return slot.item == item.id && slot.attempt == item.attempt.id && slot.slot == index;
}

std::string Groups::name_of(const Item& item, std::size_t slot) const {
    const Job& job = *item.attempt.graph->jobs[slot];
    const Change& change = gate_.change(item);
    return group_name(job.concurrency->group,
                      {change.name, change.branch, gate_.scenario().projects[change.project].name,
                       gate_.scenario().job_names[job.id]});
}

bool Groups::enter(Item& item, std::size_t slot) {
    const Job& job = *item.attempt.graph->jobs[slot];
    if (!job.concurrency) return true;
    Group& group = groups_[name_of(item, slot)];
    if (group.goes_on.is(item, slot)) return true;
    if (group.waits.is(item, slot)) return false;
    const Run self{{item.id, item.attempt.id, static_cast<std::uint32_t>(slot)}, item.change, kNone};
    if (group.waits.any()) displace(group.waits.slot, self);
    group.waits = self;
    if (!group.goes_on.any())
        next(group);
    else if (job.concurrency->cancel_in_progress)
        stop(group, self);
    return group.goes_on.is(item, slot);
}

/// Who goes on has to go. Where its build takes time to stop, the newer one waits for that.
void Groups::stop(Group& group, const Run& newer) {
    if (group.goes_on.build != kNone)
        gate_.outside_.abort(group.goes_on.build, false);
    else
        displace(group.goes_on.slot, newer);
}

void Groups::displace(SlotRef slot, const Run& newer) {
    Item& item = *gate_.find_current(slot);
    const Job& job = *item.attempt.graph->jobs[slot.slot];
    Event e = gate_.event(EventKind::job_failed_without_build, item);
    if (item.attempt.slots[slot.slot].result == Result::none) e.build = item.attempt.slots[slot.slot].build;
    gate_.stop_slot(item, slot.slot, Result::displaced);
    gate_.happened_to(item);
    e.job = job.id;
    e.voting = job.voting;
    e.result = Result::displaced;
    e.cause = Cause::displaced;
    e.reason.change = newer.change;
    gate_.outside_.tell(e);
    gate_.skip(item, item.attempt.graph->descendants[slot.slot]);
    gate_.tell_if_tested(item);
    gate_.stir(item);
    gate_.outside_.wake();  // its queue may have been looked at already
}

void Groups::leave(const Item& item, std::size_t slot, bool build_goes_on) {
    if (!item.attempt.graph->jobs[slot]->concurrency) return;
    const std::string name = name_of(item, slot);
    const auto known = groups_.find(name);
    if (known == groups_.end()) return;
    Group& group = known->second;
    if (group.waits.is(item, slot)) group.waits = {};
    if (group.goes_on.is(item, slot)) {
        group.goes_on.slot = {};
        if (build_goes_on) {
            group.goes_on.build = item.attempt.slots[slot].build;
            leaving_.emplace(group.goes_on.build, name);
        } else {
            next(group);
        }
    }
    if (!group.goes_on.any() && !group.waits.any()) groups_.erase(known);
}

void Groups::build_over(BuildId build) {
    const auto known = leaving_.find(build);
    if (known == leaving_.end()) return;
    const auto group = groups_.find(known->second);
    leaving_.erase(known);
    next(group->second);
    if (!group->second.goes_on.any()) groups_.erase(group);
}

/// The group is free: for who waits there.
void Groups::next(Group& group) {
    group.goes_on = group.waits;
    group.waits = {};
    if (!group.goes_on.any()) return;
    gate_.stir(*gate_.find_current(group.goes_on.slot));
    gate_.outside_.wake();
}

bool Groups::waits(const Item& item, std::size_t slot, ChangeId* whose) const {
    if (groups_.empty() || !item.attempt.graph->jobs[slot]->concurrency) return false;
    const auto group = groups_.find(name_of(item, slot));
    if (group == groups_.end() || !group->second.waits.is(item, slot)) return false;
    if (whose) *whose = group->second.goes_on.change;
    return true;
}

}  // namespace gatesim
