// Every change by itself, on whatever the branch was.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

TEST(ChromiumCq, EachIsTriedAloneAndLandsWhenItIsGreen) {
    Story story("chromium-cq");
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 100);
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on base\n60 B/unit success\n60 B landed\n100 A/unit success\n100 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(ChromiumCq, ChangesThatBreakEachOtherSlipThrough) {
    Story story("chromium-cq");
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0).fails_with("unit", "A");  // tried before A had landed
    EXPECT_EQ(story.outcomes(), "60 A landed\n60 B landed\n");
}

TEST(ChromiumCq, AConflictWithWhatLandedMeanwhileIsFoundAtTheEnd) {
    Story story("chromium-cq");
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0).conflicts("A");
    EXPECT_EQ(story.outcomes(), "60 A landed\n60 B ejected conflict\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(ChromiumCq, ARedJobRunsAgainAndThenWithoutTheChange) {
    Story story("chromium-cq");
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 100).fails("unit");
    EXPECT_EQ(
        story.told(),
        "0 A/unit on base\n60 A/unit success\n60 A landed\n100 B/unit on base\n160 B/unit failure\n"
        "160 B/unit on base\n220 B/unit failure\n220 A/unit on base\n280 A/unit success\n280 B ejected failure\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(ChromiumCq, WhatIsRedWithoutTheChangeTooIsNotItsFault) {
    Story story("chromium-cq", {{"retries", std::int64_t{0}}});
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0).fails_with("unit", "A");  // lands with A: the branch is broken from then on
    story.change("C", 100).fails_with("unit", "B");
    story.change("D", 100);  // red as well, since the two broke the branch
    EXPECT_EQ(story.outcomes(), "60 A landed\n60 B landed\n220 C landed\n220 D landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(ChromiumCq, AChangeIsTriedWithWhatItNeedsAndLandsAfterIt) {
    Story story("chromium-cq");
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 100);
    story.change("B", 0).needs("A");
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on A\n60 B/unit success\n100 A/unit success\n100 A landed\n100 B landed\n");
}

TEST(ChromiumCq, AGreenRunThatIsTooOldIsRepeatedOnceItsChangeCanLand) {
    Story story("chromium-cq", {{"reuse", Time{80 * kSecond}}});
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 200);
    story.change("B", 0).needs("A");
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on A\n60 B/unit success\n200 A/unit success\n200 A landed\n"
              "200 B/unit on base\n260 B/unit success\n260 B landed\n");
}

}  // namespace
}  // namespace gatesim
