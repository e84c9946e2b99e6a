// Order statistics and intervals of counts, by hand and by their own definitions.
#include "measure/ranks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "measure/counts.hpp"

namespace gatesim {
namespace {

TEST(Ranks, NearestRankIsAValueThatIsThere) {
    const std::vector<int> values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    EXPECT_EQ(nearest_rank(values, 50), 5);
    EXPECT_EQ(nearest_rank(values, 51), 6);
    EXPECT_EQ(nearest_rank(values, 90), 9);
    EXPECT_EQ(nearest_rank(values, 100), 10);
    EXPECT_EQ(nearest_rank(values, 1), 1);
}

TEST(Ranks, AQuantileLiesBetweenTwoValues) {
    EXPECT_EQ(quantile_of_sorted({1, 2, 4}, 0.5), 2);
    EXPECT_EQ(quantile_of_sorted({1, 2, 4}, 0.75), 3);
    EXPECT_TRUE(std::isnan(quantile_of_sorted({}, 0.5)));
}

TEST(Ranks, AQuantileBesideInfinityIsANumber) {
    const double never = std::numeric_limits<double>::infinity();
    EXPECT_EQ(quantile_of_sorted({1, 2, never}, 0.5), 2);  // not 2 and no part of infinity
    EXPECT_EQ(quantile_of_sorted({1, never, never}, 0.6), never);
    EXPECT_EQ(quantile_of_sorted({1, 2, never}, 0.75), never);
}

// The ends are the shares at which what was seen is 1.96 standard errors away.
TEST(Counts, WilsonsEndsAreAsFarAsTheNormalLawSays) {
    const Ends ends = wilson_ends(5, 68);
    for (const double p : {ends.low, ends.high})
        EXPECT_NEAR(std::abs(5.0 / 68 - p), kZ * std::sqrt(p * (1 - p) / 68), 1e-12);
    EXPECT_EQ(wilson_ends(0, 20).low, 0);
    EXPECT_EQ(wilson_ends(20, 20).high, 1);
    EXPECT_EQ(wilson_ends(0, 0).high, 1);
}

// Of a mean `high`, none or one event is seen in 2.5 % of all cases, and so on.
TEST(Counts, GarwoodsEndsAreThoseOfPoissonsLaw) {
    const Ends ends = garwood_ends(1);
    EXPECT_NEAR(std::exp(-ends.high) * (1 + ends.high), 0.025, 1e-9);
    EXPECT_NEAR(1 - std::exp(-ends.low), 0.025, 1e-9);
    EXPECT_EQ(garwood_ends(0).low, 0);
}

}  // namespace
}  // namespace gatesim
