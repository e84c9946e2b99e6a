#include "study/world.hpp"

#include <algorithm>

#include "load/run_row.hpp"
#include "strategy/registry.hpp"
#include "strategy/visit.hpp"
#include "truth/races.hpp"

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
    for (const Pipeline& pipeline : scenario.pipelines) strategies_now_.push_back(pipeline.strategy);
    workers_ = std::make_unique<Workers>(scenario, calendar, truth_, luck, static_cast<WorkerClient&>(*this),
                                         simgrid_processor);
    source_ = make_source(scenario, luck);  // before the gate, which tells of its queues as it opens them
    std::vector<std::unique_ptr<Strategy>> strategies = strategies_of(scenario);
    for (PipelineId p = 0; p < strategies.size(); ++p)
        hears_approvals_.push_back(scenario.pipelines[p].manager == Manager::dependent &&
                                   strategies[p]->lets_in_on_approval());
    if (scenario.failures.races.any()) {
        truth_.races().take_clock([&scenario](const WeeklyHours& hours) {
            return [when = hours_of(scenario.period, hours)](Time at) { return when.at_work(at); };
        });
        races_ = std::make_unique<RaceLife>(
            scenario, luck, cast,
            RaceLife::World{[this](const Event& event) { pass_on(event); }, [this](ChangeId c) { revert_soon(c); }});
    }
    gate_ = std::make_unique<GateDoor>(scenario, cast, landings_, static_cast<Outside&>(*this), std::move(strategies));
    if (std::any_of(observers_.begin(), observers_.end(), [](const Observer* one) { return one->wants_waits(); }))
        gate_->watch();
}

World::~World() = default;

std::optional<LoadRows> World::load_rows() const {
    std::optional<LoadRows> rows = source_->rows();
    if (!rows || scenario_.load.replay->builds.empty()) return rows;
    rows->builds_recorded = truth_.recorded_runs();
    rows->builds_drawn = truth_.drawn_runs();
    return rows;
}

/// Builds that really ran, where a replay names a table of them. Empty, or what is wrong with it.
std::string World::take_recorded_builds() {
    if (!scenario_.load.replay || scenario_.load.replay->builds.empty()) return "";
    RecordedBuilds builds;
    LoadError error;
    if (!read_recorded_builds(scenario_, builds, error)) return error.text;
    truth_.take_from(std::move(builds));
    return "";
}

std::string World::start() {
    std::string trouble = take_recorded_builds();
    if (trouble.empty()) trouble = source_->start(calendar_, *this);
    if (trouble.empty()) pushes_.start(calendar_, *this);
    if (trouble.empty()) arm_timeline(0);
    if (trouble.empty()) arm_hours();
    if (trouble.empty()) workers_->begin_life();
    turns_by_itself_ = !hours_.empty() || workers_->upkeep() > 0;
    return trouble;
}

void World::arm_timeline(std::size_t step) {
    while (step < scenario_.timeline.size() && !scenario_.timeline[step].acts()) ++step;
    if (step == scenario_.timeline.size()) return;
    calendar_.at(
        scenario_.timeline[step].at, Priority::deliver,
        [](void* self, std::uint64_t n) {
            auto& world = *static_cast<World*>(self);
            world.tell_outside();
            const auto& steps = world.scenario_.timeline;
            if (steps[n].hold == Hold::none)
                world.act_on(steps[n++]);
            else  // all of the instant in this wave: what is told to hold must hold for who decides now
                for (world.settle_holds(); n < steps.size() && steps[n].hold != Hold::none; ++n)
                    if (steps[n].at > world.calendar_.now()) break;
            world.arm_timeline(n);
        },
        this, step);
}

void World::act_on(const TimelineStep& step) {
    if (step.pool != kNone) workers_->resize(step.pool, step.nodes, step.number);
    if (step.semaphore != kNone) gate_->limit_set(step.semaphore, step.limit);
    if (step.pipeline == kNone) return;
    StrategyChoice& choice = strategies_now_[step.pipeline];
    take_step(choice, step);
    gate_->retuned(step.pipeline, *make_strategy(choice));
}

