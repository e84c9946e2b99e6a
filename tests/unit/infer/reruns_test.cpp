#include "infer/reruns.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "infer/reds.hpp"
#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

using import::Left;
using import::RunResult;

/// What flake f and defect d show: the share of red first runs, and of passed ones among those repeated.
std::pair<double, double> shown(double f, double d) {
    const double a = d + (1 - d) * f;
    return {a, (1 - d) * f * (1 - f) / a};
}

TEST(SplitRed, FlakeAndDefectComeBack) {
    const auto [a, b] = shown(0.05, 0.08);
    EXPECT_NEAR(a, 0.126, 1e-12);
    EXPECT_NEAR(b, 0.3468, 1e-4);
    EXPECT_NEAR(split_red(a, b).flake, 0.05, 1e-12);
    EXPECT_NEAR(split_red(a, b).defect, 0.08, 1e-12);
}

TEST(SplitRed, WhereNobodyRepeatsAKnownFlakeLeavesTheDefects) {
    std::vector<Outcome> outcomes;
    for (std::uint32_t i = 0; i < 10; ++i) outcomes.push_back({i < 4, std::nullopt, i});
    Reds reds = reds_of(outcomes);
    EXPECT_TRUE(reds.bounds);
    EXPECT_NEAR(reds.defect.value, 0.2, 1e-12);
    split_by_flake(reds, 0.25);
    EXPECT_FALSE(reds.bounds);
    EXPECT_NEAR(reds.defect.value, 0.15 / 0.75, 1e-12);
    Reds all = reds_of(outcomes);
    split_by_flake(all, 0.5);  // more than is red at all
    EXPECT_EQ(all.defect.value, 0);
    outcomes[0].passed_again = true;
    Reds told = reds_of(outcomes);
    const double before = told.defect.value;
    split_by_flake(told, 0.25);  // those that were repeated know better
    EXPECT_EQ(told.defect.value, before);
}

RC_GTEST_PROP(SplitRed, ItUndoesWhatFlakesAndDefectsDo, ()) {
    const double f = 0.001 + 0.499 * static_cast<double>(*rc::gen::inRange(0, 1000)) / 1000;
    const double d = 0.9 * static_cast<double>(*rc::gen::inRange(0, 1000)) / 1000;
    const auto [a, b] = shown(f, d);
    const Split s = split_red(a, b);
    RC_ASSERT(std::abs(s.flake - f) < 1e-9);
    RC_ASSERT(std::abs(s.defect - d) < 1e-9);
}

TEST(SplitRed, WhatIsRepeatedMayBeSteadierThanTheWhole) {
    // Two jobs with flakes of 10 %: the first test fails by luck in 19 %; mostly one of them is repeated.
    const double d = 0.1, f = 0.19, again = 0.1, a = d + (1 - d) * f, b = (1 - d) * f * (1 - again) / a;
    EXPECT_NEAR(split_red(a, b, again).defect, d, 1e-12);
    EXPECT_NEAR(split_red(a, b, again).flake, f, 1e-12);
    EXPECT_LT(split_red(a, b).defect, d - 0.01);
}

TEST(SplitRed, NothingThatCannotBe) {
    EXPECT_EQ(split_red(0, 0).flake, 0);
    EXPECT_EQ(split_red(0.2, 1).defect, 0);
    EXPECT_DOUBLE_EQ(split_red(0.2, 1).flake, 0.2);
    EXPECT_DOUBLE_EQ(split_red(0.2, 0).defect, 0.2);
}

std::vector<Outcome> outcomes(std::size_t green, std::size_t passed, std::size_t red, std::size_t once) {
    std::vector<Outcome> out;
    const auto add = [&](std::size_t n, bool is_red, std::optional<bool> again) {
        for (std::size_t i = 0; i < n; ++i) out.push_back({is_red, again, static_cast<std::uint32_t>(out.size())});
    };
    add(green, false, std::nullopt);
    add(passed, true, true);
    add(red, true, false);
    add(once, true, std::nullopt);
    return out;
}

