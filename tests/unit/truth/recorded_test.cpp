// Builds that go as they really went (truth/recorded.hpp).
#include "truth/recorded.hpp"

#include <gtest/gtest.h>

#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

/// A change of stay 7, and builds of `unit` recorded for it.
struct Recorded : Stage {
    ChangeId change = kNone;

    explicit Recorded(std::initializer_list<RecordedBuild> builds) {
        RecordedBuilds all;
        for (const RecordedBuild& build : builds) all.add(7, unit, build);
        truth().take_from(std::move(all));
        change = enter("c");
        cast.changes[change].stay = 7;
    }
    RunTruth run(const Job& job, int number) { return truth().run(job, on({change}), 1, number); }
};

TEST(RecordedBuilds, TheFirstRunTakesTheFirstALaterOneALaterAndThenTheyAreDrawn) {
    Recorded s{{5 * kMinute, Result::failure, true}, {9 * kMinute, Result::success, true}};
    const Job job = Stage::job(Stage::unit);
    const RunTruth first = s.run(job, 0), second = s.run(job, 1), third = s.run(job, 2);
    EXPECT_EQ(first.duration, 5 * kMinute);
    EXPECT_EQ(first.result, Result::failure);
    EXPECT_EQ(first.fault.cause, Cause::flake);
    EXPECT_TRUE(first.recorded);
    EXPECT_EQ(second.duration, 9 * kMinute);
    EXPECT_EQ(second.result, Result::success);
    EXPECT_EQ(third.duration, kMinute);
    EXPECT_FALSE(third.recorded);
    EXPECT_EQ(s.truth().recorded_runs(), 2u);
    EXPECT_EQ(s.truth().drawn_runs(), 1u);
}

TEST(RecordedBuilds, AreOfOneStayAndOneJob) {
    Recorded s{{5 * kMinute, Result::success, true}};
    EXPECT_EQ(s.run(Stage::job(Stage::style), 0).duration, kMinute);
    const ChangeId other = s.enter("d");
    EXPECT_EQ(s.truth().run(Stage::job(Stage::unit), s.on({other}), 1, 0).duration, kMinute);
    EXPECT_EQ(s.truth().recorded_runs(), 0u);
}

TEST(RecordedBuilds, OneThatWasStoppedLastsLongerThanItDidAndItsResultIsDrawn) {
    Job job = Stage::job(Stage::unit);
    job.duration = Distribution::uniform(0, 100);
    double sum = 0;
    constexpr int kSeeds = 400;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        Recorded s{};
        s.luck = Luck(static_cast<std::uint64_t>(seed), 1);
        s.made.reset();
        RecordedBuilds builds;
        builds.add(7, Stage::unit, {60 * kSecond, Result::success, false});
        s.truth().take_from(std::move(builds));
        const RunTruth run = s.run(job, 0);
        ASSERT_GE(run.duration, 60 * kSecond);
        ASSERT_LE(run.duration, 100 * kSecond);
        EXPECT_FALSE(run.recorded);
        sum += seconds(run.duration);
    }
    EXPECT_NEAR(sum / kSeeds, 80, 2);  // what is left of a uniform law is uniform
}

TEST(RecordedBuilds, OneThatOnlyPollsSawTakesATimeBetweenThem) {
    Job job = Stage::job(Stage::unit);
    job.duration = Distribution::uniform(0, 100);
    double sum = 0;
    constexpr int kSeeds = 400;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        Recorded s{};
        s.luck = Luck(static_cast<std::uint64_t>(seed), 1);
        s.made.reset();
        RecordedBuild build{20 * kSecond, Result::success, true};
        build.at_most = 60 * kSecond;
        RecordedBuilds builds;
        builds.add(7, Stage::unit, build);
        s.truth().take_from(std::move(builds));
        const RunTruth run = s.run(job, 0);
        ASSERT_GE(run.duration, 20 * kSecond);
        ASSERT_LE(run.duration, 60 * kSecond);
        EXPECT_TRUE(run.recorded);
        sum += seconds(run.duration);
    }
    EXPECT_NEAR(sum / kSeeds, 40, 2);
}

TEST(RecordedBuilds, OneThatLastedLongerThanTheLawAllowsLastsAsLongAsItDid) {
    Recorded s{{5 * kMinute, Result::success, false}};
    EXPECT_EQ(s.run(Stage::job(Stage::unit), 0).duration, 5 * kMinute);
}

