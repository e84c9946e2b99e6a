// What a job does about flakes and which tests it runs; failures that come in a row.
#include <gtest/gtest.h>

#include <cmath>

#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

TEST(Durations, HaveTheFactorOfTheTimeAtWhichTheRunStarts) {
    Stage s;
    Job job = Stage::job(Stage::unit);
    job.duration_scale.steps = {{kHour, 2}, {2 * kHour, 0.5}};
    const ChangeId c = s.enter("c");
    const auto at = [&](Time now) { return s.truth().run(job, s.on({c}), 1, 0, now).duration; };
    EXPECT_EQ(at(0), kMinute);
    EXPECT_EQ(at(kHour - 1), kMinute);
    EXPECT_EQ(at(kHour), 2 * kMinute);
    EXPECT_EQ(at(kDay), kMinute / 2);
}

TEST(RetryTests, LeavesAFlakeToThePowerAndCostsItsShare) {
    Stage s;
    Job job = Stage::job(Stage::unit);
    job.flake = 0.3;
    job.retry_tests = 2;
    job.retry_cost = 0.1;
    constexpr int kRuns = 20'000;
    int red = 0;
    std::vector<int> repeated(3);
    const ChangeId c = s.enter("c");
    for (int run = 0; run < kRuns; ++run) {
        const RunTruth truth = s.truth().run(job, s.on({c}), 1, run);
        red += truth.result == Result::failure;
        const auto repeats = static_cast<std::size_t>((truth.duration - kMinute) / (6 * kSecond));
        ASSERT_LE(repeats, 2u);
        ++repeated[repeats];
        if (truth.result == Result::failure) {
            ASSERT_EQ(repeats, 2u);
        }
    }
    EXPECT_NEAR(red, 0.027 * kRuns, 5 * std::sqrt(0.027 * kRuns));
    EXPECT_NEAR(repeated[0], 0.7 * kRuns, 5 * std::sqrt(0.21 * kRuns));
    EXPECT_NEAR(repeated[1], 0.3 * 0.7 * kRuns, 5 * std::sqrt(0.17 * kRuns));
}

TEST(RetryTests, OnlyTurnsRedIntoGreenAndOnlyFlakes) {
    Stage s;
    s.scenario.failures.defect = 0.2;
    Job once = Stage::job(Stage::unit), thrice = once;
    once.flake = thrice.flake = 0.4;
    thrice.retry_tests = 2;
    thrice.retry_cost = 0.5;
    int saved = 0;
    for (int i = 0; i < 1000; ++i) {
        const ChangeId c = s.enter("c");
        const RunTruth before = s.truth().run(once, s.on({c}), 1, 0), after = s.truth().run(thrice, s.on({c}), 1, 0);
        if (before.result == Result::success) {
            ASSERT_EQ(after.result, Result::success);
            ASSERT_EQ(after.duration, before.duration);
        }
        if (before.fault.cause == Cause::own_defect) {
            ASSERT_EQ(after.fault.cause, Cause::own_defect);
            ASSERT_EQ(after.duration, 2 * kMinute);
        }
        saved += before.fault.cause == Cause::flake && after.result == Result::success;
    }
    EXPECT_GT(saved, 100);
}

TEST(RetryTests, TheRepetitionsCountForTheTimeout) {
    Stage s;
    Job job = Stage::job(Stage::unit);
    job.flake = 0.5;
    job.retry_tests = 1;
    job.retry_cost = 1;
    job.timeout = 90 * kSecond;
    const ChangeId c = s.enter("c");
    int late = 0;
    for (int run = 0; run < 200; ++run) {
        const RunTruth truth = s.truth().run(job, s.on({c}), 1, run);
        ASSERT_LE(truth.duration, job.timeout.first);
        late += truth.result == Result::timeout && truth.fault.cause == Cause::timeout;
    }
    EXPECT_NEAR(late, 50, 35);
}

TEST(FlakePerChange, CountsEveryChangeOfTheChain) {
    Stage s;
    Job job = Stage::job(Stage::unit);
    job.flake = 0.05;
    constexpr int kRuns = 4000;
    std::vector<ChangeId> chain;
    for (int i = 0; i < 8; ++i) chain.push_back(s.enter("c"));
    const auto reds = [&](bool per_change) {
        job.flake_per_change = per_change;
        int red = 0;
        for (int run = 0; run < kRuns; ++run) red += s.truth().run(job, s.on(chain), 1, run).result == Result::failure;
        return red;
    };
    EXPECT_NEAR(reds(false), 0.05 * kRuns, 5 * std::sqrt(0.05 * kRuns));
    const double p = 1 - std::pow(0.95, 8);
    EXPECT_NEAR(reds(true), p * kRuns, 5 * std::sqrt(p * (1 - p) * kRuns));
}

TEST(Selection, OverlooksByItsRecallForEverAndIsCheaper) {
    Stage s;
    s.scenario.failures.defect = 0.5;
    Job whole = Stage::job(Stage::unit), part = whole;
    part.selection = TestSelection{0.9, 0.25};
    int shown = 0, seen = 0, ahead_shown = 0, ahead_seen = 0;
    for (int i = 0; i < 6000; ++i) {
        const ChangeId c = s.enter("c"), next = s.enter("n");
        const bool red = s.truth().run(whole, s.on({c}), 1, 0).result == Result::failure;
        const RunTruth selected = s.truth().run(part, s.on({c}), 1, 0);
        ASSERT_EQ(selected.duration, kMinute / 4);
        ASSERT_EQ(selected.result, s.truth().run(part, s.on({c}), 1, 1).result);
        ASSERT_TRUE(red || selected.result == Result::success);
        shown += red;
        seen += selected.result == Result::failure;
        if (s.truth().run(whole, s.on({c, next}), 1, 0).fault.cause != Cause::defect_ahead) continue;
        ++ahead_shown;
        ahead_seen += s.truth().run(part, s.on({c, next}), 1, 0).fault.cause == Cause::defect_ahead;
    }
    EXPECT_NEAR(seen, 0.9 * shown, 5 * std::sqrt(0.09 * shown));
    EXPECT_NEAR(ahead_seen, 0.25 * ahead_shown, 5 * std::sqrt(0.19 * ahead_shown));
    EXPECT_GT(ahead_shown, 300);
}

TEST(DefectRun, KeepsTheShareAndTheLengthOfRuns) {
    Stage s;
    s.scenario.failures.defect = 0.226;  // the median of 145 public projects, and their mean red run
    s.scenario.failures.defect_run = 2.34;
    constexpr int kChanges = 30'000;
    int defects = 0, runs = 0;
    bool before = false;
    for (int i = 0; i < kChanges; ++i) {
        const ChangeId c = s.enter("c");
        s.enter("docs", 2);  // another queue has runs of its own
        const bool red = s.truth().flaw(s.on({c})) == Cause::own_defect;
        defects += red;
        runs += red && !before;
        before = red;
    }
    EXPECT_NEAR(1.0 * defects / kChanges, 0.226, 0.015);
    EXPECT_NEAR(1.0 * defects / runs, 2.34, 0.1);
}

TEST(DefectRun, OfTheLengthThatChanceGivesIsChance) {
    Stage plain, run;
    plain.scenario.failures.defect = run.scenario.failures.defect = 0.2;
    run.scenario.failures.defect_run = 1 / (1 - 0.2);
    for (int i = 0; i < 2000; ++i) {
        const ChangeId c = plain.enter("c");
        run.enter("c");
        ASSERT_EQ(plain.truth().flaw(plain.on({c})), run.truth().flaw(run.on({c})));
    }
}

}  // namespace
}  // namespace gatesim
