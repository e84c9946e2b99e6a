// Races of the branch: born by landings, hit by chance, found by who looks, ended by people.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "kernel/engine.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/world.hpp"

namespace gatesim {
namespace {

/// 40 changes a day for 40 days through one job of an hour, with these keys of failures.races.
Scenario days_of(const std::string& races, const std::vector<std::string>& sets = {}) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = sets;
    Loaded loaded = load_scenario_text(R"({
        "period": {"length": "40d"},
        "load": {"arrivals": {"rate": "40/day", "hours": "always"}, "after_ejection": {"retry": "100%", "after": "1h", "max": 5}},
        "jobs": {"unit": {"duration": "1h"}, "docs": {"duration": "10m"}},
        "pools": {"a": {"nodes": 20, "labels": ["any"]}, "b": {"nodes": 20, "labels": ["any"]}},
        "defaults": {"job": {"runs_on": "any"}},
        "failures": {"races": )" + races + "}}",
                                       "races", ".", options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    return *loaded.scenario;
}

/// One run of it: what was told of races, and what was hit.
struct Days : Observer {
    explicit Days(const Scenario& s, std::uint64_t seed = 1) : scenario(s) {
        Calendar calendar;
        World world(scenario, Luck(seed, 1), calendar, cast, {this}, {});
        broken = world.start();
        make_heap_engine()->run(calendar, kNever, [&] { return !world.broken().empty(); });
        world.end(false);
        broken += world.broken();
    }
    void on(const Event& e) override {
        EXPECT_GE(e.at, now);
        now = e.at;
        if (e.race == kNone) return;
        if (e.kind == EventKind::build_ended) {
            if (e.value != 0) seen[e.race].push_back(e.at);
            ++hits[e.race];
            return;
        }
        EXPECT_EQ(times[e.race].count(e.kind), 0u);
        times[e.race][e.kind] = e.at;
        if (e.kind == EventKind::race_fixed) how[e.race] = static_cast<RaceEnd>(e.value);
    }
    std::size_t count(EventKind kind) const {
        return static_cast<std::size_t>(
            std::count_if(times.begin(), times.end(), [&](const auto& race) { return race.second.count(kind) != 0; }));
    }
    std::size_t all_hits() const {
        std::size_t sum = 0;
        for (const auto& [race, number] : hits) sum += number;
        return sum;
    }

    Scenario scenario;
    Cast cast;
    std::string broken;
    Time now = 0;
    std::map<RaceId, std::map<EventKind, Time>> times;
    std::map<RaceId, std::vector<Time>> seen;  ///< hits that somebody saw
    std::map<RaceId, std::size_t> hits;
    std::map<RaceId, RaceEnd> how;
};

TEST(Races, ComeInWithLandingsAtTheStatedRateAndHitNobodyBefore) {
    const Days days(days_of(R"({"born": {"per_landing": "5%", "strength": "2%"}, "handling": {"look": "0%"}})"));
    EXPECT_EQ(days.broken, "");
    // 1600 landings x 5 %: within four standard deviations.
    EXPECT_NEAR(static_cast<double>(days.cast.races_born.size()), 80, 36);
    EXPECT_EQ(days.count(EventKind::race_born), days.cast.races_born.size());
    EXPECT_EQ(days.count(EventKind::race_noticed), 0u);
    for (const auto& [race, times] : days.seen) EXPECT_GT(times.front(), days.times.at(race).at(EventKind::race_born));
    EXPECT_GT(days.all_hits(), 100u);
    for (RaceId race = 0; race < days.cast.races_born.size(); ++race) {
        EXPECT_EQ(days.cast.races_born[race].name, "race-" + std::to_string(race + 1));
        EXPECT_EQ(days.cast.races_born[race].jobs.size(), 1u);
    }
}