/// A change of stay 8 behind it, and builds of `unit` recorded for that one.
ChangeId behind(Recorded& s, RecordedBuild build, Soundness soundness = Soundness::sound) {
    RecordedBuilds all;
    all.add(8, Stage::unit, std::move(build));
    soundness == Soundness::sound ? all.set_sound(8) : all.set_broken(8, Stage::unit);
    all.set_sound(7);
    s.truth().take_from(std::move(all));
    const ChangeId second = s.enter("d");
    s.cast.changes[second].stay = 8;
    return second;
}

TEST(RecordedBuilds, AResultIsOfTheStateThatWasTested) {
    Recorded s{};
    const ChangeId second = behind(s, {5 * kMinute, Result::failure, true, false, true, {7}});
    const Job job = Stage::job(Stage::unit);
    const RunTruth same = s.truth().run(job, s.on({s.change, second}), 1, 0);
    EXPECT_EQ(same.result, Result::failure);
    const RunTruth alone = s.truth().run(job, s.on({second}), 1, 0);
    EXPECT_EQ(alone.duration, 5 * kMinute);  // its length remains
    EXPECT_EQ(alone.result, Result::success);
    s.landings.add(s.change);
    EXPECT_EQ(s.truth().run(job, s.on({second}), 1, 0).result, Result::failure);  // the same code, some of it landed
}

TEST(RecordedBuilds, WhoOnlyStoodBehindARedOneIsNotRedForEver) {
    Recorded s{};
    const ChangeId second = behind(s, {5 * kMinute, Result::failure, true, false});
    EXPECT_EQ(s.truth().run(Stage::job(Stage::unit), s.on({second}), 1, 0).result, Result::success);
    const ChangeId flaky = behind(s, {5 * kMinute, Result::failure, true, true});
    const RunTruth own = s.truth().run(Stage::job(Stage::unit), s.on({flaky}), 1, 0);
    EXPECT_EQ(own.result, Result::failure);
    EXPECT_EQ(own.fault.cause, Cause::flake);
}

TEST(RecordedBuilds, WhoIsBrokenIsRedOnEveryStateAndSoAreThoseBehindIt) {
    Recorded s{};
    const ChangeId second = behind(s, {5 * kMinute, Result::failure, true}, Soundness::broken);
    const ChangeId third = s.enter("e");
    const Job job = Stage::job(Stage::unit);
    for (int run = 0; run < 3; ++run) {
        const RunTruth own = s.truth().run(job, s.on({s.change, second}), 1, run);
        EXPECT_EQ(own.result, Result::failure);
        EXPECT_EQ(own.fault.cause, Cause::own_defect);
    }
    EXPECT_EQ(s.truth().run(job, s.on({second, third}), 1, 0).fault.cause, Cause::defect_ahead);
    EXPECT_EQ(s.truth().run(Stage::job(Stage::style), s.on({second}), 1, 0).result, Result::success);
}

TEST(RecordedBuilds, WhoIsSoundDrawsNoDefect) {
    Recorded s{};
    s.scenario.failures.defect = 1.0;
    const ChangeId second = behind(s, {5 * kMinute, Result::success, true});
    const ChangeId other = s.enter("e");
    EXPECT_FALSE(s.truth().has_defect(second));
    EXPECT_TRUE(s.truth().has_defect(other));
}

TEST(RecordedBuilds, WhatPassedIsNotWhereADefectShows) {
    Recorded s{};
    RecordedBuilds all;
    for (const JobId job : {Stage::unit, Stage::full}) all.add(7, job, {kMinute, Result::success, true});
    all.set_broken(7);
    s.truth().take_from(std::move(all));
    EXPECT_EQ(s.run(Stage::job(Stage::unit), 0).result, Result::success);
    EXPECT_EQ(s.run(Stage::job(Stage::style), 0).result, Result::failure);
}

TEST(RecordedBuilds, LeaveTheLuckOfAllOthersAsItWas) {
    Job job = Stage::job(Stage::unit);
    job.duration = Distribution::exponential(60);
    job.flake = 0.5;
    Stage plain;
    const ChangeId c = plain.enter("c"), d = plain.enter("d");
    Recorded s{{5 * kMinute, Result::success, true}};
    const ChangeId other = s.enter("d");
    for (int run = 1; run < 5; ++run) {
        EXPECT_EQ(s.run(job, run).duration, plain.truth().run(job, plain.on({c}), 1, run).duration);
        EXPECT_EQ(s.truth().run(job, s.on({other}), 1, run).result,
                  plain.truth().run(job, plain.on({d}), 1, run).result);
    }
}

}  // namespace
}  // namespace gatesim
