#include "measure/mser.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace gatesim {
namespace {

/// Every batch mean five times.
std::vector<double> batches(const std::vector<double>& means) {
    std::vector<double> out;
    for (double mean : means) out.insert(out.end(), kMserBatch, mean);
    return out;
}

TEST(Mser, ByHand) {
    // The statistic of the seven batches is 32.857/49 = 0.671 with nothing cut, 2/36 = 0.056 with one, 2/25 = 0.08
    // with two.
    const Truncation t = mser5(batches({8, 2, 1, 3, 2, 2, 2}));
    EXPECT_EQ(t.cut, 5u);
    EXPECT_TRUE(t.found);
}

TEST(Mser, WhatIsSteadyFromTheBeginningLosesNothing) {
    EXPECT_EQ(mser5(batches(std::vector<double>(40, 3.0))).cut, 0u);
    EXPECT_EQ(mser5({}).cut, 0u);
    EXPECT_EQ(mser5({1, 2, 3}).cut, 0u);
}

TEST(Mser, CutsWhereATransientDisappearsInTheNoise) {
    // 12 exp(-i/30) falls below the amplitude 1 of the rest at i = 75.
    std::vector<double> series;
    for (int i = 0; i < 500; ++i) series.push_back(12 * std::exp(-i / 30.0) + std::sin(0.9 * i) + std::sin(0.31 * i));
    const Truncation t = mser5(series);
    EXPECT_TRUE(t.found);
    EXPECT_GE(t.cut, 60u);
    EXPECT_LE(t.cut, 160u);
}

TEST(Mser, WhatGrowsAllTheTimeHasNoSteadyState) {
    std::vector<double> series;
    for (int i = 0; i < 500; ++i) series.push_back(i);
    EXPECT_FALSE(mser5(series).found);
}

/// Runs of the first-order process x' = r x + noise, from `begin`.
std::vector<std::vector<double>> runs_of(double r, double begin, std::size_t count) {
    std::mt19937_64 bits(3);
    std::vector<std::vector<double>> out(count);
    for (auto& run : out) {
        double x = begin;
        for (int i = 0; i < 500; ++i) {
            run.push_back(5 + x);
            x = r * x + (static_cast<double>(bits() >> 12) * 0x1p-52 - 0.5);
        }
    }
    return out;
}

TEST(Memory, IsTheIntegratedAutocorrelation) {
    // (1 + r)/(1 - r) for the first-order process.
    EXPECT_NEAR(memory_of(runs_of(0, 0, 40)), 1, 0.1);
    EXPECT_NEAR(memory_of(runs_of(0.8, 0, 40)), 9, 1);
    EXPECT_NEAR(memory_of(runs_of(0.95, 0, 40)), 39, 7);
    EXPECT_EQ(memory_of({{3, 3, 3, 3}, {3, 3, 3, 3}}), 0);
    EXPECT_EQ(memory_of({}), 0);
}

TEST(WarmupCut, IsNeverShorterThanTwoMemories) {
    const auto runs = runs_of(0.9, 0, 10);  // nothing to see at the beginning
    const Truncation t = warmup_cut(runs);
    EXPECT_GE(static_cast<double>(t.cut), 2 * memory_of(runs));
    EXPECT_GE(t.cut, 25u);
}

TEST(WarmupCut, FollowsMserWhereThatSeesMore) {
    std::vector<std::vector<double>> runs = runs_of(0, 0, 10);
    for (auto& run : runs)
        for (int i = 0; i < 100; ++i) run[static_cast<std::size_t>(i)] += 40;
    const Truncation t = warmup_cut(runs);
    EXPECT_TRUE(t.cut >= 100);
}

TEST(WarmupCut, SaysWhenTheSeriesIsTooShort) {
    EXPECT_TRUE(warmup_cut(runs_of(0.8, 0, 10)).found);
    EXPECT_FALSE(warmup_cut(runs_of(0.995, 0, 10)).found) << "the memory is 399 of 500";
    EXPECT_TRUE(warmup_cut({}).found);
}

}  // namespace
}  // namespace gatesim
