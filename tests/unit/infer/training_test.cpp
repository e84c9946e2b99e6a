#include "infer/training.hpp"

#include <gtest/gtest.h>

#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

using import::Left;
using import::RunResult;

TEST(Training, WhatHappensLaterHasNotHappened) {
    import::Records records;
    add_stay(records, "before", 0, 5);
    const auto over = add_stay(records, "over the end", 20, 80, Left::ejected);
    add_stay(records, "later", 70, 90);
    add_run(records, over, 0, "unit", 30, 75, RunResult::failure);
    add_run(records, over, 1, "unit", 76, 79);
    keep_training(records, {at(10), at(60)});
    ASSERT_EQ(records.entries.size(), 1u);
    EXPECT_EQ(records.entries[0].outcome, Left::open);
    EXPECT_EQ(records.entries[0].left, kNever);
    ASSERT_EQ(records.runs.size(), 1u);
    EXPECT_EQ(records.runs[0].entry, 0u);
    EXPECT_EQ(records.runs[0].result, RunResult::unfinished);
    EXPECT_EQ(records.runs[0].ended, kNever);
}

TEST(Training, PolledRecordsBeginWithTheFirstPoll) {
    import::Records records;
    add_stay(records, "a", 0, 0, Left::open);
    records.entries[0].left_lo = at(30);
    records.entries[0].left_hi = at(60);
    const Span span = whole_span(records);
    EXPECT_EQ(span.from, at(30));
    EXPECT_EQ(span.to, at(60) + 1);
}

}  // namespace
}  // namespace gatesim::infer
