// Races of the branch: how often they hit, whom, where, and by whose luck.
#include "truth/races.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "load/people/working_time.hpp"
#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

Race& race(Stage& s, double strength, const std::string& name = "leak") {
    Race& out = s.scenario.failures.races.listed.emplace_back();
    out.name = name;
    out.strength = strength;
    return out;
}

struct Run {
    JobId job = Stage::unit;
    Time at = 0;
    PoolId pool = kNone;
    std::vector<ChangeId> chain = {};
    int retry_tests = 0;
};

/// Which of so many runs of one change the races hit.
std::set<int> hits(Stage& s, ChangeId change, const Run& how, int runs = 4000) {
    std::set<int> out;
    Job job = Stage::job(how.job);
    job.retry_tests = how.retry_tests;
    std::vector<ChangeId> chain = how.chain;
    chain.push_back(change);
    for (int run = 0; run < runs; ++run) {
        const RunTruth truth = s.truth().run(job, s.on(chain), 1, run, how.at, how.pool);
        EXPECT_EQ(truth.result == Result::failure, truth.fault.cause == Cause::race);
        EXPECT_EQ(truth.fault.cause == Cause::race, truth.fault.race != kNone);
        EXPECT_TRUE(truth.fault.at_fault.empty());
        if (truth.fault.cause == Cause::race) out.insert(run);
    }
    return out;
}

/// Within four standard deviations of what chance makes of it.
void expect_share(std::size_t hits, double share, int runs = 4000) {
    EXPECT_NEAR(static_cast<double>(hits) / runs, share, 4 * std::sqrt(share * (1 - share) / runs));
}

TEST(Races, HitTheShareThatIsTheirStrength) {
    Stage s;
    race(s, 0.05);
    const ChangeId a = s.enter("a"), b = s.enter("b");
    const std::set<int> first = hits(s, a, {});
    expect_share(first.size(), 0.05);
    EXPECT_EQ(hits(s, a, {}), first);
    EXPECT_NE(hits(s, b, {}), first);
    EXPECT_NE(hits(s, a, {.job = Stage::full}), first);
}

TEST(Races, LuckIsTheSameWhateverElseIsTestedOrHasLanded) {
    Stage s;
    race(s, 0.05);
    const ChangeId a = s.enter("a"), b = s.enter("b");
    const std::set<int> alone = hits(s, a, {});
    EXPECT_EQ(hits(s, a, {.at = kDay, .pool = 3, .chain = {b}}), alone);
    s.landings.add(b);
    EXPECT_EQ(hits(s, a, {}), alone);
}

TEST(Races, AreLookedAtAfterWhatTheRunIsRedForAnyway) {
    Stage s;
    race(s, 1);
    s.list("bad");
    s.script("bad", Stage::unit).fails = true;
    const ChangeId bad = s.enter("bad");
    EXPECT_EQ(s.run(Stage::unit, s.on({bad})).fault.cause, Cause::own_defect);
    EXPECT_EQ(s.run(Stage::full, s.on({bad})).fault.cause, Cause::race);
    Job flaky = Stage::job(Stage::full);
    flaky.flake = 1;
    EXPECT_EQ(s.truth().run(flaky, s.on({bad}), 1, 0).fault.cause, Cause::flake);
    Job lost = Stage::job(Stage::full);
    lost.no_result = 1;
    EXPECT_EQ(s.truth().run(lost, s.on({bad}), 1, 0).result, Result::retry);
}

TEST(Races, SpareTheChangeAndTheOracle) {
    Stage s;
    race(s, 1);
    const ChangeId a = s.enter("a");
    EXPECT_EQ(s.truth().flaw(s.on({a})), Cause::none);
    EXPECT_TRUE(s.truth().omniscience().really_passes(s.on({a})));
}

