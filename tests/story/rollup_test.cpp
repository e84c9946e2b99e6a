// Rollups (Rust) and Tide (Kubernetes).
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

const ParameterValues kAllHarmless = {{"marked_always", 1.0}, {"suspect", std::string("alone")}};

TEST(Rollup, HarmlessChangesLandTogether) {
    Story story = waiting("rollup", 3, "", kAllHarmless);
    EXPECT_EQ(story.told(), "0 C/t on A B\n60 C/t success\n60 A landed\n60 B landed\n60 C landed\n");
}

TEST(Rollup, OneThatMustNeverBeRolledUpIsTestedAlone) {
    Story story = waiting("rollup", 2, "", {{"marked_never", 1.0}});
    EXPECT_EQ(story.told(),
              "0 A/t on base\n60 A/t success\n60 A landed\n60 B/t on base\n120 B/t success\n120 B landed\n");
}

TEST(Rollup, TheSuspectIsTakenOutByHandAndTestedAloneMeanwhile) {
    // All look alike, so the newest is suspected; here rightly. Ten minutes later the others are tried again.
    Story story = waiting("rollup", 3, "C", kAllHarmless);
    EXPECT_EQ(story.told(),
              "0 C/t on A B\n60 C/t failure\n60 C/t on base\n120 C/t failure\n120 C ejected failure\n"
              "660 B/t on A\n720 B/t success\n720 A landed\n720 B landed\n");
}

TEST(Rollup, WhenSuspicionWasWrongTheNextOneGoes) {
    ParameterValues values = kAllHarmless;
    values.emplace_back("by_hand", Time{0});
    Story story = waiting("rollup", 3, "A", values);
    EXPECT_EQ(story.outcomes(), "180 A ejected failure\n240 C landed\n300 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Rollup, UnrollingTestsTheBranchAfterEachChange) {
    ParameterValues values = kAllHarmless;
    values.emplace_back("unroll", true);
    Story story = waiting("rollup", 3, "", values);
    EXPECT_EQ(story.told(),
              "0 C/t on A B\n60 C/t success\n60 A landed\n60 B landed\n60 C landed\n60 A/t on base\n60 B/t on base\n"
              "120 A/t success\n120 B/t success\n");
}

TEST(Tide, TakesOneActionAMinuteAndABatchBeforeASingleChange) {
    Story story = waiting("tide", 3, "");
    EXPECT_EQ(story.told(), "60 C/t on A B\n120 C/t success\n120 A landed\n120 B landed\n120 C landed\n");
}

/// With a red batch of three, B being broken.
Story with_a_red_batch(double lasts) {
    Story story("tide");
    story.job("t", lasts);
    story.change("A", 0);
    story.change("B", 0).breaks("t");
    story.change("C", 0);
    return story;
}

TEST(Tide, ARedBatchIsMadeAgainAndInBetweenTheNextChangeAlone) {
    Story story = with_a_red_batch(100);
    EXPECT_EQ(story.outcomes(), "300 A landed\n540 B ejected failure\n660 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Tide, WithABatchThatIsRedBeforeTheNextLookNothingLandsAndThatHasAnEnd) {
    Story story = with_a_red_batch(40);
    EXPECT_EQ(story.outcomes(), "");
    EXPECT_EQ(story.broken(), "");
}

TEST(Tide, WithoutBatchesItIsASerialQueueThatSleepsInBetween) {
    Story story = waiting("tide", 2, "", {{"batch_size_limit", std::int64_t{-1}}});
    EXPECT_EQ(story.told(),
              "60 A/t on base\n120 A/t success\n120 A landed\n180 B/t on base\n240 B/t success\n240 B landed\n");
}

TEST(Tide, WhatDoesNotMergeIsLeftOutOfTheBatch) {
    Story story("tide");
    story.job("t", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.change("C", 0).conflicts("A");
    const std::string told = story.outcomes();
    EXPECT_NE(told.find("A landed"), std::string::npos) << told;
    EXPECT_NE(told.find("C ejected conflict"), std::string::npos) << told;
    EXPECT_EQ(story.broken(), "");
}

}  // namespace
}  // namespace gatesim