TEST(Reds, AnIntervalAroundTheValue) {
    const Reds r = reds_of(outcomes(874, 44, 82, 0));
    EXPECT_NEAR(r.flake.value, 0.05, 0.001);
    EXPECT_NEAR(r.defect.value, 0.08, 0.001);
    EXPECT_GT(*r.flake.low, 0.03);
    EXPECT_LT(*r.flake.high, 0.07);
    EXPECT_GT(*r.defect.low, 0.06);
    EXPECT_LT(*r.defect.high, 0.10);
}

TEST(Reds, WhereNobodyRepeatsTheBoundsAreAllAndNothing) {
    const Reds r = reds_of(outcomes(90, 0, 0, 10));
    EXPECT_TRUE(r.bounds);
    EXPECT_NEAR(r.flake.value, 0.05, 1e-12);
    EXPECT_EQ(*r.flake.low, 0);
    EXPECT_GT(*r.flake.high, 0.1);
    EXPECT_EQ(*r.defect.low, 0);
    EXPECT_GT(*r.defect.high, 0.1);
}

TEST(Reds, NoRedIsABound) {
    const Reds r = reds_of(outcomes(100, 0, 0, 0));
    EXPECT_EQ(r.flake.value, 0);
    EXPECT_NEAR(*r.flake.high, 1 - std::exp(-3.8415 / 2 / 100), 1e-3);
}

TEST(Reds, OneDefectBehindManyStatesIsLessSure) {
    std::vector<Outcome> apart = outcomes(80, 0, 20, 0), together = apart;
    for (std::size_t i = 80; i < 100; ++i) together[i].of = 80;
    EXPECT_GT(*reds_of(together).defect.high, *reds_of(apart).defect.high + 0.02);
}

TEST(Reds, AStateWithACulpritAheadDoesNotCount) {
    import::Records records;
    const auto bad = add_stay(records, "a", 0, 30, Left::ejected);
    const auto good = add_stay(records, "b", 1, 60);
    add_run(records, bad, 0, "unit", 0, 10, RunResult::failure);
    add_run(records, good, 1, "unit", 1, 11, RunResult::failure).members = {bad, good};
    add_run(records, good, 2, "unit", 30, 40);
    const JobReds reds = reds_in(records, tests_of(records), records.texts.of("unit"), {});
    ASSERT_EQ(reds.by_change.size(), 2u);
    EXPECT_TRUE(reds.by_change[0].red);
    EXPECT_FALSE(reds.by_change[1].red);
    EXPECT_EQ(reds.by_state.size(), 2u);
}

TEST(Spells, ManyChangesRedAtOnceAreTroubleAndNotFlakes) {
    import::Records records;
    for (std::uint32_t i = 0; i < 200; ++i) {
        const std::string change = "c" + std::to_string(i);
        const auto stay = add_stay(records, change.c_str(), 10 * i, 10 * i + 9);
        const bool trouble = i >= 100 && i < 105;
        add_run(records, stay, i, "unit", 10 * i, 10 * i + 5, trouble ? RunResult::failure : RunResult::success);
    }
    const auto tests = tests_of(records);
    const auto job = records.texts.of("unit");
    const auto spells = spells_of(records, tests, job);
    ASSERT_EQ(spells.size(), 1u);
    EXPECT_EQ(spells[0].from, at(1005));
    EXPECT_EQ(spells[0].to, at(1045));
    EXPECT_EQ(spells[0].changes, 5u);
    const JobReds reds = reds_in(records, tests, job, spells);
    EXPECT_EQ(reds.in_spells, 5u);
    EXPECT_EQ(reds_of(reds.by_state).counts.red, 0u);
}

TEST(Spells, AsMuchRedAsUsualIsNoTrouble) {
    import::Records records;
    for (std::uint32_t i = 0; i < 200; ++i) {
        const std::string change = "c" + std::to_string(i);
        const auto stay = add_stay(records, change.c_str(), 10 * i, 10 * i + 9);
        add_run(records, stay, i, "unit", 10 * i, 10 * i + 5, i % 2 == 0 ? RunResult::failure : RunResult::success);
    }
    EXPECT_TRUE(spells_of(records, tests_of(records), records.texts.of("unit")).empty());
}

}  // namespace
}  // namespace gatesim::infer
