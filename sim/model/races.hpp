// Race conditions of the branch: what is wrong with everybody's runs now and then.
//
// A race hits a run of one of its jobs with the chance `strength`, where its factor holds. Nothing is wrong with the
// change that is tested: it counts like a flake wherever innocence is decided. Plain data; truth/races.hpp decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chance/distribution.hpp"
#include "model/ids.hpp"
#include "model/time.hpp"
#include "model/varying.hpp"
#include "model/weekly_hours.hpp"

namespace gatesim {

/// What a race depends on beside luck.
struct RaceFactor {
    enum class Kind : std::uint8_t {
        none,
        place,        ///< runs on nodes of certain pools: of one, or of a region or a provider
        hours,        ///< runs that start in these hours of the week
        concurrency,  ///< at least so many builds of its jobs run as the run starts, itself among them
        together,     ///< another change is tested together with it: a certain one, or one of a project
        after,        ///< a change that has landed: runs of its shared queue whose branch has it
        dates,        ///< runs that start in a span of time
    };
    Kind kind = Kind::none;
    std::string key;            ///< as the scenario has it: "region", "with"; empty for none
    std::string value;          ///< the same of what stands there, in words
    std::vector<PoolId> pools;  ///< place
    WeeklyHours hours;
    int concurrency = 0;
    std::string change;             ///< together, after
    ProjectId project = kNone;      ///< together
    Time from = 0, until = kNever;  ///< dates
};

/// What a run that a race hits leaves in its logs.
struct Fingerprint {
    std::string layer = "console";   ///< or the name of a service
    std::vector<std::string> lines;  ///< texts that stand in lines of it; empty = none was given
};

/// One race: listed in the scenario, or born while a replication runs (Cast::races_born).
struct Race {
    std::string name;
    Varying<double> strength;  ///< by when a run starts
    std::vector<JobId> jobs;   ///< empty = all voting ones
    RaceFactor factor;
    Time from = 0;        ///< it is there for runs that start then or later
    Time until = kNever;  ///< it is fixed then
    Fingerprint fingerprint;
    ChangeId brought_by = kNone;  ///< born: it is on the branch as long as this change is
};

/// How races are born.
struct RaceBirths {
    double per_landing = 0;  ///< chance that a change brings one in, for one of defect_factor 1
    Distribution strength;   ///< shares; more than 1 counts as 1
    int jobs = 1;            ///< how many it reaches, chosen by weight (Job::catches)
    double region = 0, provider = 0, hours = 0, with = 0, concurrency = 0;  ///< shares that depend on such a factor
    int crowd = 10;                     ///< of those that depend on concurrency: so many builds
    std::optional<Distribution> fades;  ///< seconds until the code around it is gone; none = never
};

/// What people do about races. Who sees a run fail looks for the cause, or just runs it again.
struct RaceHandling {
    double look = 0.2;      ///< share of failures whose cause somebody looks for; the first one notices the race
    Distribution classify;  ///< seconds from then until its fingerprint is known
    int urgent = 5;         ///< failures known to be its doing until somebody takes it on
    Distribution fix;       ///< seconds from then until it is fixed
    double revert = 0;      ///< share of those that end by a revert of the change that brought them
    int quarantine = 0;     ///< so many known failures in a week: its test is skipped at once; 0 = never
};

/// How a race ends: `value` of EventKind::race_fixed.
enum class RaceEnd : std::uint8_t {
    fixed,
    reverted,     ///< the change that brought it was taken off the branch
    quarantined,  ///< its test is skipped
    faded,        ///< its code was rewritten; nobody knew
    dated,        ///< at the date that the scenario says
};

struct Races {
    bool classification = true;  ///< people tell races apart by their fingerprints
    std::vector<Race> listed;
    std::optional<RaceBirths> born;
    RaceHandling handling;

    bool any() const { return born || !listed.empty(); }
};

/// The name of a listed race, or of one that was born: "race-1" is the first of those.
inline std::string race_name(const Races& races, RaceId race) {
    return race < races.listed.size() ? races.listed[race].name
                                      : "race-" + std::to_string(race - races.listed.size() + 1);
}

}  // namespace gatesim
