#include "study/race_life.hpp"

#include <algorithm>

#include "truth/races.hpp"

namespace gatesim {

RaceLife::RaceLife(const Scenario& scenario, Luck luck, Cast& cast, World world)
    : scenario_(scenario),
      handling_(scenario.failures.races.handling),
      luck_(luck),
      cast_(cast),
      world_(std::move(world)) {
    if (scenario.failures.races.born) draws_.emplace(scenario, cast, luck);
    lives_.resize(scenario.failures.races.listed.size());
    for (RaceId id = 0; id < lives_.size(); ++id) {
        due(race(id).from, id, Step::begins);
        if (race(id).until != kNever) due(race(id).until, id, Step::ends, RaceEnd::dated);
    }
}

/// Nobody changes a listed one: what it is like is the scenario's word.
Race& RaceLife::race(RaceId id) {
    const auto& listed = scenario_.failures.races.listed;
    return id < listed.size() ? const_cast<Race&>(listed[id]) : cast_.races_born[id - listed.size()];
}

double RaceLife::uniform(Purpose purpose, RaceId id, std::uint64_t which) {
    return luck_.uniform(purpose, race_key(race(id), id), which);
}

void RaceLife::tell(EventKind kind, RaceId id, Time at, ChangeId change, PersonId person, std::int64_t value) {
    Event e;
    e.at = at;
    e.kind = kind;
    e.race = id;
    e.change = change;
    if (change != kNone) e.patchset = cast_.changes[change].patchset;
    e.person = person;
    e.value = value;
    world_.tell(e);
}

void RaceLife::tell_until(Time until) {
    while (!due_.empty() && std::get<Time>(due_.begin()->first) <= until) {
        const auto [at, id, step] = due_.begin()->first;
        const RaceEnd how = due_.begin()->second;
        due_.erase(due_.begin());
        if (lives_[id].over) continue;
        if (step == Step::begins) tell(EventKind::race_born, id, at);
        if (step == Step::ends) end(id, at, how);
        if (step != Step::classified) continue;
        lives_[id].classified = true;
        tell(EventKind::race_classified, id, at);
    }
}

void RaceLife::heard(const Event& event) {
    if (event.kind == EventKind::landed && draws_) landed(event);
    if (event.kind == EventKind::build_ended && event.cause == Cause::race && event.value != 0) hit(event);
    if (event.kind != EventKind::reverted) return;
    for (std::size_t i = 0; i < cast_.races_born.size(); ++i)
        if (cast_.races_born[i].brought_by == event.change) end(born_id(i), event.at, RaceEnd::reverted);
}

void RaceLife::landed(const Event& event) {
    auto fresh = draws_->of(event.change, event.at);
    if (!fresh) return;
    const RaceId id = born_id(cast_.races_born.size());
    fresh->name = race_name(scenario_.failures.races, id);
    if (fresh->until != kNever) due(fresh->until, id, Step::ends, RaceEnd::faded);
    cast_.races_born.push_back(std::move(*fresh));
    lives_.emplace_back();
    tell(EventKind::race_born, id, event.at, event.change);
}

/// Somebody sees a run fail that a race hit.
void RaceLife::hit(const Event& event) {
    Life& life = lives_[event.race];
    if (life.over) return;  // it began before the fix
    const bool looked =
        uniform(Purpose::race_look, event.race, static_cast<std::uint64_t>(life.hits++)) < handling_.look;
    if (looked && !life.noticed) {
        life.noticed = true;
        const PersonId who = event.change == kNone ? PersonId{kNone} : cast_.changes[event.change].owner;
        tell(EventKind::race_noticed, event.race, event.at, event.change, who);
        if (scenario_.failures.races.classification)
            due(event.at + from_seconds(handling_.classify.quantile(uniform(Purpose::race_classify, event.race))),
                event.race, Step::classified);
    }
    if (looked || life.classified) count(event, life);
}

/// The failure is known to be the race's doing.
void RaceLife::count(const Event& event, Life& life) {
    ++life.known;
    if (race(event.race).brought_by == kNone) return;  // when a listed one ends the scenario says
    life.recent.push_back(event.at);
    std::erase_if(life.recent, [&](Time then) { return then + kWeek <= event.at; });
    if (handling_.quarantine > 0 && static_cast<int>(life.recent.size()) >= handling_.quarantine)
        end(event.race, event.at, RaceEnd::quarantined);
    else if (life.known >= handling_.urgent && !life.assigned)
        take_on(event.race, life, event.at);
}

void RaceLife::take_on(RaceId id, Life& life, Time at) {
    life.assigned = true;
    const auto people = static_cast<double>(cast_.people.size());
    const PersonId who =
        people > 0 ? static_cast<PersonId>(uniform(Purpose::race_person, id) * people) : PersonId{kNone};
    tell(EventKind::race_assigned, id, at, kNone, who);
    if (uniform(Purpose::race_revert, id) < handling_.revert) return world_.revert(race(id).brought_by);
    const Time fixed = at + from_seconds(handling_.fix.quantile(uniform(Purpose::race_fix, id)));
    if (fixed >= race(id).until) return;  // its code is gone before
    race(id).until = fixed;
    due(fixed, id, Step::ends);
}

void RaceLife::end(RaceId id, Time at, RaceEnd how) {
    if (lives_[id].over) return;
    lives_[id].over = true;
    if (race(id).brought_by != kNone) race(id).until = std::min(race(id).until, at);
    tell(EventKind::race_fixed, id, at, kNone, kNone, static_cast<std::int64_t>(how));
}

}  // namespace gatesim
