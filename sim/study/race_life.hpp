// The lives of races: how they are born, noticed, classified, taken on, and how they end.
//
// A race comes in with a change that lands, and nobody knows. Its hits are failed runs that people run again; now and
// then somebody looks for the cause (RaceHandling::look), and with that the race is noticed. If people classify
// failures, its fingerprint is known some time later, and from then on every failure counts as its doing; else only
// those count whose cause somebody looked for. When enough have counted, somebody takes it on and fixes it. So a weak
// race, an idle gate and people who only recheck all make lives long: no length is given.
//
// What happens by itself at a time that is known before (a fingerprint is known, a fix lands) is told under its own
// time when something else happens next, as troubles are: a calendar entry months away would keep the replication
// going.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "truth/race_births.hpp"

namespace gatesim {

class RaceLife {
public:
    struct World {
        std::function<void(const Event&)> tell;  ///< an event under its own time
        std::function<void(ChangeId)> revert;    ///< takes the change off the branch, as soon as the present wave ends
    };

    /// All must outlive it. Fills Cast::races_born.
    RaceLife(const Scenario& scenario, Luck luck, Cast& cast, World world);

    /// Tells what happened up to this time.
    void tell_until(Time until);

    /// Everything that the observers hear, after them.
    void heard(const Event& event);

private:
    struct Life {
        int hits = 0;   ///< that somebody saw
        int known = 0;  ///< that are known to be its doing
        bool noticed = false, classified = false, assigned = false, over = false;
        std::vector<Time> recent;  ///< known ones of the last week
    };
    enum class Step : std::uint8_t { begins, classified, ends };

    Race& race(RaceId id);
    RaceId born_id(std::size_t index) const {
        return static_cast<RaceId>(scenario_.failures.races.listed.size() + index);
    }
    double uniform(Purpose purpose, RaceId id, std::uint64_t which = 0);
    void landed(const Event& event);
    void hit(const Event& event);
    void count(const Event& event, Life& life);
    void take_on(RaceId id, Life& life, Time at);
    void end(RaceId id, Time at, RaceEnd how);
    void tell(EventKind kind, RaceId id, Time at, ChangeId change = kNone, PersonId person = kNone,
              std::int64_t value = 0);
    void due(Time at, RaceId id, Step step, RaceEnd how = RaceEnd::fixed) { due_[{at, id, step}] = how; }

    const Scenario& scenario_;
    const RaceHandling& handling_;
    Luck luck_;
    Cast& cast_;
    World world_;
    std::optional<RaceDraws> draws_;
    std::vector<Life> lives_;                                ///< by race
    std::map<std::tuple<Time, RaceId, Step>, RaceEnd> due_;  ///< what will happen by itself; how, of an end
};

}  // namespace gatesim