TEST(Races, AreNoticedByWhoLooksClassifiedTakenOnAndFixed) {
    const Days days(days_of(R"({"born": {"per_landing": "2%", "strength": "10%"},
        "handling": {"look": "100%", "classify": "1h", "urgent": 3, "fix": "1d"}})"));
    EXPECT_EQ(days.broken, "");
    int fixed = 0;
    for (const auto& [race, times] : days.times) {
        if (times.count(EventKind::race_fixed) == 0) continue;
        ++fixed;
        const std::vector<Time>& seen = days.seen.at(race);
        EXPECT_EQ(times.at(EventKind::race_noticed), seen.at(0));
        EXPECT_EQ(times.at(EventKind::race_classified), seen.at(0) + kHour);
        EXPECT_EQ(times.at(EventKind::race_assigned), seen.at(2));
        EXPECT_EQ(times.at(EventKind::race_fixed), seen.at(2) + kDay);
        EXPECT_LE(seen.back(), seen.at(2) + kDay + kHour);  // a run that began before the fix may still be hit
        EXPECT_EQ(days.how.at(race), RaceEnd::fixed);
    }
    EXPECT_GT(fixed, 10);
}

TEST(Races, LiveLongerUnclassified) {
    const std::string rest = R"("born": {"per_landing": "2%", "strength": "5%"},
        "handling": {"look": "20%", "classify": "1h", "urgent": 5, "fix": "1h"})";
    double age[2] = {};
    std::size_t hits[2] = {};
    for (const bool on : {false, true}) {
        const Days days(days_of(std::string(R"({"classification": ")") + (on ? "on" : "off") + "\"," + rest + "}"));
        EXPECT_EQ(days.count(EventKind::race_classified) > 0, on);
        for (const auto& [race, times] : days.times)  // until its end, or that of the run
            age[on] += seconds((times.count(EventKind::race_fixed) ? times.at(EventKind::race_fixed) : 40 * kDay) -
                               times.at(EventKind::race_born));
        hits[on] = days.all_hits();
    }
    EXPECT_GT(age[false], 1.3 * age[true]);
    EXPECT_GT(hits[false], hits[true]);
}

TEST(Races, EndByRevertOfTheChangeThatBroughtThem) {
    const Days days(days_of(R"({"born": {"per_landing": "2%", "strength": "10%"},
        "handling": {"look": "100%", "urgent": 2, "fix": "1d", "revert": "100%"}})"));
    EXPECT_EQ(days.broken, "");
    EXPECT_GT(days.how.size(), 5u);
    for (const auto& [race, how] : days.how) {
        EXPECT_EQ(how, RaceEnd::reverted);
        EXPECT_EQ(days.times.at(race).at(EventKind::race_fixed), days.times.at(race).at(EventKind::race_assigned));
    }
}

TEST(Races, EndByQuarantineWhenTheyHitTooOften) {
    const Days days(days_of(R"({"born": {"per_landing": "2%", "strength": "20%"},
        "handling": {"look": "100%", "urgent": 1000, "quarantine": 8}})"));
    EXPECT_GT(days.how.size(), 5u);
    for (const auto& [race, how] : days.how) {
        EXPECT_EQ(how, RaceEnd::quarantined);
        const std::vector<Time>& seen = days.seen.at(race);
        const Time end = days.times.at(race).at(EventKind::race_fixed);
        // Of several that end at once only the first counts.
        EXPECT_GE(std::count_if(seen.begin(), seen.end(), [&](Time t) { return t > end - kWeek && t <= end; }), 8);
        EXPECT_LE(std::count_if(seen.begin(), seen.end(), [&](Time t) { return t > end - kWeek && t < end; }), 7);
    }
}

TEST(Races, FadeWhetherAnybodyKnowsOrNot) {
    const Days days(
        days_of(R"({"born": {"per_landing": "2%", "strength": "10%", "fades": "5d"}, "handling": {"look": "0%"}})"));
    EXPECT_GT(days.how.size(), 10u);
    for (const auto& [race, how] : days.how) {
        EXPECT_EQ(how, RaceEnd::faded);
        EXPECT_EQ(days.times.at(race).at(EventKind::race_fixed),
                  days.times.at(race).at(EventKind::race_born) + 5 * kDay);
    }
}

