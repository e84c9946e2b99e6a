// Numbers that can be checked by hand.
#include "correlate/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gatesim::correlate {
namespace {

TEST(Statistics, FishersTestOfTheTeaTasting) {
    // Eight cups, four of each; all four named right: 1 in 70; at least three: 17 in 70.
    EXPECT_NEAR(std::exp(log_tail(8, 4, 4, 4)), 1.0 / 70, 1e-12);
    EXPECT_NEAR(std::exp(log_tail(8, 4, 4, 3)), 17.0 / 70, 1e-12);
    EXPECT_EQ(log_tail(8, 4, 4, 0), 0);
}

TEST(Statistics, StrataAreNotPooled) {
    // A line of a job that always fails says nothing, however many failed builds show it.
    const std::vector<Stratum> strata{{10, 10, 10}, {90, 0, 0}};
    EXPECT_NEAR(log_tail(strata, 10), 0, 1e-12);
    EXPECT_LT(log_tail(100, 10, 10, 10), -20);
}

TEST(Statistics, BoundOfManyIsAboveTheExactTail) {
    const double exact = log_tail(10000, 1000, 399, 80), bound = log_tail(10000, 1000, 401, 80);
    EXPECT_GT(bound, exact);
    EXPECT_LT(bound, exact + 6);
}

TEST(Statistics, DiscoveriesOfBenjaminiAndHochberg) {
    // Their own example (1995): 4 of 15 at 5 %.
    std::vector<double> p;
    for (const double v :
         {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0})
        p.push_back(std::log(v));
    const std::vector<bool> found = discoveries_simple(p, 0.05);
    EXPECT_EQ(std::count(found.begin(), found.end(), true), 4);
    // Tests that could not have come out are none: the fifth is found once the hopeless ones do not count.
    std::vector<double> best(p.size(), std::log(0.5));
    std::fill(best.begin(), best.begin() + 5, -14.0);
    const std::vector<bool> more = discoveries(p, best, 0.05);
    EXPECT_EQ(std::count(more.begin(), more.end(), true), 5);
}

TEST(Statistics, CleanRunsByTheRuleOfThree) {
    EXPECT_EQ(clean_runs(0.009), 332u);  // 333 by 3 / rate
    EXPECT_EQ(clean_runs(0.002), 1497u);
    EXPECT_EQ(clean_runs(0.5), 5u);
    EXPECT_EQ(clean_runs(0), 0u);
}

TEST(Statistics, SequentialTestEndsSoonerWhereItIsNotFixed) {
    const Sequential test = sequential(0.01);
    EXPECT_GT(test.clean, 300u);
    EXPECT_LT(test.clean, 330u);
    EXPECT_LT(test.if_not_fixed, test.if_fixed);
    EXPECT_NEAR(test.if_fixed, 0.9 * std::log(19.0) / (0.999 * std::log(0.999 / 0.99) + 0.001 * std::log(0.1)), 1e-9);
}

}  // namespace
}  // namespace gatesim::correlate
