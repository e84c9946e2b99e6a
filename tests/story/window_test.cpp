// Queues with a window: cars tested on each other, witnesses, parts of red cars, lanes.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

using V = ParameterValues;

V values(std::initializer_list<std::pair<std::string, ParameterValue>> all) {
    return V(all.begin(), all.end());
}

/// A and B and C wait; A takes long, so that what becomes of B and C is seen first.
void three(Story& story) {
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 100);
    story.change("B", 0);
    story.change("C", 0);
}

TEST(Window, CarsAreTestedOnThoseAheadAndLandInOrder) {
    Story story("gitlab-train");
    three(story);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on A\n0 C/unit on A B\n60 B/unit success\n60 C/unit success\n"
              "100 A/unit success\n100 A landed\n100 B landed\n100 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

/// docs.mergify.com/merge-queue/priority and docs.trunk.io/merge-queue/optimizations/priority-merging: a higher priority
/// begins before all others that are not under test; who is under test goes on.
TEST(Window, AnUrgentChangeIsTestedNextAndStopsNobody) {
    for (const char* name : {"mergify", "trunk"}) {
        SCOPED_TRACE(name);
        Story story(name, values({{"window", std::int64_t{1}}, {"wait", Time{0}}, {"lanes", std::string("one")}}));
        story.job("unit", 60);
        story.change("A", 0);
        story.change("B", 1);
        story.change("C", 2);
        story.change("urgent", 30);
        story.scenario().load.listed->changes.back().priority = 1;
        EXPECT_EQ(story.outcomes(), "60 A landed\n120 urgent landed\n180 B landed\n240 C landed\n");
        EXPECT_EQ(story.broken(), "");
    }
    Story plain("mergify", values({{"window", std::int64_t{1}}, {"wait", Time{0}}, {"urgent_first", false}}));
    plain.job("unit", 60);
    plain.change("A", 0);
    plain.change("B", 1);
    plain.change("urgent", 30);
    plain.scenario().load.listed->changes.back().priority = 1;
    EXPECT_EQ(plain.outcomes(), "60 A landed\n120 B landed\n180 urgent landed\n");
}

TEST(Window, OnlySoManyCarsAreTestedAtOnce) {
    Story story("gitlab-train", values({{"window", std::int64_t{2}}}));
    three(story);  // the train counts finished cars too
    EXPECT_EQ(story.outcomes(), "100 A landed\n100 B landed\n160 C landed\n");
    Story unfinished("github", values({{"window", std::int64_t{2}}}));
    three(unfinished);  // the groups that are still tested count: C starts when B is done
    EXPECT_EQ(unfinished.outcomes(), "100 A landed\n100 B landed\n120 C landed\n");
}

TEST(Window, TheTrainDropsAnInnocentForTheFaultOfTheSlowerCarAhead) {
    Story train("gitlab-train");
    train.job("unit", 60);
    train.change("A", 0).fails("unit", 100);
    train.change("B", 0).fails("unit", 50);  // red because it contains A, or so it looks
    train.change("C", 0);
    EXPECT_EQ(train.outcomes(), "50 B ejected failure\n100 A ejected failure\n160 C landed\n");

    Story patient("gitlab-train", values({{"evict", std::string("settled-ahead")}}));
    patient.job("unit", 60);
    patient.change("A", 0).fails("unit", 100);
    patient.change("B", 0).fails("unit", 50);
    patient.change("C", 0);
    EXPECT_EQ(patient.outcomes(), "100 A ejected failure\n150 B ejected failure\n210 C landed\n");
}

TEST(Window, AllThatAreRedAtOneInstantLeaveTheTrainTogether) {
    Story story("gitlab-train");
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 0).fails("unit");
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "60 B ejected failure\n60 A ejected failure\n120 C landed\n");
}

