#include "study/world.hpp"

#include <algorithm>

#include "chance/asked.hpp"
#include "strategy/registry.hpp"
#include "strategy/visit.hpp"

namespace gatesim {
namespace {

std::vector<std::unique_ptr<Strategy>> strategies_of(const Scenario& scenario) {
    std::vector<std::unique_ptr<Strategy>> result;
    for (const Pipeline& pipeline : scenario.pipelines) switch (pipeline.manager) {
            case Manager::dependent:
                result.push_back(make_strategy(pipeline.strategy));
                break;
            case Manager::independent:
                result.push_back(make_plain_strategy(0));
                break;
            case Manager::supercedent:
                result.push_back(make_plain_strategy(1));
                break;
        }
    return result;
}

}  // namespace

World::World(const Scenario& scenario, Luck luck, Calendar& calendar, Cast& cast, std::vector<Observer*> observers,
             const ProcessorFactory& simgrid_processor)
    : scenario_(scenario),
      luck_(luck),
      calendar_(calendar),
      cast_(cast),
      observers_(std::move(observers)),
      truth_(scenario, cast, landings_, luck),
      footprints_(scenario, luck),
      pushes_(scenario, luck),
      landing_(landing_pipeline(scenario)) {
    cast_.scenario = &scenario;
    workers_ = std::make_unique<Workers>(scenario, calendar, truth_, luck, static_cast<WorkerClient&>(*this),
                                         simgrid_processor);
    source_ = make_source(scenario, luck);  // before the gate, which tells of its queues as it opens them
    gate_ = std::make_unique<Gate>(scenario, cast, landings_, static_cast<Outside&>(*this), strategies_of(scenario));
}

World::~World() = default;

std::string World::start() {
    std::string trouble = source_->start(calendar_, *this);
    if (trouble.empty()) pushes_.start(calendar_, *this);
    if (trouble.empty() && !scenario_.timeline.empty()) arm_timeline(0);
    return trouble;
}

void World::arm_timeline(std::size_t step) {
    calendar_.at(
        scenario_.timeline[step].at, Priority::deliver,
        [](void* self, std::uint64_t n) {
            auto& world = *static_cast<World*>(self);
            const TimelineStep& due = world.scenario_.timeline[n];
            world.workers_->resize(due.pool, due.nodes);
            if (n + 1 < world.scenario_.timeline.size()) world.arm_timeline(n + 1);
        },
        this, step);
}

void World::pass_on(const Event& event) {
    for (Observer* observer : observers_) observer->on(event);
    source_->hear(event);
}

// Trouble comes and goes by itself. Nobody needs to hear of it before something else happens, so it is told then, under
// its own time: a calendar entry for each spell would keep the replication going for ever.
void World::tell_troubles() {
    while (const auto turn = truth_.troubles().next_turn(calendar_.now())) {
        Event e;
        e.at = turn->at;
        e.kind = turn->begins ? EventKind::trouble_began : EventKind::trouble_ended;
        e.value = turn->trouble;
        e.pool = scenario_.failures.troubles[turn->trouble].pool;
        pass_on(e);
    }
}

void World::tell(Event& event) {
    event.at = calendar_.now();
    if (!scenario_.failures.troubles.empty()) tell_troubles();
    if (event.kind == EventKind::landed) {  // what escaped the gate: its own doing, on everything that landed before it
        std::vector<ChangeId> landed;
        const auto together = static_cast<std::size_t>(event.value) + 1;  // changes that need each other land at once
        for (ChangeId c : landings_.order().last(together))
            if (c != event.change) landed.push_back(c);
        if (together == 1) landed.clear();
        landed.push_back(event.change);
        const auto base = static_cast<Landings::Mark>(landings_.mark() - together);
        event.cause = truth_.flaw({base, landed, event.pipeline == kNone ? landing_ : event.pipeline});
        if (event.cause == Cause::none && !truth_.sound()) event.cause = Cause::defect_on_branch;
    }
    pass_on(event);
    switch (event.kind) {
        case EventKind::refused:  // so is what did not pass the check that a gate asks for
            if (event.reason.why == Why::check_failed) after_report(event);
            break;
        case EventKind::reported:
        case EventKind::reverted:  // as good as ejected: its author may try again
            after_report(event);
            break;
        case EventKind::landed:
            workers_->forget_runs(event.change);
            mend_later(event);
            break;
        default:
            break;
    }
}

void World::end(bool cut) {
    Event e;
    e.kind = EventKind::ended;
    e.value = cut ? 1 : 0;
    tell(e);
}

// ------------------------------------------------------------------------------------------------------------ the
// gate's turn

void World::wake() {
    if (iteration_due_) return;
    iteration_due_ = true;
    const auto action = [](void* self, std::uint64_t) { static_cast<World*>(self)->iterate(); };
    if (deciding_)
        calendar_.at(calendar_.now(), Priority::decide, action,
                     this);  // what the gate tells itself is heard in the next wave
    else
        calendar_.later_this_wave(Priority::decide, action, this);
}

void World::iterate() {
    iteration_due_ = false;
    deciding_ = true;
    gate_->iterate();
    deciding_ = false;
}

void World::merge(ItemId item, AttemptId attempt, const SharedList<ChangeId>& chain) {
    const Time wait = scenario_.merge_time.is_zero()
                          ? 0
                          : from_seconds(scenario_.merge_time.quantile(
                                luck_.uniform(Purpose::merge_time, chain.back(), merges_of(chain.back()))));
    const std::uint32_t ticket = merges_.add({item, attempt, chain});
    calendar_.at(
        calendar_.now() + wait, Priority::deliver,
        [](void* self, std::uint64_t t) { static_cast<World*>(self)->merged(t); }, this, ticket);
}

std::uint16_t World::merges_of(ChangeId change) {
    if (merge_counts_.size() <= change) merge_counts_.resize(change + 1);
    return merge_counts_[change]++;
}

void World::merged(std::uint64_t ticket) {
    const auto id = static_cast<std::uint32_t>(ticket);
    const Merge done = std::move(*merges_.find(id));
    merges_.erase(id);
    const Landings::Mark base = landings_.mark();
    gate_->merge_done(done.item, done.attempt, base, truth_.merges({base, done.chain, 0}));
}

bool World::revert(ChangeId change) {
    if (!landings_.revert(change)) return false;
    Event e;
    e.kind = EventKind::reverted;
    e.pipeline = landing_;
    e.change = change;
    e.value = truth_.sound() ? 1 : 0;
    e.outcome = Outcome::failure;
    tell(e);
    return true;
}

bool World::submit(ChangeId change) {
    return !truth_.submit_fails(change);
}

// ------------------------------------------------------------------------------------------------------------ changes

ChangeId World::introduce(Change change) {
    const auto id = static_cast<ChangeId>(cast_.changes.size());
    change.footprint = footprints_.of(change, id);
    cast_.changes.push_back(std::move(change));
    truth_.introduce(id);
    gate_->know(id);
    return id;
}

PersonId World::join(Person person) {
    cast_.people.push_back(std::move(person));
    return static_cast<PersonId>(cast_.people.size() - 1);
}

void World::enqueue(ChangeId change, PipelineId pipeline, Why why) {
    if (pipeline == landing_) {
        if (arrived_.size() <= change) arrived_.resize(change + 1);
        if (!arrived_[change]) {
            arrived_[change] = true;
            Event e;
            e.kind = EventKind::arrived;
            e.pipeline = pipeline;
            e.change = change;
            e.patchset = cast_.changes[change].patchset;
            tell(e);
        }
    }
    gate_->enqueue(change, pipeline, why);
}

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
    if (luck_.chance(scenario_.failures.withdraw, Purpose::withdraw, change, returns_[change])) {
        gate_->abandon(change);
        return;
    }
    // What was seen to break the branch does not come back as it was.
    if (blamed_.erase(change) != 0) return new_patchset(change, std::vector{landing_});
    gate_->enqueue(change, landing_, Why::came_back);
}

}  // namespace gatesim
