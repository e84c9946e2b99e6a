#include "measure/spending.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "measure/interval.hpp"

namespace gatesim {
namespace {

TEST(Spending, OneLookMaySpendAll) {
    const std::vector<double> levels = spent_levels(0.95, {10});
    ASSERT_EQ(levels.size(), 1U);
    EXPECT_NEAR(levels[0], 0.95, 1e-9);
}

// Known values: of two equal looks with linear spending the first one takes half (z = 2.2414), the second one z = 2.125
// (Lan and DeMets 1983, alpha*_3 for 0.05).
TEST(Spending, TwoLooks) {
    const std::vector<double> levels = spent_levels(0.95, {50, 100});
    EXPECT_NEAR(1 - levels[0], 0.025, 1e-9);
    EXPECT_NEAR(1 - levels[1], std::erfc(2.125 / std::sqrt(2.0)), 5e-4);
}

TEST(Spending, LooksOfASearch) {
    EXPECT_EQ(dense_looks(10, 160), (std::vector<std::uint32_t>{10, 15, 20, 30, 40, 60, 80, 120, 160}));
    EXPECT_EQ(dense_looks(10, 10), (std::vector<std::uint32_t>{10}));
    EXPECT_EQ(dense_looks(10, 25), (std::vector<std::uint32_t>{10, 15, 20, 25}));
}

/// In how many of `studies` some look says that the mean is not what it is. `levels` of the looks.
template <class Draw>
int misses(int studies, const std::vector<std::uint32_t>& looks, const std::vector<double>& levels, double mean,
           const Draw& draw) {
    std::mt19937_64 random(20261201);
    int out = 0;
    for (int study = 0; study < studies; ++study) {
        std::vector<std::optional<double>> values;
        bool missed = false;
        for (std::size_t look = 0; look < looks.size(); ++look) {
            while (values.size() < looks[look]) values.emplace_back(draw(random));
            if (missed) continue;
            const Estimate e = mean_interval(values, levels[look]);
            missed = *e.low > mean || *e.high < mean;
        }
        out += missed;
    }
    return out;
}

// Nine looks, and one stops at the first that says something: with the error spent it is wrong in 5 of 100 at most,
// with an interval for one look, computed at each of them, in three times as many.
TEST(Spending, HoldsUnderOptionalStopping) {
    const std::vector<std::uint32_t> looks = dense_looks(10, 160);
    const auto normal = [](std::mt19937_64& random) { return std::normal_distribution<double>(3, 1)(random); };
    const int spent = misses(2000, looks, spent_levels(0.95, looks), 3, normal);
    const int naive = misses(2000, looks, std::vector<double>(looks.size(), 0.95), 3, normal);
    EXPECT_LT(spent, 120) << "of 2000; 100 are allowed, and four standard deviations are 39";
    EXPECT_GT(spent, 20);
    EXPECT_GT(naive, 200);
}

// Waits are skewed: values like those of a p95 (a lognormal with skewness 2).
TEST(Spending, HoldsForSkewedValues) {
    const std::vector<std::uint32_t> looks = dense_looks(10, 160);
    const double sigma = 0.55, mean = std::exp(sigma * sigma / 2);
    const auto skewed = [&](std::mt19937_64& random) {
        return std::exp(sigma * std::normal_distribution<double>(0, 1)(random));
    };
    EXPECT_LT(misses(2000, looks, spent_levels(0.95, looks), mean, skewed), 130);
}

}  // namespace
}  // namespace gatesim
