#include "infer/leaving.hpp"

#include <gtest/gtest.h>

#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

using import::Left;
using import::RunResult;

/// Six times: one that takes an hour, and behind it one that is red after ten minutes and leaves after so many.
import::Records red_behind(double leaves_after){import::Records records;
for (std::uint32_t i = 0; i < 6; ++i) {
    const double from = 100 * i;
    const auto first = add_stay(records, ("slow" + std::to_string(i)).c_str(), from, from + 60);
    const auto red =
        add_stay(records, ("red" + std::to_string(i)).c_str(), from + 1, from + leaves_after, Left::ejected);
    add_run(records, first, 2 * i, "unit", from, from + 60);
    add_run(records, red, 2 * i + 1, "unit", from + 1, from + 10, RunResult::failure);
}
return records;
}  // namespace

TEST(Leaving, WhoIsGoneBeforeThoseAheadLeavesAtOnce) {
    const import::Records records = red_behind(11);
    const Leaving leaving = leaving_of(records, tests_of(records));
    EXPECT_EQ(leaving.at_once, 6u);
    EXPECT_EQ(leaving.waited, 0u);
    EXPECT_TRUE(leaving.leaves_at_once());
}

TEST(Leaving, WhoIsThereAsLongAsThoseAheadWaits) {
    const import::Records records = red_behind(60);
    const Leaving leaving = leaving_of(records, tests_of(records));
    EXPECT_EQ(leaving.at_once, 0u);
    EXPECT_EQ(leaving.waited, 6u);
    EXPECT_TRUE(leaving.known());
    EXPECT_FALSE(leaving.leaves_at_once());
}

TEST(Leaving, BetweenTwoLooksNobodyKnows) {
    import::Records records = red_behind(11);
    for (import::Entry& e : records.entries) {
        e.left_lo = e.enqueued + kMinute;  // seen at once, and missed two hours later
        e.left_hi = e.enqueued + 2 * kHour;
        e.left = kNever;
    }
    const Leaving leaving = leaving_of(records, tests_of(records));
    EXPECT_FALSE(leaving.known());
}

TEST(Leaving, WhatIsGreenWhenRepeatedWasNotRed) {
    import::Records records = red_behind(60);
    for (std::uint32_t i = 0; i < 6; ++i) {
        auto& again = add_run(records, 2 * i + 1, 2 * i + 1, "unit", 100 * i + 11, 100 * i + 20);
        again.attempt = 2;
    }
    EXPECT_FALSE(leaving_of(records, tests_of(records)).known());
}

}  // namespace gatesim::infer
}  // namespace gatesim::infer