TEST(Window, AGreenCarBehindProvesARedOneThatHasTolerance) {
    Story strict("github");
    strict.job("unit", 60);
    strict.change("A", 0).fails("unit");
    strict.change("B", 0).lasts("unit", 80);
    EXPECT_EQ(strict.outcomes(), "60 A ejected failure\n140 B landed\n");

    Story headgreen("github-headgreen");
    headgreen.job("unit", 60);
    headgreen.change("A", 0).fails("unit");
    headgreen.change("B", 0).lasts("unit", 80);
    EXPECT_EQ(headgreen.outcomes(), "80 A landed\n80 B landed\n");
    EXPECT_EQ(headgreen.broken(), "");
}

TEST(Window, AWitnessThatIsRedTooCondemns) {
    Story story("aviator");
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 0).fails("unit", 80);
    EXPECT_EQ(story.outcomes(), "80 A ejected failure\n160 B ejected failure\n");
    Story alone("aviator");  // nobody behind: its own verdict is enough
    alone.job("unit", 60);
    alone.change("A", 0).fails("unit");
    EXPECT_EQ(alone.outcomes(), "60 A ejected failure\n");
}

TEST(Window, OptimisticLandingDoesNotWaitForTheSlowCarAhead) {
    Story story("mergify");
    three(story);
    EXPECT_EQ(story.outcomes(), "60 A landed\n60 B landed\n60 C landed\n");
}

TEST(Window, GroupsLandTogetherOrWhenTheyHaveWaited) {
    Story story("github", values({{"group_min", std::int64_t{2}}, {"group_wait", 100 * kSecond}}));
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 30);
    story.change("C", 200);
    EXPECT_EQ(story.outcomes(), "90 A landed\n90 B landed\n300 C landed\n");
}

TEST(Window, ARedBatchIsCutIntoPrefixesAndTheFirstRedOneHoldsTheCulprit) {
    Story story("mergify", values({{"batch", std::int64_t{4}}, {"window", std::int64_t{4}}, {"wait", Time{0}}}));
    story.job("unit", 60);
    for (const char* name : {"A", "B", "C", "D"}) story.change(name, 0);
    story.about("C").breaks("unit");
    EXPECT_EQ(story.outcomes(), "120 A landed\n120 B landed\n120 C ejected failure\n180 D landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Window, WhoIsNotDoneInTimeLeavesAsIfRed) {
    Story story("github", values({{"timeout", 100 * kSecond}}));
    story.job("unit", 60);
    story.job("system", 90);
    story.change("A", 0).lasts("unit", 5000);
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/system on base\n0 B/unit on A\n0 B/system on A\n60 B/unit success\n"
              "90 A/system success\n90 B/system success\n100 A ejected failure\n100 B reset\n100 A/unit canceled\n"
              "100 B/unit on base\n100 B/system on base\n160 B/unit success\n190 B/system success\n190 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Window, ATestThatTookTooLongCanBeRetriedAndHasItsTimeAgain) {
    Story story("github", values({{"timeout", 100 * kSecond}, {"retries", std::int64_t{1}}}));
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 5000);
    story.change("B", 300);
    EXPECT_EQ(story.outcomes(), "200 A ejected failure\n360 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Window, AfterSoManyDivisionsAllThatAreLeftLeaveTogether) {
    const auto outcomes = [](std::int64_t divisions) {
        Story story("mergify", values({{"batch", std::int64_t{4}},
                                       {"window", std::int64_t{2}},
                                       {"wait", Time{0}},
                                       {"infer", false},
                                       {"divisions", divisions}}));
        story.job("unit", 60);
        for (const char* name : {"A", "B", "C", "D"}) story.change(name, 0);
        story.about("C").breaks("unit");
        const std::string all = story.outcomes();
        EXPECT_EQ(story.broken(), "");
        return all;
    };
    EXPECT_EQ(outcomes(0), "60 A ejected failure\n60 B ejected failure\n60 C ejected failure\n60 D ejected failure\n");
    EXPECT_EQ(outcomes(1), "120 A landed\n120 B landed\n120 C ejected failure\n120 D ejected failure\n");
    EXPECT_EQ(outcomes(-1), "120 A landed\n120 B landed\n180 C ejected failure\n240 D landed\n");
}

TEST(Window, WhatIsRedWithoutTheCarTooIsNotItsFault) {
    for (const bool asks : {false, true}) {
        Story story("github", values({{"without_patch", asks}, {"group_wait", Time{0}}}));
        story.job("unit", 60);
        story.job("lint", 30);
        story.change("A", 1000).breaks("unit");
        story.event(10, ScriptedEventKind::merge, {"A"});
        story.change("B", 20);
        story.change("C", 20).fails("lint");
        EXPECT_EQ(story.outcomes(),
                  asks ? "140 B landed\n200 C ejected failure\n" : "80 B ejected failure\n140 C ejected failure\n");
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Window, TheLastPartOfARedBatchIsRedWithoutATest) {
    Story story("mergify", values({{"batch", std::int64_t{2}}, {"wait", Time{0}}}));
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0).fails("unit");
    EXPECT_EQ(story.told(),
              "0 B/unit on A\n60 B/unit failure\n60 A/unit on base\n120 A/unit success\n120 A landed\n"
              "120 B ejected failure\n");
}

TEST(Window, BesideTheRowARedBatchIsHalvedWhileTheRowGoesOn) {
    Story story("trunk", values({{"batch", std::int64_t{2}}, {"wait", Time{0}}, {"lanes", std::string("one")}}));
    story.job("unit", 60);
    for (const char* name : {"A", "B", "C", "D"}) story.change(name, 0);
    story.about("A").breaks("unit");
    EXPECT_EQ(story.outcomes(), "120 A ejected failure\n120 C landed\n120 D landed\n180 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Window, ARetryRepeatsTheFailedJobOnly) {
    Story story("gitlab-train", values({{"retries", std::int64_t{1}}}));
    story.job("unit", 60);
    story.job("system", 90);
    story.change("A", 0);
    story.scenario().load.listed->changes.back().jobs = {{}};
    ScriptedRun& unit = story.scenario().load.listed->changes.back().jobs.back();
    unit.job = 0;
    unit.fails_on_run = {0};
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/system on base\n60 A/unit failure\n90 A/system success\n90 A/unit on base\n"
              "150 A/unit success\n150 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Window, ARetryOfTheBuildRepeatsAllOfIt) {
    Story story("gitlab-train", values({{"retries", std::int64_t{1}}, {"retry", std::string("build")}}));
    story.job("unit", 60);
    story.job("system", 90);
    story.change("A", 0).fails("unit");
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "180 A ejected failure\n270 B landed\n");
}

TEST(Window, FailFastDoesNotWaitForTheOtherJobs) {
    Story story("gitlab-train", values({{"fail_fast", true}}));
    story.job("unit", 60);
    story.job("system", 90);
    story.change("A", 0).fails("unit");
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "60 A ejected failure\n150 B landed\n");
}

