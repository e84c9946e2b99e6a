// A gate that lets a patch set in only after it has passed in check.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// One job "unit" of 60 s in the gate and in a check that the gate asks for.
Story with_check(const std::string& strategy = "zuul") {
    Story story(strategy);
    story.job("unit", 60);
    Scenario& s = story.scenario();
    Pipeline check;
    check.name = "check";
    check.manager = Manager::independent;
    s.pipelines.push_back(check);
    s.pipelines.front().clean_check = 1;
    s.projects.front().pipelines.push_back({1, "", s.projects.front().pipelines.front().jobs});
    return story;
}

TEST(CleanCheck, WhoAsksTooEarlyIsCheckedFirst) {
    Story story = with_check();
    story.change("A", 10);
    EXPECT_EQ(story.told(),
              "10 A awaits its check\n10 A/unit on base\n70 A/unit success\n70 A passed\n"
              "70 A/unit on base\n130 A/unit success\n130 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(CleanCheck, WhoHasPassedIsLetInAtOnce) {
    Story story = with_check();
    story.change("A", 100);
    story.scenario().load.listed->changes.front().enqueue_at = {{1, 0}, {0, 100 * kSecond}};
    EXPECT_EQ(story.outcomes(), "160 A landed\n");
}

TEST(CleanCheck, ACheckThatRunsAlreadyIsWaitedFor) {
    Story story = with_check();
    story.change("A", 0);
    story.scenario().load.listed->changes.front().enqueue_at = {{1, 0}, {0, 20 * kSecond}};
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n20 A awaits its check\n60 A/unit success\n60 A passed\n"
              "60 A/unit on base\n120 A/unit success\n120 A landed\n");
}

TEST(CleanCheck, ARedCheckLeavesItOutAndItsAuthorMayTryAgain) {
    Story story = with_check();
    story.change("A", 0).flakes("unit", {0});
    EXPECT_EQ(story.told(),
              "0 A awaits its check\n0 A/unit on base\n60 A/unit failure\n60 A did not pass\n60 A is not let in\n");
    AfterEjection& again = story.scenario().load.after_ejection;
    again.retry = 1;
    again.after = Distribution::constant(40);
    again.max = 3;
    // Check and gate do not count runs together: its first run in the gate is its first there, and flakes, too. Then it
    // has to pass in check once more.
    EXPECT_EQ(story.told(),
              "0 A awaits its check\n0 A/unit on base\n60 A/unit failure\n60 A did not pass\n60 A is not let in\n"
              "100 A awaits its check\n100 A/unit on base\n160 A/unit success\n160 A passed\n"
              "160 A/unit on base\n220 A/unit failure\n220 A ejected failure\n"
              "260 A awaits its check\n260 A/unit on base\n320 A/unit success\n320 A passed\n"
              "320 A/unit on base\n380 A/unit success\n380 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(CleanCheck, ANewPatchSetHasToPassItself) {
    Story story = with_check();
    story.change("A", 0);
    ScriptedEvent event;
    event.at = 30 * kSecond;
    event.kind = ScriptedEventKind::new_patchset;
    event.changes = {"A"};
    event.enqueue = {0};
    story.scenario().load.listed->events.push_back(event);
    EXPECT_EQ(
        story.told(),
        "0 A awaits its check\n0 A/unit on base\n30 A awaits its check\n30 A/unit canceled\n"
        "30 A/unit on base\n90 A/unit success\n90 A passed\n90 A/unit on base\n150 A/unit success\n150 A landed\n");
}

TEST(CleanCheck, WhoNeedsAnotherOneWaitsForItToComeIn) {
    Story story = with_check();
    story.change("A", 0).lasts("unit", 100);
    story.change("B", 0).needs("A");
    EXPECT_EQ(story.outcomes(), "200 A landed\n200 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(CleanCheck, WhatTheCheckHasNoJobsForHasNothingToShow) {
    Story story = with_check();
    story.scenario().projects.front().pipelines.back().jobs.clear();
    story.change("A", 0);
    EXPECT_EQ(story.outcomes(), "60 A landed\n");
    story.scenario().projects.front().pipelines.pop_back();
    EXPECT_EQ(story.outcomes(), "60 A landed\n");
}

TEST(CleanCheck, AnyStrategyCanAskForIt) {
    for (const char* strategy : {"serial", "batch", "tide", "submitqueue", "optimistic", "github", "post-merge"}) {
        Story story = with_check(strategy);
        story.change("A", 0);
        story.change("B", 0).fails("unit");
        const std::string told = story.told();
        EXPECT_NE(told.find("60 B is not let in"), std::string::npos) << strategy << "\n" << told;
        EXPECT_NE(told.find(" A landed"), std::string::npos) << strategy << "\n" << told;
        EXPECT_EQ(told.find(" B landed"), std::string::npos) << strategy << "\n" << told;
        EXPECT_EQ(story.broken(), "") << strategy;
    }
}

}  // namespace
}  // namespace gatesim