TEST(Races, RepetitionsOfTestsHelpAsAgainstFlakes) {
    Stage s;
    race(s, 0.3);
    const ChangeId a = s.enter("a");
    const std::set<int> once = hits(s, a, {}), twice = hits(s, a, {.retry_tests = 1});
    expect_share(twice.size(), 0.09);
    EXPECT_TRUE(std::includes(once.begin(), once.end(), twice.begin(), twice.end()));
    // Whoever is saved by it takes longer: as long again.
    Job job = Stage::job(Stage::unit);
    job.retry_tests = 1;
    job.retry_cost = 1;
    for (const int run : once) EXPECT_EQ(s.truth().run(job, s.on({a}), 1, run).duration, 2 * kMinute);
}

TEST(Races, ReachTheirJobsOnlyOrAllThatVote) {
    Stage s;
    race(s, 1).jobs = {Stage::full};
    const ChangeId a = s.enter("a");
    EXPECT_EQ(hits(s, a, {.job = Stage::unit}, 10).size(), 0u);
    EXPECT_EQ(hits(s, a, {.job = Stage::full}, 10).size(), 10u);
    Stage all;
    race(all, 1);
    const ChangeId b = all.enter("b");
    Job silent = Stage::job(Stage::style);
    EXPECT_EQ(all.truth().run(silent, all.on({b}), 1, 0).fault.cause, Cause::race);
    silent.voting = false;
    EXPECT_EQ(all.truth().run(silent, all.on({b}), 1, 0).fault.cause, Cause::none);
}

TEST(Races, AreThereFromTheirBeginningUntilTheirFixAndAsStrongAsTheTimelineSays) {
    Stage s;
    Race& leak = race(s, 0);
    leak.from = kHour;
    leak.until = 4 * kHour;
    leak.strength.first = 1;
    leak.strength.steps = {{2 * kHour, 0.2}, {3 * kHour, 0}};
    const ChangeId a = s.enter("a");
    const auto at = [&](Time when) { return hits(s, a, {.at = when}).size(); };
    EXPECT_EQ(at(kHour - 1), 0u);
    EXPECT_EQ(at(kHour), 4000u);
    expect_share(at(2 * kHour), 0.2);
    EXPECT_EQ(at(3 * kHour), 0u);
    leak.strength.steps.clear();
    EXPECT_EQ(at(4 * kHour - 1), 4000u);
    EXPECT_EQ(at(4 * kHour), 0u);
}

TEST(Races, DependOnWhereTheRunIs) {
    Stage s;
    Race& leak = race(s, 1);
    leak.factor.kind = RaceFactor::Kind::place;
    leak.factor.pools = {1, 3};
    const ChangeId a = s.enter("a");
    for (const PoolId pool : {0u, 1u, 2u, 3u, kNone})
        EXPECT_EQ(hits(s, a, {.pool = pool}, 5).size(), pool == 1 || pool == 3 ? 5u : 0u) << pool;
}

TEST(Races, DependOnWhenItStarts) {
    Stage s;
    Race& nightly = race(s, 1);
    nightly.factor.kind = RaceFactor::Kind::hours;
    nightly.factor.hours = WeeklyHours::daily(2 * kHour, 4 * kHour, {0, 1, 2, 3, 4, 5, 6});
    Race& then = race(s, 1, "then");
    then.jobs = {Stage::full};
    then.factor.kind = RaceFactor::Kind::dates;
    then.factor.from = kDay;
    then.factor.until = 2 * kDay;
    const ChangeId a = s.enter("a");
    s.truth().races().take_clock(
        [](const WeeklyHours& hours) { return [when = hours_of({}, hours)](Time at) { return when.at_work(at); }; });
    EXPECT_EQ(hits(s, a, {.at = 3 * kHour}, 5).size(), 5u);
    EXPECT_EQ(hits(s, a, {.at = 5 * kHour}, 5).size(), 0u);
    EXPECT_EQ(hits(s, a, {.at = 8 * kDay + 3 * kHour}, 5).size(), 5u);
    EXPECT_EQ(hits(s, a, {.job = Stage::full, .at = kDay + 5 * kHour}, 5).size(), 5u);
    EXPECT_EQ(hits(s, a, {.job = Stage::full, .at = 2 * kDay + 5 * kHour}, 5).size(), 0u);
}