void World::pass_on(const Event& event) {
    for (Observer* observer : observers_) observer->on(event);
    source_->hear(event);
    if (gate_) gate_->heard(event);  // it tells of its queues as it opens them
}

// Trouble comes and goes by itself. Nobody needs to hear of it before something else happens, so it is told then, under
// its own time: a calendar entry for each spell would keep the replication going for ever. The same holds for settings
// that are looked up when they matter.
void World::tell_outside() {
    for (; settings_told_ < scenario_.timeline.size(); ++settings_told_) {
        const TimelineStep& step = scenario_.timeline[settings_told_];
        if (step.at > calendar_.now()) break;
        tell_troubles(step.at);
        Event e;
        e.at = step.at;
        e.kind = EventKind::setting;
        e.value = static_cast<std::int64_t>(settings_told_);
        e.pool = step.pool;
        e.pipeline = step.pipeline;
        pass_on(e);
    }
    tell_troubles(calendar_.now());
}

void World::tell_troubles(Time until) {
    while (const auto turn = truth_.troubles().next_turn(until)) {
        if (races_) races_->tell_until(turn->at);
        Event e;
        e.at = turn->at;
        e.kind = turn->begins ? EventKind::trouble_began : EventKind::trouble_ended;
        e.value = turn->trouble;
        e.pool = scenario_.failures.troubles[turn->trouble].pool;
        pass_on(e);
    }
    if (races_) races_->tell_until(until);
}

void World::tell(Event& event) {
    event.at = calendar_.now();
    if (turns_by_itself_) note_progress(event);
    if (!scenario_.failures.troubles.empty() || !scenario_.timeline.empty() || races_) tell_outside();
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
    if (races_) races_->heard(event);
    switch (event.kind) {
        case EventKind::refused:  // so is what did not pass the check that a gate asks for
            if (event.reason.why == Why::check_failed) after_report(event);
            break;
        case EventKind::reported:
        case EventKind::reverted:  // as good as ejected: its author may try again
            after_report(event);
            break;
        case EventKind::landed:
            mend_later(event);
            break;
        case EventKind::dequeued:
            if (event.outcome != Outcome::landed && scenario_.pipelines[event.pipeline].manager == Manager::dependent)
                truth_.leave(event.change);
            break;
        case EventKind::build_started:
            gate_->build_started();
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

// --------------------------------------------------------------------------------------------------- the gate's turn

void World::wake() {
    if (iteration_due_) return;
    iteration_due_ = true;
    const auto action = [](void* self, std::uint64_t) { static_cast<World*>(self)->iterate(); };
    if (deciding_)
        calendar_.at(calendar_.now(), Priority::decide, action, this);  // what the gate tells itself: the next wave
    else
        calendar_.later_this_wave(Priority::decide, action, this);
}

void World::iterate() {
    iteration_due_ = false;
    deciding_ = true;
    gate_->iterate(calendar_.wave());
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
    return !truth_.submit_fails(change, calendar_.now());
}

// ------------------------------------------------------------------------------------------------------------ changes

ChangeId World::introduce(Change change) {
    const auto id = static_cast<ChangeId>(cast_.changes.size());
    change.footprint = footprints_.of(change, id);
    if (change.written == kNever) change.written = calendar_.now();
    cast_.changes.push_back(std::move(change));
    truth_.introduce(id);
    gate_->know(id);
    return id;
}

PersonId World::join(Person person) {
    cast_.people.push_back(std::move(person));
    return static_cast<PersonId>(cast_.people.size() - 1);
}

void World::enqueue(ChangeId change, PipelineId pipeline, Why why, Approves approves) {
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
            if (why == Why::arrived && pushes_.take(change, cast_.changes[change], landings_))
                return gate_->merged_outside(change);
        }
    }
    gate_->enqueue(change, pipeline, why, approves);
}

}  // namespace gatesim