TEST(Races, ListedOnesComeAndGoAsTheScenarioSaysWhateverPeopleDo) {
    const Days days(
        days_of(R"({"listed": [{"name": "leak", "strength": "10%", "at": "5d", "until": "10d", "jobs": ["unit"]}],
        "handling": {"look": "100%", "classify": "1d", "urgent": 1}})"));
    const auto& times = days.times.at(0);
    EXPECT_EQ(times.at(EventKind::race_born), 5 * kDay);
    EXPECT_EQ(times.at(EventKind::race_fixed), 10 * kDay);
    EXPECT_EQ(days.how.at(0), RaceEnd::dated);
    EXPECT_EQ(times.at(EventKind::race_noticed), days.seen.at(0).front());
    EXPECT_EQ(times.at(EventKind::race_classified), days.seen.at(0).front() + kDay);
    EXPECT_EQ(times.count(EventKind::race_assigned), 0u);
    EXPECT_GT(days.seen.at(0).size(), 5u);
}

TEST(Races, BringTheirFactorsWithThem) {
    const Days days(days_of(R"({"born": {"per_landing": "30%", "strength": "1%",
        "factors": {"region": "30%", "hours": "20%", "with": "20%", "concurrency": "10%", "crowd": 7}}, "handling": {"look": "0%"}})"));
    std::map<std::string, int> kinds;
    for (const Race& race : days.cast.races_born) {
        ++kinds[race.factor.key];
        if (race.factor.key == "region") {
            EXPECT_EQ(race.factor.pools, std::vector<PoolId>{race.factor.value == "a" ? 0u : 1u});
        }
        if (race.factor.key == "concurrency") {
            EXPECT_EQ(race.factor.concurrency, 7);
        }
    }
    const double all = static_cast<double>(days.cast.races_born.size());
    EXPECT_GT(all, 300);
    EXPECT_NEAR(kinds["region"] / all, 0.3, 0.1);
    EXPECT_NEAR(kinds["hours"] / all, 0.2, 0.1);
    EXPECT_NEAR(kinds["with"] / all, 0.2, 0.1);
    EXPECT_NEAR(kinds["concurrency"] / all, 0.1, 0.06);
    EXPECT_NEAR(kinds[""] / all, 0.2, 0.1);
}

/// Who is hit is luck that no strategy changes: of runs that two of them have in common, the same are.
TEST(Races, HitTheSameRunsUnderEveryStrategy) {
    struct Hits : Observer {
        void on(const Event& e) override {
            if (e.kind == EventKind::build_started) {
                run[e.build] = {e.change, e.patchset, e.job, e.value};
                started.emplace(run[e.build], false);
            }
            if (e.kind == EventKind::build_ended && e.cause == Cause::race) started[run[e.build]] = true;
            if (e.kind == EventKind::build_ended && e.result == Result::canceled) started.erase(run[e.build]);
        }
        using Key = std::tuple<ChangeId, int, JobId, std::int64_t>;
        std::map<BuildId, Key> run;
        std::map<Key, bool> started;
    };
    std::vector<Hits> all;
    for (const char* strategy : {"serial", "zuul", "tide", "mergify", "bors-ng"}) {
        const Scenario scenario = days_of(R"({"listed": [{"name": "leak", "strength": "10%"}]})",
                                          {std::string("/strategy=") + strategy, "/period/length=3d"});
        Hits hits;
        Calendar calendar;
        Cast cast;
        World world(scenario, Luck(1, 1), calendar, cast, {&hits}, {});
        world.start();
        make_heap_engine()->run(calendar, kNever, [&] { return !world.broken().empty(); });
        all.push_back(std::move(hits));
    }
    for (std::size_t other = 1; other < all.size(); ++other) {
        int common = 0, red = 0;
        for (const auto& [key, hit] : all[0].started) {
            const auto same = all[other].started.find(key);
            if (same == all[other].started.end()) continue;
            ++common;
            red += hit;
            EXPECT_EQ(same->second, hit);
        }
        EXPECT_GT(common, 50);
        EXPECT_GT(red, 3);
    }
}

}  // namespace
}  // namespace gatesim
