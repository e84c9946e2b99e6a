#include "infer/durations.hpp"

#include <gtest/gtest.h>

#include "infer/tests.hpp"
#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

using import::RunResult;

TEST(Survival, KaplanAndMeierByHand) {
    // 1, 2+, 3, 4: S(1) = 3/4, S(3) = 3/4 * 1/2, S(4) = 0.
    const Survival s = survival_of({{1, 1}, {2}, {3, 3}, {4, 4}});
    EXPECT_EQ(s.times, (std::vector<double>{1, 3, 4}));
    EXPECT_DOUBLE_EQ(s.survival[0], 0.75);
    EXPECT_DOUBLE_EQ(s.survival[1], 0.375);
    EXPECT_DOUBLE_EQ(s.quantile(0.5), 3);
    EXPECT_DOUBLE_EQ(s.quantile(0.99), 4);
}

TEST(Durations, WhatNeverRanSaysNothing) {
    import::Records records;
    add_run(records, kNone, 0, "unit", 0, 10);
    add_run(records, kNone, 1, "unit", 0, 12);
    add_run(records, kNone, 2, "unit", 5, 5, RunResult::skipped);
    add_run(records, kNone, 3, "unit", 0, 0, RunResult::unfinished).started = kNever;
    import::Run& copied = add_run(records, kNone, 1, "unit", 0, 1);
    copied.attempt = 2;
    copied.created = copied.queued = at(20);  // it began before it was asked for: attempt 1 is listed again
    const JobRuns runs = runs_by_job(records)[records.texts.of("unit")];
    EXPECT_EQ(runs.skipped, 1u);
    EXPECT_EQ(runs.never_started, 1u);
    EXPECT_EQ(runs.inherited, 1u);
    const Durations d = durations_of(runs, at(60));
    EXPECT_EQ(d.median.n, 2u);
    EXPECT_NEAR(d.median.value, 60 * std::sqrt(120.0), 1e-6);
}

TEST(Durations, ThirtySuccessesGiveAnEmpiricalLaw) {
    import::Records records;
    for (std::uint32_t i = 0; i < 29; ++i) add_run(records, kNone, i, "unit", 0, i + 1);
    const auto runs = [&] { return runs_by_job(records)[records.texts.of("unit")]; };
    EXPECT_TRUE(durations_of(runs(), at(60)).empirical.empty());
    add_run(records, kNone, 29, "unit", 0, 30);
    EXPECT_EQ(durations_of(runs(), at(60)).empirical.size(), 30u);
    EXPECT_DOUBLE_EQ(durations_of(runs(), at(60)).median.value, 15 * 60);
}

TEST(Durations, WhatOnlyPollsSawLiesBetweenThem) {
    import::Records records;
    for (std::uint32_t i = 0; i < 20; ++i) add_run(records, kNone, i, "unit", 0, 20).ended_width = 20 * 60;
    const Durations d = durations_of(runs_by_job(records)[records.texts.of("unit")], at(60));
    ASSERT_EQ(d.lengths.size(), 20u);
    EXPECT_DOUBLE_EQ(d.lengths[0].low, 600);
    EXPECT_DOUBLE_EQ(d.lengths[0].high, 1800);
}

TEST(Durations, EarlyFailuresAreNoLengths) {
    import::Records records;
    for (std::uint32_t i = 0; i < 30; ++i) add_run(records, kNone, i, "unit", 0, 10);
    for (std::uint32_t i = 30; i < 42; ++i) add_run(records, kNone, i, "unit", 0, 1, RunResult::failure);
    const Durations d = durations_of(runs_by_job(records)[records.texts.of("unit")], at(60));
    EXPECT_FALSE(d.with_failures);
    EXPECT_NEAR(d.failure_share->value, 0.1, 1e-9);
    EXPECT_DOUBLE_EQ(d.median.value, 600);
}

TEST(Durations, WhatWasStoppedWouldHaveBeenLonger) {
    import::Records records;
    for (std::uint32_t i = 0; i < 40; ++i) add_run(records, kNone, i, "unit", 0, 10 + i);
    const double before = durations_of(runs_by_job(records)[records.texts.of("unit")], at(60)).median.value;
    for (std::uint32_t i = 40; i < 60; ++i) add_run(records, kNone, i, "unit", 0, 20, RunResult::superseded);
    const Durations d = durations_of(runs_by_job(records)[records.texts.of("unit")], at(60));
    EXPECT_GT(d.median.value, before);
    EXPECT_TRUE(d.informative);
}

}  // namespace
}  // namespace gatesim::infer
