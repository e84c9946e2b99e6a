// What is still to come of a change after the gate's word: it comes back, or what escaped with it is found and undone.
#include <algorithm>

#include "chance/asked.hpp"
#include "study/world.hpp"

namespace gatesim {

void World::after_report(const Event& event) {
    const AfterEjection& rule = scenario_.load.after_ejection;
    const bool good =
        event.outcome == Outcome::landed || event.outcome == Outcome::success || event.outcome == Outcome::no_jobs;
    if (event.pipeline != landing_ || rule.retry <= 0 || (good && event.kind != EventKind::refused)) return;
    if (returns_.size() <= event.change) returns_.resize(event.change + 1);
    std::uint16_t& returned = returns_[event.change];
    if (returned >= rule.max || !luck_.chance(rule.retry, Purpose::comes_back, event.change, returned)) return;
    const Time wait = from_seconds(drawn(rule.after, luck_, Purpose::comes_back_after, event.change, returned));
    ++returned;
    calendar_.at(
        calendar_.now() + wait, Priority::deliver,
        [](void* self, std::uint64_t c) { static_cast<World*>(self)->come_back(static_cast<ChangeId>(c)); }, this,
        event.change);
}

// What escaped the gate is noticed and undone; or, without a word on who notices it, mended some day.
void World::mend_later(const Event& landing) {
    const Failures& rules = scenario_.failures;
    const bool escaped = landing.cause == Cause::own_defect || landing.cause == Cause::semantic_conflict;
    if (!escaped) return;
    const Landings::Mark landed = landings_.mark() - 1;
    const auto patchset = static_cast<std::uint64_t>(landing.patchset);
    if (!rules.notice) {
        if (rules.repair)
            repair_after(from_seconds(rules.repair->quantile(luck_.uniform(Purpose::repair, landing.change, patchset))),
                         landing.change, landed);
        return;
    }
    const Time wait =
        from_seconds(rules.notice->after.quantile(luck_.uniform(Purpose::notice, landing.change, patchset)));
    calendar_.at(
        calendar_.now() + wait, Priority::deliver,
        [](void* self, std::uint64_t c) {
            static_cast<World*>(self)->notice(static_cast<ChangeId>(c), static_cast<Landings::Mark>(c >> 32));
        },
        this, static_cast<std::uint64_t>(landed) << 32 | landing.change);
}

void World::notice(ChangeId change, Landings::Mark landed) {
    if (undone_since(change, landed)) return;  // there is nothing to be seen any more
    const auto patchset = static_cast<std::uint64_t>(cast_.changes[change].patchset);
    const auto people = static_cast<double>(cast_.people.size());
    Event e;
    e.kind = EventKind::noticed;
    e.change = change;
    e.patchset = cast_.changes[change].patchset;
    if (people > 0)
        e.person = static_cast<PersonId>(luck_.uniform(Purpose::notice, change, patchset << 32 | 1) * people);
    tell(e);
    if (scenario_.failures.notice->reverts) {
        blamed_.insert(change);
        if (revert(change)) gate_->reverted(change);
        return;
    }
    const auto& repair = scenario_.failures.repair;
    repair_after(repair ? from_seconds(repair->quantile(luck_.uniform(Purpose::repair, change, patchset))) : 0, change,
                 landed);
}

// A follow-up mends what was wrong with the change.
void World::repair_after(Time wait, ChangeId change, Landings::Mark landed) {
    calendar_.at(
        calendar_.now() + wait, Priority::deliver,
        [](void* self, std::uint64_t c) {
            auto& world = *static_cast<World*>(self);
            const auto broken = static_cast<ChangeId>(c);
            if (world.undone_since(broken, static_cast<Landings::Mark>(c >> 32))) return;
            if (world.landings_.repair(broken)) world.tell_undone(EventKind::repaired, broken);
        },
        this, static_cast<std::uint64_t>(landed) << 32 | change);
}

// Who found out that the change brought a race in takes it off the branch: not in the middle of what is going on.
void World::revert_soon(ChangeId change) {
    calendar_.at(
        calendar_.now(), Priority::deliver,
        [](void* self, std::uint64_t c) {
            auto& world = *static_cast<World*>(self);
            const auto found = static_cast<ChangeId>(c);
            world.blamed_.insert(found);
            if (world.revert(found)) world.gate_->reverted(found);
        },
        this, change);
}

// Whether it was reverted or repaired after it had landed at this place.
bool World::undone_since(ChangeId change, Landings::Mark landed) const {
    const auto undone = landings_.undone();
    return std::any_of(undone.rbegin(), undone.rend(),
                       [&](const Landings::Undone& one) { return one.change == change && one.at > landed; });
}

void World::tell_undone(EventKind kind, ChangeId change) {
    Event e;
    e.kind = kind;
    e.change = change;
    e.patchset = cast_.changes[change].patchset;
    e.value = truth_.sound() ? 1 : 0;
    tell(e);
}

void World::come_back(ChangeId change) {
    if (cast_.changes[change].withdrawn || landings_.landed(change)) return;
    if (luck_.chance(scenario_.failures.withdraw.at(calendar_.now()), Purpose::withdraw, change, returns_[change])) {
        gate_->abandon(change);
        return;
    }
    // What was seen to break the branch does not come back as it was.
    if (blamed_.erase(change) != 0) return new_patchset(change, std::vector{landing_});
    gate_->enqueue(change, landing_, Why::came_back);
}

}  // namespace gatesim