TEST(Races, DependOnHowManyBuildsOfTheirJobsRun) {
    Stage s;
    Race& crowd = race(s, 1);
    crowd.jobs = {Stage::unit};
    crowd.factor.kind = RaceFactor::Kind::concurrency;
    crowd.factor.concurrency = 2;
    const ChangeId a = s.enter("a");
    const auto hit = [&] { return hits(s, a, {}, 1).size(); };
    s.truth().races().begins(Stage::unit);
    s.truth().races().begins(Stage::full);  // is not among its jobs
    EXPECT_EQ(hit(), 0u);
    s.truth().races().begins(Stage::unit);
    EXPECT_EQ(hit(), 1u);
    s.truth().races().ends(Stage::unit);
    EXPECT_EQ(hit(), 0u);
    s.scenario.failures.races.listed[0].jobs = {};
    EXPECT_EQ(hit(), 1u);
}

TEST(Races, DependOnWhatIsTestedTogether) {
    Stage s;
    Race& with = race(s, 1);
    with.factor.kind = RaceFactor::Kind::together;
    with.factor.project = 1;
    const ChangeId nova = s.enter("nova", 0), glance = s.enter("glance", 1), other = s.enter("other", 1);
    EXPECT_EQ(hits(s, nova, {}, 5).size(), 0u);
    EXPECT_EQ(hits(s, nova, {.chain = {glance}}, 5).size(), 5u);
    EXPECT_EQ(hits(s, glance, {.chain = {nova}}, 5).size(), 0u);  // itself is no other change
    EXPECT_EQ(hits(s, glance, {.chain = {other}}, 5).size(), 5u);
    with.factor.project = kNone;
    Stage t;
    Race& named = race(t, 1);
    named.factor.kind = RaceFactor::Kind::together;
    named.factor.change = "second";
    const ChangeId first = t.enter("first"), third = t.enter("third");
    EXPECT_EQ(hits(t, first, {.chain = {third}}, 5).size(), 0u);
    const ChangeId second = t.enter("second");  // joins when questions were asked before
    EXPECT_EQ(hits(t, first, {.chain = {second}}, 5).size(), 5u);
}

TEST(Races, CameInWithAChangeForItsSharedQueue) {
    Stage s;
    Race& after = race(s, 1);
    after.factor.kind = RaceFactor::Kind::after;
    after.factor.change = "culprit";
    const ChangeId culprit = s.enter("culprit"), nova = s.enter("a", 0), glance = s.enter("b", 1),
                   docs = s.enter("c", 2);
    EXPECT_EQ(hits(s, nova, {.chain = {culprit}}, 5).size(), 0u);
    const Landings::Mark before = s.landings.mark();
    s.landings.add(culprit);
    EXPECT_EQ(hits(s, nova, {}, 5).size(), 5u);
    EXPECT_EQ(hits(s, glance, {}, 5).size(), 5u);
    EXPECT_EQ(hits(s, docs, {}, 5).size(), 0u);
    EXPECT_EQ(s.truth().run(Stage::job(Stage::unit), s.on(before, {nova}), 1, 0).fault.cause, Cause::none);
    s.landings.revert(culprit);
    EXPECT_EQ(hits(s, nova, {}, 5).size(), 0u);
}

TEST(Races, TheFirstThatShowsIsNamed) {
    Stage s;
    race(s, 0.1, "rare");
    race(s, 1, "sure");
    const ChangeId a = s.enter("a");
    int rare = 0;
    for (int run = 0; run < 4000; ++run) rare += s.run(Stage::unit, s.on({a}), run).fault.race == 0;
    expect_share(static_cast<std::size_t>(rare), 0.1);
    EXPECT_EQ(race_name(s.scenario.failures.races, 1), "sure");
    EXPECT_EQ(race_name(s.scenario.failures.races, 2), "race-1");
}

}  // namespace
}  // namespace gatesim
