// The rule of passing passes what agrees, and can fail.
#include "study/verify/rule.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gatesim {
namespace {

TEST(Rule, agrees_within_the_tolerance_or_three_standard_errors) {
    EXPECT_EQ(judge(10, 0.1, 10.09, 0.01), Agreement::agrees);
    EXPECT_EQ(judge(10, 0.1, 10.25, 0.09), Agreement::agrees);
    EXPECT_EQ(judge(10, 0.1, 10, 0.1), Agreement::agrees);
}

TEST(Rule, fails_a_wrong_theory) {
    EXPECT_EQ(judge(10, 0.1, 10.11, 0.01), Agreement::differs);
    EXPECT_EQ(judge(10, 0.1, 10.28, 0.09), Agreement::differs);
    EXPECT_EQ(judge(10, 0.1, 20, 0.5), Agreement::differs);  // noisy, but not that noisy
}

TEST(Rule, fails_what_is_too_noisy_to_say) {
    EXPECT_EQ(judge(10, 0.1, 10, 0.101), Agreement::too_noisy);
    EXPECT_EQ(judge(10, 0.1, 10, -1), Agreement::too_noisy);  // one replication
    EXPECT_EQ(judge(10, 0.1, std::nan(""), 0.01), Agreement::too_noisy);
}

TEST(Rule, measures_the_ratio_of_the_sums) {
    const Measured m = measured({{1, 1}, {9, 3}});
    EXPECT_DOUBLE_EQ(m.mean, 2.5);  // not the mean of 1 and 3
    EXPECT_EQ(m.n, 2u);
    // By hand: off by (1 - 2.5) / 2 and (9 - 7.5) / 2, so the standard deviation is 0.75 x sqrt 2.
    EXPECT_NEAR(m.standard_error, 0.75, 1e-12);
    EXPECT_NEAR((m.low + m.high) / 2, 2.5, 1e-12);
    EXPECT_LT(measured({{1, 1}}).standard_error, 0);
    EXPECT_TRUE(std::isnan(measured({}).mean));
}

}  // namespace
}  // namespace gatesim
