// Changes that need each other in a circle. (Zuul's release notes, 4.1.)
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {

namespace {

Story circles(ParameterValues values = {}) {
    values.emplace_back("allow_circular", true);
    Story story("zuul", std::move(values));
    story.job("unit", 60);
    return story;
}

TEST(Cycle, WithoutTheOptionItIsNeverLetIn) {
    Story story("zuul");
    story.job("unit", 60);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A");
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "60 C landed\n");
}

TEST(Cycle, AllAreTestedTogetherAndLandAtOneInstant) {
    Story story = circles();
    story.change("X", 0);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").lasts("unit", 90);
    EXPECT_EQ(story.told(),
              "0 X/unit on base\n0 B/unit on X A\n0 A/unit on X B\n60 X/unit success\n60 A/unit success\n60 X landed\n"
              "90 B/unit success\n90 B landed\n90 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, WaitsUntilAllMayLand) {
    Story story = circles();
    story.change("A", 0).needs("B");
    story.change("B", 100).needs("A");
    EXPECT_EQ(story.told(),
              "100 A/unit on B\n100 B/unit on A\n160 A/unit success\n160 B/unit success\n160 A landed\n160 B landed\n");
}

TEST(Cycle, AFailingMemberTakesOutAllAndWhatIsBehindIsRebasedInFrontOfThem) {
    Story story = circles();
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").fails("unit", 20);
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 B/unit on A\n0 A/unit on B\n0 C/unit on B A\n20 B/unit failure\n20 B ejected failure\n20 A reset\n"
              "20 C reset\n20 A ejected dependency_failed\n20 A/unit canceled\n20 C/unit canceled\n20 C/unit on base\n"
              "80 C/unit success\n80 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, TheLastOneFailingIsTroubleOfTheFirstToo) {
    Story story = circles();
    story.job("full", 100);
    story.change("A", 0).needs("B").fails("unit", 20);
    story.change("B", 0).needs("A");
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 B/unit on A\n0 B/full on A\n0 A/unit on B\n0 A/full on B\n0 C/unit on B A\n0 C/full on B A\n"
              "20 A/unit failure\n20 C reset\n20 C/unit canceled\n20 C/full canceled\n20 C/unit on base\n"
              "20 C/full on base\n60 B/unit success\n80 C/unit success\n100 B/full success\n100 A/full success\n"
              "100 A ejected failure\n100 B ejected dependency_failed\n120 C/full success\n120 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, AFailureAheadGivesAllAFreshTry) {
    Story story = circles();
    story.change("X", 0).fails("unit", 30);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").fails("unit", 20);
    EXPECT_EQ(
        story.told(),
        "0 X/unit on base\n0 B/unit on X A\n0 A/unit on X B\n20 B/unit failure\n30 X/unit failure\n"
        "30 X ejected failure\n30 B reset\n30 A reset\n30 A/unit canceled\n30 B/unit on A\n30 A/unit on B\n"
        "50 B/unit failure\n50 B ejected failure\n50 A reset\n50 A ejected dependency_failed\n50 A/unit canceled\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, AWithdrawnMemberTakesTheOthersAlong) {
    Story story = circles();
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("C");
    story.change("C", 0).needs("A");
    story.change("D", 0);
    story.event(10, ScriptedEventKind::abandon, {"B"});
    EXPECT_EQ(story.outcomes(), "10 C ejected dependency_failed\n10 A ejected dependency_failed\n70 D landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, ANewPatchSetBringsAllBackTogether) {
    Story story = circles();
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A");
    story.change("C", 0);
    story.event(10, ScriptedEventKind::new_patchset, {"B"});
    story.scenario().load.listed->events.back().enqueue = {0};
    EXPECT_EQ(story.outcomes(), "10 A ejected dependency_failed\n70 C landed\n70 A landed\n70 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, WhatOneNeedsFromOutsideAllNeed) {
    Story story = circles();
    story.job("full", 100);
    story.change("X", 0).fails("unit", 20);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").needs("X");
    story.change("C", 0);
    EXPECT_EQ(
        story.outcomes(),
        "100 X ejected failure\n100 A ejected dependency_failed\n100 B ejected dependency_failed\n120 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, ARefusedSubmitLandsNone) {
    Story story = circles();
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").refused();
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "60 B ejected submit_failed\n60 A ejected dependency_failed\n120 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, OneThatBeginsInsideTheWindowIsInside) {
    Story story = circles({{"window", std::int64_t{1}}, {"window_increase_factor", std::int64_t{0}}});
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A");
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 B/unit on A\n0 A/unit on B\n60 B/unit success\n60 A/unit success\n60 B landed\n60 A landed\n"
              "60 C/unit on base\n120 C/unit success\n120 C landed\n");
}

TEST(Cycle, BeyondTheWindowTroubleOfOneIsTroubleOfAll) {
    Story story = circles({{"window", std::int64_t{1}}, {"window_floor", std::int64_t{1}}});
    story.job("full", 100);
    story.change("X", 0).fails("unit", 20);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").needs("X");
    story.change("C", 0);
    EXPECT_EQ(
        story.outcomes(),
        "100 X ejected failure\n100 A ejected dependency_failed\n100 B ejected dependency_failed\n200 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, EachFailsWithoutTheOtherAndNoDefectEscapes) {
    Story story = circles();
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A");
    auto& changes = story.scenario().load.listed->changes;
    changes[0].jobs.push_back({});
    changes[0].jobs[0].job = 0;
    changes[0].jobs[0].fails_without = {"B"};
    changes[1].jobs.push_back({});
    changes[1].jobs[0].job = 0;
    changes[1].jobs[0].fails_without = {"A"};
    EXPECT_EQ(story.outcomes(), "60 B landed\n60 A landed\n");
    EXPECT_EQ(story.escaped(), 0);
}

TEST(Cycle, AnEarlySignOfOneMovesWhatIsBehindThemAll) {
    Story story = circles({{"early_failure", true}});
    story.scenario().projects.front().pipelines.front().jobs.back().failure_shows_after = 0.5;
    story.change("A", 0).needs("B").fails("unit");
    story.change("B", 0).needs("A");
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "60 A ejected failure\n60 B ejected dependency_failed\n90 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, PromotedTheyStayTogether) {
    Story story = circles();
    story.change("C", 0);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A");
    story.event(10, ScriptedEventKind::promote, {"A"});
    EXPECT_EQ(story.outcomes(), "70 B landed\n70 A landed\n70 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, WhatTheyNeedBringsThemAlongOnce) {
    Story story = circles();
    story.change("X", 0);
    story.change("A", 0).needs("B");
    story.change("B", 0).needs("A").needs("X").lasts("unit", 90);
    story.event(10, ScriptedEventKind::promote, {"A"});
    EXPECT_EQ(story.told(),
              "0 X/unit on base\n0 A/unit on X B\n0 B/unit on X A\n10 X reset\n10 A reset\n10 B reset\n"
              "10 X/unit canceled\n10 A/unit canceled\n10 B/unit canceled\n10 X/unit on base\n10 A/unit on X B\n"
              "10 B/unit on X A\n70 X/unit success\n70 A/unit success\n70 X landed\n100 B/unit success\n"
              "100 A landed\n100 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Cycle, AChangeThatNeedsOneOfThemComesBehind) {
    Story story = circles();
    story.change("D", 0).needs("A");
    story.change("A", 50).needs("B");
    story.change("B", 50).needs("A");
    EXPECT_EQ(story.outcomes(), "110 B landed\n110 A landed\n110 D landed\n");
    EXPECT_EQ(story.broken(), "");
}

}  // namespace

}  // namespace gatesim
