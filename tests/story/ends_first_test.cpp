// Which of two builds ends first, for a change that may overtake.
#include <gtest/gtest.h>

#include "strategy/tree/speculation.hpp"

namespace gatesim {
namespace {

TEST(EndsFirst, TheWorkedExamples) {  // of "CI at Scale", arXiv 2501.03440
    EXPECT_NEAR(ends_first({20 * kMinute, 4 * kMinute}, {25 * kMinute, 5 * kMinute}, 5 * kMinute), 0.5, 1e-9);
    EXPECT_NEAR(ends_first({15 * kMinute, 3 * kMinute}, {35 * kMinute, 6 * kMinute}, kMinute), 0.9977, 5e-5);
}

TEST(EndsFirst, WithoutSpreadItIsCertain) {
    EXPECT_EQ(ends_first({kMinute, 0}, {2 * kMinute, 0}, 0), 1);
    EXPECT_EQ(ends_first({2 * kMinute, 0}, {kMinute, 0}, 0), 0);
    EXPECT_EQ(ends_first({kMinute, 0}, {kMinute, 0}, 0), 0.5);
}

}  // namespace
}  // namespace gatesim
