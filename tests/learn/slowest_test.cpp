// The slowest of several jobs, held against cases with a known answer.
#include "learn/slowest.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gatesim::learn {
namespace {

TEST(Slowest, OneJobIsItself) {
    for (double cv : {0.05, 0.3, 1.0}) {
        EXPECT_NEAR(slowest_of(1, cv), 1, 1e-6) << cv;
        EXPECT_NEAR(slowest_spread(1, cv), cv, 1e-5) << cv;
    }
}

TEST(Slowest, OfTwoIsKnownExactly) {
    // The larger of two equal log-normal times has the mean 2 Phi(sigma / sqrt 2), for the ratio of the two is
    // log-normal.
    for (double cv : {0.1, 0.3, 1.0}) {
        const double sigma = std::sqrt(std::log1p(cv * cv));
        EXPECT_NEAR(slowest_of(2, cv), std::erfc(-sigma / 2), 1e-6) << cv;
    }
}

TEST(Slowest, JobsThatNeverVary) {
    EXPECT_EQ(slowest_of(7, 0), 1);
    EXPECT_EQ(slowest_spread(7, 0), 0);
    EXPECT_EQ(in_order_mean(6, 7, 0), 1);
}

TEST(Slowest, InOrderAloneIsTheTestsThemselves) {
    EXPECT_NEAR(in_order_mean(0, 4, 0.3), slowest_of(4, 0.3), 1e-9);
    EXPECT_LT(in_order_mean(1, 4, 0.3), in_order_mean(6, 4, 0.3));
}

TEST(Slowest, QuantilesInOrder) {
    // Nobody ahead, one job: the log-normal's own quantile, 1.6449 standard deviations above its median.
    const double variance = std::log1p(0.09);
    EXPECT_NEAR(in_order_quantile(0, 1, 0.3, 0.95), std::exp(-variance / 2 + 1.644854 * std::sqrt(variance)), 1e-4);
    // Four jobs: each must be done with the fourth root of the chance.
    EXPECT_NEAR(in_order_quantile(0, 4, 0.3, 0.0625), std::exp(-variance / 2), 1e-4) << "each by its median";
    EXPECT_EQ(in_order_quantile(6, 4, 0, 0.95), 1);
    // Half have landed by the median, and it is near the mean where there is little skew.
    EXPECT_NEAR(in_order_quantile(6, 4, 0.1, 0.5), in_order_mean(6, 4, 0.1), 0.02);
}

TEST(Slowest, InOrderAgreesWithTheIntegralDoneStepByStep) {
    // One job, six changes in its mean time: P(landed by x) = F(x) exp(-6 integral of 1 - F from x on), in small equal
    // steps.
    const double variance = std::log1p(0.09), sigma = std::sqrt(variance), step = 1e-4;
    double beyond = 0, mean = 0;
    for (double x = 8; x > step; x -= step) {
        const double tail = 0.5 * std::erfc((std::log(x - step / 2) + variance / 2) / sigma / std::sqrt(2.0));
        beyond += tail * step;
        mean += (1 - (1 - tail) * std::exp(-6 * beyond)) * step;
    }
    EXPECT_NEAR(in_order_mean(6, 1, 0.3), mean, 1e-3);
}

}  // namespace
}  // namespace gatesim::learn