TEST(Window, LanesLetIndependentChangesLandPastASlowOne) {
    Story unknown("trunk");
    three(unknown);  // nobody said what they touch: they share a lane
    EXPECT_EQ(unknown.outcomes(), "100 A landed\n100 B landed\n100 C landed\n");

    Story story("trunk");
    three(story);
    auto& changes = story.scenario().load.listed->changes;
    changes[0].touches = {"engine"};
    changes[1].touches = {"docs"};
    changes[2].touches = {"engine", "wheels"};
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on base\n0 C/unit on A\n60 B/unit success\n60 C/unit success\n"
              "60 B landed\n100 A/unit success\n100 A landed\n100 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Window, AJobThatProvedFlakyCountsNoLonger) {
    // One verdict makes a record here: A's unit was red and then green on the same state, so B's red unit is passed
    // over.
    Story story("gitlab-train", values({{"retries", std::int64_t{1}},
                                        {"quarantine", 0.5},
                                        {"quarantine_runs", std::int64_t{1}},
                                        {"window", std::int64_t{1}}}));
    story.job("unit", 60);
    story.change("A", 0);
    story.scenario().load.listed->changes.back().jobs = {{}};
    story.scenario().load.listed->changes.back().jobs.back().job = 0;
    story.scenario().load.listed->changes.back().jobs.back().fails_on_run = {0};
    story.change("B", 0).fails("unit");
    EXPECT_EQ(story.outcomes(), "120 A landed\n180 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

}  // namespace
}  // namespace gatesim
