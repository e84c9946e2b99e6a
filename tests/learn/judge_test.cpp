// The sequential rule: never a coin flip, and right answers are hardly ever refused.

#include "learn/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "chance/draw.hpp"

namespace gatesim::learn {
namespace {

Check at_most() {
    Check c;
    c.relation = Relation::at_most;
    return c;
}

Series constant(double value, std::size_t n) {
    return Series(n, value);
}

TEST(Judge, CertainNumbersAreDecidedAtOnce) {
    EXPECT_EQ(judge(at_most(), constant(16, 1), constant(16, 1)).status, Status::pass) << "on the line is at most";
    EXPECT_EQ(judge(at_most(), constant(17, 1), constant(16, 1)).status, Status::fail);
}

TEST(Judge, TheWholeIntervalMustBeOnOneSide) {
    EXPECT_EQ(judge(at_most(), {9.0, 9.1, 8.9, 9.0}, constant(10, 4)).status, Status::pass);
    EXPECT_EQ(judge(at_most(), {11.0, 11.1, 10.9, 11.0}, constant(10, 4)).status, Status::fail);
    EXPECT_EQ(judge(at_most(), {9.0, 11.0, 8.9, 11.2}, constant(10, 4)).status, std::nullopt);
}

TEST(Judge, AGoalThatVariesAlongIsComparedRunByRun) {
    // Measure and goal vary wildly, but always by one: paired, there is no doubt.
    EXPECT_EQ(judge(at_most(), {1.0, 101.0, 51.0}, {2.0, 102.0, 52.0}).status, Status::pass);
}

TEST(Judge, Within) {
    Check c;
    c.relation = Relation::within;
    c.within = {0.05, true};
    EXPECT_EQ(judge(c, constant(100, 3), {99.9, 100.1, 100.0}).status, Status::pass);
    EXPECT_EQ(judge(c, constant(120, 3), {99.9, 100.1, 100.0}).status, Status::fail);
    c.within = {3, false};
    EXPECT_EQ(judge(c, constant(102, 1), constant(100, 1)).status, Status::pass);
    EXPECT_EQ(judge(c, constant(104, 1), constant(100, 1)).status, Status::fail);
}

TEST(Judge, EachMeansEach) {
    Check c = at_most();
    c.each = true;
    EXPECT_EQ(judge(c, {0.0, 0.0, 0.0}, constant(0, 3)).status, Status::pass);
    EXPECT_EQ(judge(c, {0.0, 1.0, 0.0}, constant(0, 3)).status, Status::fail);
}

TEST(Judge, WhatIsUndefinedIsWrong) {
    const Judgement j = judge(at_most(), {1.0, std::nullopt}, constant(2, 2));
    EXPECT_EQ(j.status, Status::fail);
    EXPECT_EQ(j.undefined, 1u);
}

TEST(Judge, Margin) {
    EXPECT_EQ(margin({1.0, 1.0}), std::numeric_limits<double>::infinity());
    EXPECT_LT(margin({-1.0, -1.0}), 0);
    EXPECT_NEAR(margin({1.0, 3.0}), 2.0, 1e-12);  // mean 2, standard error 1
}

/// What the whole rule says of measurements with that mean (goal: at most 0, standard deviation 1).
std::optional<Status> verdict(double mean, std::uint32_t learner) {
    Series all;
    for (std::uint32_t i = 0; i < kLooks.back(); ++i) {
        const Luck luck(7, learner);
        double sum = -6;
        for (std::uint32_t k = 0; k < 12; ++k) sum += luck.uniform(Purpose::arrival_gap, i, k);
        all.push_back(mean + sum);
    }
    for (const std::uint32_t n : kLooks) {
        const Series seen(all.begin(), all.begin() + n);
        const auto status = judge(at_most(), seen, constant(0, n)).status;
        if (status) return status;
    }
    return std::nullopt;
}

TEST(Judge, ARightAnswerIsRefusedInFewerThanFiveOfAHundred) {
    int refused = 0, passed = 0;
    for (std::uint32_t learner = 1; learner <= 500; ++learner) {
        const auto status = verdict(-0.6, learner);
        refused += status == Status::fail;
        passed += status == Status::pass;
    }
    EXPECT_LT(refused, 25);
    EXPECT_GT(passed, 450);
}

TEST(Judge, OnTheLineNobodyIsTold) {
    int decided = 0;
    for (std::uint32_t learner = 1; learner <= 500; ++learner) decided += verdict(0, learner).has_value();
    EXPECT_LT(decided, 30) << "four looks at 99 % each";
}

}  // namespace
}  // namespace gatesim::learn
