#include "measure/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gatesim {
namespace {

using Values = std::vector<std::optional<double>>;

TEST(Intervals, StudentAgainstABookExample) {
    // n = 10, mean 2.5, s = 1, t(9, 97.5 %) = 2.2622.
    Values v;
    for (int i = 0; i < 5; ++i) {
        v.push_back(2.5 + std::sqrt(0.9));
        v.push_back(2.5 - std::sqrt(0.9));
    }
    const Estimate e = student_interval(v);
    EXPECT_NEAR(*e.mean, 2.5, 1e-12);
    EXPECT_NEAR(*e.high - *e.mean, 2.2622 / std::sqrt(10.0), 1e-4);
    EXPECT_EQ(e.n, 10u);
}

TEST(Intervals, UndefinedValuesDoNotCount) {
    EXPECT_EQ(student_interval({std::nullopt}).mean, std::nullopt);
    const Estimate one = student_interval({std::nullopt, 3.0});
    EXPECT_EQ(one.mean, 3.0);
    EXPECT_EQ(one.low, std::nullopt);
    EXPECT_EQ(one.n, 1u);
}

TEST(Intervals, PoissonIsGarwoods) {
    // 4 events in one observation: 1.0899 to 10.2416.
    const Estimate e = poisson_interval({4.0});
    EXPECT_NEAR(*e.low, 1.0899, 1e-4);
    EXPECT_NEAR(*e.high, 10.2416, 1e-4);
    const Estimate spread = poisson_interval({1.0, 1.0, 1.0, 1.0});
    EXPECT_NEAR(*spread.low, 1.0899 / 4, 1e-4);
    EXPECT_NEAR(*spread.high, 10.2416 / 4, 1e-4);
}

TEST(Intervals, NothingSeenIsBelowThreeOverN) {
    const Estimate e = poisson_interval(Values(20, 0.0));
    EXPECT_TRUE(e.none_seen);
    EXPECT_NEAR(*e.high, 3.0 / 20, 0.001);
    EXPECT_EQ(text(e, "changes"), "0 (below 0.15)");
}

TEST(Intervals, BurstsWidenTheInterval) {
    const Values bursty = {0.0, 0.0, 0.0, 40.0, 0.0, 0.0, 0.0, 40.0};
    const Estimate e = poisson_interval(bursty);
    EXPECT_DOUBLE_EQ(*e.low, 0);
    EXPECT_DOUBLE_EQ(*e.high, *student_interval(bursty).high);
}

TEST(Digits, OnlyThoseTheIntervalSupports) {
    EXPECT_EQ(decimals_for(0.3), 1);
    EXPECT_EQ(decimals_for(0.12), 2);
    EXPECT_EQ(decimals_for(0.97), 1) << "0.97 rounds to 1.0";
    EXPECT_EQ(decimals_for(30), -1);
    EXPECT_EQ(decimals_for(1234), -2);
    EXPECT_EQ(fixed(1234, -2), "1200");
    EXPECT_EQ(fixed(-0.001, 1), "0.0");
    Estimate e;
    e.mean = 4.2345 * 3600;
    e.low = (4.2345 - 0.31) * 3600;
    e.high = (4.2345 + 0.31) * 3600;
    e.n = 24;
    EXPECT_EQ(text(e, "s"), "4.2 h ± 0.3");
    e.low = 3.9 * 3600;
    e.high = 5.2 * 3600;
    EXPECT_EQ(text(e, "s"), "4.2 h (3.9 to 5.2)");
}

TEST(Digits, WithoutIntervalThreeSignificant) {
    Estimate e;
    EXPECT_EQ(text(e, "s"), "undefined");
    e.mean = 0.123456;
    e.n = 1;
    EXPECT_EQ(text(e, "share"), "12.3 %");
    EXPECT_EQ(text(228, "changes"), "228 changes");
    EXPECT_EQ(text(600, "s"), "10 min");
    EXPECT_EQ(text(12345.678, "builds"), "12346 builds");
    e.mean = e.low = e.high = 228;
    EXPECT_EQ(text(e, "changes"), "228 changes ± 0");
}

}  // namespace
}  // namespace gatesim
