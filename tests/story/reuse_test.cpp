// A success on the very same state counts instead of a run (Job::reuses_green); who comes back may go to the front.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

TEST(Reuse, OfWhatPassedBeforeItWasTakenOutNothingRunsAgain) {
    for (const bool reuses : {false, true}) {
        Story story("zuul");
        story.job("unit", 60).reuses_green = reuses;
        story.job("slow", 100).reuses_green = reuses;
        story.change("A", 0);
        story.event(70, ScriptedEventKind::dequeue, {"A"});
        story.event(80, ScriptedEventKind::enqueue, {"A"});
        // unit had passed on this state; slow had not.
        EXPECT_EQ(story.told(), reuses ? "0 A/unit on base\n0 A/slow on base\n60 A/unit success\n70 A/slow canceled\n"
                                         "80 A/slow on base\n180 A/slow success\n180 A landed\n"
                                       : "0 A/unit on base\n0 A/slow on base\n60 A/unit success\n70 A/slow canceled\n"
                                         "80 A/unit on base\n80 A/slow on base\n140 A/unit success\n"
                                         "180 A/slow success\n180 A landed\n");
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Reuse, OnAnotherBaseItRunsAgain) {
    Story story("zuul");
    story.job("unit", 60).reuses_green = true;
    story.job("slow", 100).reuses_green = true;
    story.change("A", 0);
    story.change("B", 75);
    story.scenario().load.listed->changes.back().enqueue_at.clear();
    story.event(70, ScriptedEventKind::dequeue, {"A"});
    story.event(75, ScriptedEventKind::merge, {"B"});
    story.event(80, ScriptedEventKind::enqueue, {"A"});
    EXPECT_NE(story.told().find("80 A/unit on base"), std::string::npos) << story.told();
}

TEST(Reuse, OnAnotherChainItRunsAgainAndRedNeverCounts) {
    Story story("zuul");
    story.job("unit", 60).reuses_green = true;
    story.job("slow", 100);
    story.change("A", 0).fails("slow", 100);
    story.change("B", 0);
    // B had passed unit on A; without A it is tested anew. A is tested anew, too, though it was red on this state.
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/slow on base\n0 B/unit on A\n0 B/slow on A\n60 A/unit success\n"
              "60 B/unit success\n100 A/slow failure\n100 B/slow success\n100 A ejected failure\n100 B reset\n"
              "100 B/unit on base\n100 B/slow on base\n160 B/unit success\n200 B/slow success\n200 B landed\n");
}

TEST(Reuse, AnotherPatchSetIsAnotherState) {
    Story story("zuul");
    story.job("unit", 60).reuses_green = true;
    story.job("slow", 100);
    story.change("A", 0);
    story.event(70, ScriptedEventKind::new_patchset, {"A"});
    story.scenario().load.listed->events.back().enqueue = {0};
    EXPECT_NE(story.told().find("70 A/unit on base"), std::string::npos) << story.told();
}

TEST(Reuse, WhatPassedInCheckCountsInTheGateOnTheSameBase) {
    Story story("github");
    story.job("unit", 60).reuses_green = true;
    Pipeline check;
    check.name = "check";
    check.manager = Manager::independent;
    story.scenario().pipelines.push_back(check);
    Project& project = story.scenario().projects.front();
    project.pipelines.push_back({1, "", project.pipelines.front().jobs});
    story.change("A", 100);
    story.scenario().load.listed->changes.back().enqueue_at.emplace_back(1, 0);
    EXPECT_EQ(story.told(), "0 A/unit on base\n60 A/unit success\n60 A passed\n100 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

/// A and B fail once and come back after 10 s.
Story returning(const std::string& strategy, bool at_front) {
    Story story(strategy);
    story.job("unit", 60);
    story.change("A", 0).flakes("unit", {0});
    for (const char* name : {"B", "C"}) story.change(name, 0);
    AfterEjection& rule = story.scenario().load.after_ejection;
    rule.retry = 1;
    rule.after.a = 10;
    rule.max = 1;
    rule.at_front = at_front;
    return story;
}

TEST(Returns, GoToTheFrontIfTheyMayAndElseToTheEnd) {
    EXPECT_EQ(returning("zuul", false).outcomes(), "60 A ejected failure\n120 B landed\n120 C landed\n130 A landed\n");
    EXPECT_EQ(returning("zuul", true).outcomes(), "60 A ejected failure\n130 A landed\n130 B landed\n130 C landed\n");
    EXPECT_EQ(returning("github", true).outcomes(), "60 A ejected failure\n130 A landed\n130 B landed\n130 C landed\n");
}

// Where a promotion is a priority, who comes back has the highest; the running batch, B's, is put on hold for it.
TEST(Returns, ToTheFrontOfBorsGoByPriority) {
    for (const bool at_front : {false, true}) {
        Story story("bors-ng", {{"size", std::int64_t{1}}});
        story.job("unit", 60);
        story.change("A", 0).flakes("unit", {0});
        for (const char* name : {"B", "C", "D"}) story.change(name, 0);
        story.scenario().load.after_ejection = {1, Distribution{}, 1, at_front};
        EXPECT_EQ(story.outcomes(),
                  at_front ? "71 A ejected failure\n142 A landed\n202 C landed\n262 D landed\n322 B landed\n"
                           : "71 A ejected failure\n131 B landed\n191 C landed\n251 D landed\n"
                             "311 A landed\n");
        EXPECT_EQ(story.broken(), "");
    }
}

}  // namespace
}  // namespace gatesim
