// Timers of strategies, and what people do to changes that the gate may hear of late.
#include <algorithm>

#include "study/world.hpp"

namespace gatesim {

void World::arm(QueueId queue, std::uint64_t tag, Time after) {
    arm_at(queue, tag, calendar_.now() + after);
}

void World::arm_in_step(QueueId queue, std::uint64_t tag, Time first, Time every) {
    const Time now = calendar_.now();
    Time at = first;
    if (now > first) at += (now - first + every - 1) / every * every;
    const auto [last, fresh] = last_step_.try_emplace({queue, tag}, at);
    if (!fresh && last->second >= at) at = last->second + every;
    last->second = at;
    arm_at(queue, tag, at);
}

void World::arm_at(QueueId queue, std::uint64_t tag, Time at) {
    const std::uint32_t ticket = timers_.add({queue, tag, {}});
    armed_[{queue, tag}] = ticket;
    timers_.find(ticket)->entry = calendar_.at(
        at, Priority::deliver,
        [](void* self, std::uint64_t t) {
            auto& world = *static_cast<World*>(self);
            const auto id = static_cast<std::uint32_t>(t);
            const Timer timer = *world.timers_.find(id);
            world.forget_timer(id);
            world.gate_->ring(timer.queue, timer.tag);
        },
        this, ticket);
}

void World::disarm(QueueId queue, std::uint64_t tag) {
    const auto armed = armed_.find({queue, tag});
    if (armed == armed_.end()) return;
    calendar_.cancel(timers_.find(armed->second)->entry);
    forget_timer(armed->second);
}

void World::forget_timer(std::uint32_t ticket) {
    const Timer& timer = *timers_.find(ticket);
    if (const auto latest = armed_.find({timer.queue, timer.tag}); latest != armed_.end() && latest->second == ticket)
        armed_.erase(latest);
    timers_.erase(ticket);
}

void World::new_patchset(ChangeId change, const ScriptedEvent& what, const NewPatchset& terms) {
    if (gate_->closed(change)) return;
    if (what.noticed_at && *what.noticed_at > calendar_.now()) {
        cast_.changes[change].unseen = true;
        unseen_.push_back({change, what, terms});
        calendar_.at(
            *what.noticed_at, Priority::deliver,
            [](void* self, std::uint64_t c) { static_cast<World*>(self)->notice_patchset(static_cast<ChangeId>(c)); },
            this, change);
        return;
    }
    next_patchset(change, what);
    gate_->new_patchset(change, what.enqueue, terms);
}

void World::next_patchset(ChangeId change, const ScriptedEvent& what) {
    ++cast_.changes[change].patchset;
    cast_.changes[change].written = calendar_.now();
    truth_.new_patchset(change, what);
}

/// The first that the gate hears of it; it looks at the newest one then.
void World::notice_patchset(ChangeId change) {
    cast_.changes[change].unseen = false;
    if (gate_->closed(change)) return;
    std::vector<PipelineId> enqueue;
    NewPatchset terms;
    bool any = false;
    for (const Unseen& unseen : unseen_) {
        if (unseen.change != change) continue;
        any = true;
        next_patchset(change, unseen.what);
        enqueue = unseen.what.enqueue;
        terms = unseen.terms;
    }
    std::erase_if(unseen_, [&](const Unseen& unseen) { return unseen.change == change; });
    if (!any) {  // it has looked already: nothing is new, but it starts anew all the same
        next_patchset(change, {});
    }
    gate_->new_patchset(change, enqueue, terms);
}

void World::set_priority(ChangeId change, int priority) {
    const bool news = cast_.changes[change].priority != priority;
    cast_.changes[change].priority = priority;
    gate_->priority_set(change, news);
}

void World::set_single(ChangeId change, bool single) {
    cast_.changes[change].single = single;
    gate_->single_set(change);
}

}  // namespace gatesim
