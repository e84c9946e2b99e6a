// The rule until 20 September 2013: a failure stops everything behind it. No recorded case covers it; these stories do.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

Story old_gate() {
    Story story("zuul", {{"on_failure", std::string("cancel-behind")}});
    story.job("unit", 60);
    story.job("full", 100);
    return story;
}

TEST(CancelBehind, WithoutFailuresEverythingRunsAtOnceAndLandsInOrder) {
    Story story = old_gate();
    story.change("A", 0);
    story.change("B", 10);
    EXPECT_EQ(
        story.told(),
        "0 A/unit on base\n0 A/full on base\n10 B/unit on A\n10 B/full on A\n"
        "60 A/unit success\n70 B/unit success\n100 A/full success\n100 A landed\n110 B/full success\n110 B landed\n");
}

TEST(CancelBehind, AFailedFrontLeavesAndRunsOnOutsideWhileTheRestStartsAnew) {
    Story story = old_gate();
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/full on base\n0 B/unit on A\n0 B/full on A\n"
              "30 A/unit failure\n30 B reset\n"
              "30 B/unit canceled\n30 B/full canceled\n30 B/unit on base\n30 B/full on base\n"
              "90 B/unit success\n100 A/full success\n100 A ejected failure\n130 B/full success\n130 B landed\n");
}

TEST(CancelBehind, AFailedFrontWithNothingBehindStaysUntilItsJobsEnded) {
    Story story = old_gate();
    story.change("A", 0).fails("unit", 30);
    story.change("B", 50);  // only now there is something behind: A leaves, B never tests on top of it
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/full on base\n30 A/unit failure\n50 B/unit on base\n50 B/full on base\n"
              "100 A/full success\n100 A ejected failure\n110 B/unit success\n150 B/full success\n150 B landed\n");
}

TEST(CancelBehind, AFailureInTheMiddleStopsWhatIsBehindUntilItIsTheFront) {
    Story story = old_gate();
    story.change("A", 0);
    story.change("B", 0).fails("unit", 30);
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/full on base\n0 B/unit on A\n0 B/full on A\n0 C/unit on A B\n0 C/full on A B\n"
              "30 B/unit failure\n30 C reset\n30 C/unit canceled\n30 C/full canceled\n"  // and nothing of C starts
              "60 A/unit success\n100 A/full success\n100 B/full success\n100 A landed\n100 B ejected failure\n"
              "100 C/unit on base\n100 C/full on base\n160 C/unit success\n200 C/full success\n200 C landed\n");
}

TEST(CancelBehind, AFailureAheadVoidsTheVerdictBehind) {
    Story story = old_gate();
    story.change("A", 0).fails("unit", 50);
    story.change("B", 0).fails("unit", 30);
    story.change("C", 0);
    const std::string told = story.told();
    EXPECT_NE(told.find("50 B reset\n"), std::string::npos) << told;
    EXPECT_NE(told.find("50 B/unit on base\n"), std::string::npos) << told;
    EXPECT_EQ(story.outcomes(), "100 A ejected failure\n150 B ejected failure\n180 C landed\n") << told;
}

TEST(CancelBehind, AConflictIsAFailureKnownAtOnce) {
    Story story = old_gate();
    story.change("A", 0);
    story.change("B", 0).conflicts("A");
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "100 A landed\n100 B ejected conflict\n200 C landed\n");
}

TEST(CancelBehind, ARefusedSubmitRestartsWhatIsBehind) {
    Story story = old_gate();
    story.change("A", 0).refused();
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "100 A ejected submit_failed\n200 B landed\n");
}

TEST(CancelBehind, AChangeThatNeedsTheFailedOneLeavesWithIt) {
    Story story = old_gate();
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0).needs("A");
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "30 B ejected dependency_failed\n100 A ejected failure\n130 C landed\n");
}

TEST(CancelBehind, NonVotingFailuresStopNothing) {
    Story story = old_gate();
    story.job("style", 20).voting = false;
    story.change("A", 0).fails("style");
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "100 A landed\n100 B landed\n");
}

TEST(CancelBehind, KnowsNoWindow) {
    Story story = old_gate();
    for (int i = 0; i < 30; ++i) story.change("C" + std::to_string(i), 0);
    const std::string told = story.told();
    EXPECT_NE(told.find("0 C29/unit on C0 C1"), std::string::npos);
    EXPECT_NE(told.find("100 C29 landed"), std::string::npos);
}

}  // namespace
}  // namespace gatesim
