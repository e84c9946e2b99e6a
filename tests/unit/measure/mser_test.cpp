#include "measure/mser.hpp"

#include <gtest/gtest.h>

#include <cmath>

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

}  // namespace
}  // namespace gatesim
