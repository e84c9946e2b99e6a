// Builds of states that nobody needs any more: they are stopped, stopped late, or never (Job::runs_on_unneeded).
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// A is red after 30 s, so B and C behind it are tested anew. Three nodes.
Story red_ahead(Time runs_on) {
    Story story("zuul");
    story.job("unit", 100).runs_on_unneeded = runs_on;
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0);
    story.change("C", 0);
    story.scenario().pools.front().nodes = 3;
    return story;
}

TEST(UnneededBuilds, AreStoppedAtOnceAndTheirNodesAreFree) {
    Story story = red_ahead(0);
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n130 B landed\n130 C landed\n");
}

TEST(UnneededBuilds, ThatAreNeverStoppedKeepTheirNodesToTheirEnd) {
    Story story = red_ahead(kNever);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on A\n0 C/unit on A B\n30 A/unit failure\n30 A ejected failure\n30 B reset\n"
              "30 C reset\n30 B/unit on base\n100 B/unit success\n100 C/unit success\n100 C/unit on B\n"
              "130 B/unit success\n130 B landed\n200 C/unit success\n200 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(UnneededBuilds, ThatAreStoppedLateKeepTheirNodesUntilThen) {
    Story story = red_ahead(20 * kSecond);
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n130 B landed\n150 C landed\n");
}

TEST(UnneededBuilds, ThatEndBeforeTheyAreStoppedFreeTheirNodesThen) {
    Story story = red_ahead(90 * kSecond);
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n130 B landed\n200 C landed\n");
}

TEST(UnneededBuilds, TakeTheTimeOfTheirPoolToStopAsWell) {
    Story story = red_ahead(20 * kSecond);
    story.scenario().pools.front().abort_delay = 10 * kSecond;
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n130 B landed\n160 C landed\n");
}

TEST(UnneededBuilds, ThatAreRedEjectNobody) {
    Story story = red_ahead(kNever);
    story.about("B").flakes("unit", {0});
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n130 B landed\n200 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(UnneededBuilds, ThatAreGreenLandNobody) {
    // The second build of B is red: that its first one, on a state that can no longer come to be, is green is no help.
    Story story = red_ahead(kNever);
    story.about("B").flakes("unit", {1});
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n130 B ejected failure\n230 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(UnneededBuilds, OfWhoWasTakenOutByHandRunOn) {
    Story story("zuul");
    story.job("unit", 100).runs_on_unneeded = kNever;
    story.change("A", 0);
    story.change("B", 10);
    story.scenario().pools.front().nodes = 1;
    story.event(20, ScriptedEventKind::dequeue, {"A"});
    EXPECT_EQ(story.outcomes(), "200 B landed\n");
}

// aprender 2812, dotCMS/core 34645. An entry is taken out and put in again; its run is not stopped at once, and
// keeps the only runner.
TEST(UnneededBuilds, OfAnEntryThatComesBackKeepTheOnlyRunner) {
    for (const Time runs_on : {Time{0}, 16 * kMinute, kNever}) {
        Story story("github", {{"timeout", std::int64_t{6 * kHour}}});
        story.job("ci", 101 * 60).runs_on_unneeded = runs_on;
        story.change("a", 0);
        story.scenario().pools.front().nodes = 1;
        story.event(85 * 60, ScriptedEventKind::dequeue, {"a"});
        story.event(86 * 60, ScriptedEventKind::enqueue, {"a"});
        EXPECT_EQ(story.outcomes(), runs_on == 0 ? "11220 a landed\n" : "12120 a landed\n");
    }
}

}  // namespace
}  // namespace gatesim
