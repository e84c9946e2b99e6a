// Figures about two cases at once: worked out by hand, and held against what a long run gives.

#include "learn/golden_series.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace gatesim::learn {
namespace {

double mean_of(const Series& series) {
    double sum = 0;
    for (const auto& v : series) sum += *v;
    return sum / static_cast<double>(series.size());
}

TEST(GoldenSeries, HowOftenOneRunOfEachPicksTheLoser) {
    // The first has the lesser mean (2 against 4). Of the six pairs of different runs 1-5, 1-6, 2-1!, 2-6, 3-1!, 3-5.
    const Series a = {1.0, 2.0, 3.0}, b = {1.0, 5.0, 6.0};
    EXPECT_NEAR(mean_of(mistaken(a, b)), 2.0 / 6, 1e-12) << "the jackknife leaves such a share as it is";
    EXPECT_NEAR(mean_of(mistaken(b, a)), 2.0 / 6, 1e-12) << "whichever is named first";
    EXPECT_NEAR(mean_of(mistaken({1.0, 2.0, 3.0}, {11.0, 12.0, 13.0})), 0, 1e-12);
}

TEST(GoldenSeries, ATieIsWrong) {
    EXPECT_NEAR(mean_of(mistaken({1.0, 1.0, 1.0}, {1.0, 1.0, 4.0})), 4.0 / 6, 1e-12);
}

TEST(GoldenSeries, UndefinedRunsAreLeftOut) {
    EXPECT_EQ(mistaken({1.0, 2.0, std::nullopt, 3.0}, {1.0, 5.0, 9.0, 6.0}).size(), 3u);
    EXPECT_TRUE(gain({1.0, 2.0}, {1.0, 3.0}).empty()) << "two runs say nothing of a variance";
}

TEST(GoldenSeries, WhatTheSameLuckIsWorth) {
    // x and x + y: variances 4, 4 + 1/4, of the difference 1/4; so 33 times. The truth lies in the interval.
    std::mt19937_64 luck(7);
    std::normal_distribution<double> x(10, 2), y(1, 0.5);
    Series a, b;
    for (int i = 0; i < 400; ++i) {
        const double common = x(luck);
        a.emplace_back(common);
        b.emplace_back(common + y(luck));
    }
    Golden golden;
    golden.gives = Golden::Gives::gain;
    const Estimate e = golden_estimate(golden, gain(a, b));
    EXPECT_GT(*e.low, 0);
    EXPECT_LT(*e.low, 33);
    EXPECT_GT(*e.high, 33);
    EXPECT_LT(*e.high - *e.low, 20);
}

}  // namespace
}  // namespace gatesim::learn
