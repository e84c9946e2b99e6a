// Freezes and pauses: who lands, who waits, who goes first.
#include <gtest/gtest.h>

#include <utility>

#include "kernel/engine.hpp"
#include "study/world.hpp"
#include "support/story.hpp"

namespace gatesim {
namespace {

/// At these seconds.
void hold(Story& story, std::vector<std::pair<double, Hold>> steps) {
    for (const auto& [at, what] : steps) {
        TimelineStep step;
        step.at = from_seconds(at);
        step.pipeline = 0;
        step.hold = what;
        story.scenario().timeline.push_back(step);
    }
}

/// In these seconds of every week, which begins when the story does.
void by_hours(Story& story, Hold begins, Hold ends, std::vector<std::pair<double, double>> spans) {
    std::vector<WeeklyHours::Span> shifts;
    for (const auto& [from, until] : spans) shifts.push_back({from_seconds(from), from_seconds(until)});
    (begins == Hold::freeze ? story.gate().freeze_hours : story.gate().pause_hours) = WeeklyHours::of(shifts);
    for (const Hold what : {begins, ends}) {
        TimelineStep step;
        step.at = kNever;
        step.pipeline = 0;
        step.hold = what;
        step.by_hours = true;
        story.scenario().timeline.push_back(step);
    }
}

/// When the last thing happens.
double end_of(Story& story) {
    Calendar calendar;
    Cast cast;
    World world(story.scenario(), Luck(1, 1), calendar, cast, {}, {});
    world.start();
    make_heap_engine()->run(calendar, kNever, [&] {
        world.instant_over();
        return false;
    });
    return seconds(calendar.now());
}

const char* const kAll[] = {"zuul",          "serial",        "batch",       "github",       "gitlab-train",
                            "mergify",       "trunk",         "tide",        "bors-ng",      "rollup",
                            "shopify",       "aviator",       "submitqueue", "chromium-cq",  "rebase-race",
                            "speculate-all", "dynamic-batch", "risk-batch",  "single-queue", "post-merge"};

TEST(Freeze, TestsGoOnAndWhatHasPassedWaits) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 10);
    story.change("B", 25);
    hold(story, {{20, Hold::freeze}, {100, Hold::thaw}});
    EXPECT_EQ(story.told(),
              "10 A/unit on base\n25 B/unit on A\n30 A/unit success\n45 B/unit success\n100 A landed\n100 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, RedOnesAreEjectedAsEver) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 10).fails("unit");
    story.change("B", 10);
    hold(story, {{5, Hold::freeze}, {100, Hold::thaw}});
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n100 B landed\n");
}

// channable/hoff 253, 244; Mergify's freeze and pause; esp-rs/esp-hal 6219.
TEST(Freeze, AHotfixGoesPastThoseWhoWait) {
    for (const char* strategy : kAll) {
        Story story(strategy);
        story.job("ci", 25 * 60);
        story.change("a", 10 * 60);
        story.change("b", 40 * 60);
        story.change("hotfix", 45 * 60);
        story.gate().exempt.changes = {"hotfix"};
        hold(story, {{30 * 60, Hold::freeze}, {7200, Hold::thaw}});
        const std::string outcomes = story.outcomes();
        EXPECT_EQ(story.broken(), "") << strategy;
        const auto fix = outcomes.find("hotfix landed");
        const auto b = outcomes.find("b landed");
        EXPECT_NE(b, std::string::npos) << strategy << "\n" << outcomes;
        EXPECT_LT(fix, b) << strategy << "\n" << outcomes;
        EXPECT_LT(std::stod(outcomes.substr(
                      outcomes.rfind('\n', fix) == std::string::npos || fix < 10 ? 0 : outcomes.rfind('\n', fix) + 1)),
                  7200)
            << strategy << "\n"
            << outcomes;
        EXPECT_GE(std::stod(outcomes.substr(outcomes.rfind('\n', b) + 1)), 7200) << strategy << "\n" << outcomes;
    }
}

/// Two exempt changes with others before and between them, of which one needs the first exempt one.
void two_fixes(Story& story) {
    story.job("ci", 60);
    story.change("first", 0);
    story.change("fix1", 1);
    story.change("needy", 2).needs("fix1");
    story.change("fix2", 3);
    story.gate().exempt.changes = {"fix1", "fix2"};
    hold(story, {{5, Hold::freeze}, {6, Hold::thaw}});
}

TEST(Freeze, WhoWasSetAsideIsSeenAgainBehindExemptOnes) {
    for (const char* strategy : kAll) {
        Story story(strategy);
        two_fixes(story);
        const std::string outcomes = story.outcomes();
        EXPECT_EQ(story.broken(), "") << strategy;
        EXPECT_NE(outcomes.find("needy landed"), std::string::npos) << strategy << "\n" << outcomes;
    }
}

TEST(Freeze, ExemptOnesGoFirstWhoeverNeedsThem) {
    Story story("zuul");
    two_fixes(story);
    EXPECT_EQ(story.outcomes(), "65 fix1 landed\n65 fix2 landed\n66 first landed\n66 needy landed\n");
}

TEST(Freeze, ExemptOnesGoFirstWhoeverNeedsACircleOfThem) {
    Story story("zuul", {{"allow_circular", true}});
    two_fixes(story);
    story.change("twin", 1).needs("fix1");
    story.about("fix1").needs("twin");
    story.gate().exempt.changes.emplace_back("twin");
    EXPECT_EQ(story.outcomes(), "65 fix1 landed\n65 twin landed\n65 fix2 landed\n66 first landed\n66 needy landed\n");
}

TEST(Freeze, AHotfixIsTestedWithoutThoseWhoAreFrozen) {
    Story story("batch", {{"size", std::int64_t{3}}});
    story.job("t", 20);
    for (const char* id : {"A", "B"}) story.change(id, 0);
    story.change("fix", 5);
    story.gate().exempt.changes = {"fix"};
    hold(story, {{1, Hold::freeze}, {60, Hold::thaw}});
    const std::string told = story.told();
    EXPECT_NE(told.find("5 fix/t on base"), std::string::npos) << told;
    EXPECT_NE(told.find("25 fix landed"), std::string::npos) << told;
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, WhoNeedsAFrozenOneIsFrozen) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("fix", 5).needs("A");
    story.gate().exempt.changes = {"fix"};
    hold(story, {{1, Hold::freeze}, {60, Hold::thaw}});
    EXPECT_EQ(story.outcomes(), "60 A landed\n60 fix landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, PriorityAndKindExempt) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("B", 0);
    story.scenario().load.listed->changes[1].priority = 5;
    story.gate().exempt.priority = 5;
    hold(story, {{1, Hold::freeze}, {60, Hold::thaw}});
    EXPECT_EQ(story.outcomes(), "21 B landed\n60 A landed\n");
}

TEST(Freeze, ATimeLimitDoesNotEjectWhatOnlyWaits) {
    for (const char* strategy : {"github", "bors-ng"}) {
        Story story(strategy, {{"timeout", std::int64_t{60 * kSecond}}});
        story.job("unit", 20);
        story.change("A", 0);
        hold(story, {{1, Hold::freeze}, {600, Hold::thaw}});
        EXPECT_NE(story.outcomes().find("A landed"), std::string::npos) << strategy << story.outcomes();
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Freeze, HoursOfTheWeekComeRoundWithoutAnEnd) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 20);
    story.change("B", 604800 + 40);
    by_hours(story, Hold::freeze, Hold::thaw, {{30, 100}});
    EXPECT_EQ(story.outcomes(), "100 A landed\n604900 B landed\n");
    EXPECT_EQ(story.broken(), "");
    EXPECT_EQ(end_of(story), 604900) << "nobody is left whom they could hold";
    story.scenario().period.length = 3 * kWeek;
    EXPECT_EQ(end_of(story), 2 * 604800 + 100) << "to the end of the period, for what is measured";
}

TEST(Freeze, OneThatHoldsFromTheBeginning) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    by_hours(story, Hold::freeze, Hold::thaw, {{0, 100}});
    EXPECT_EQ(story.outcomes(), "100 A landed\n");
}

TEST(Freeze, EitherTheTimelineOrTheHoursAreEnough) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("B", 160);
    hold(story, {{10, Hold::freeze}, {100, Hold::thaw}, {120, Hold::thaw}, {170, Hold::freeze}, {250, Hold::thaw}});
    by_hours(story, Hold::freeze, Hold::thaw, {{100, 150}, {160, 200}});
    EXPECT_EQ(story.outcomes(), "150 A landed\n250 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, HoursFollowSummerTime) {
    Story story("zuul");
    story.job("unit", 60);
    story.change("A", 3600);
    story.scenario().period.has_start = true;
    story.scenario().period.start_unix = 1774742400;  // 2026-03-29 0:00 UTC, 1:00 in Berlin, whose 2:00 is 3:00
    story.scenario().period.timezone = "Europe/Berlin";
    by_hours(story, Hold::freeze, Hold::thaw, {{6 * 86400 + 3600.0 * 3, 6 * 86400 + 3600.0 * 4}});
    EXPECT_EQ(story.outcomes(), "7200 A landed\n");
}

TEST(Freeze, HoursThatHelpNobodyEnd) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    hold(story, {{10, Hold::freeze}});
    by_hours(story, Hold::pause, Hold::resume, {{30, 100}});
    EXPECT_EQ(story.outcomes(), "");
    EXPECT_EQ(story.broken(), "");
    EXPECT_LT(end_of(story), 4 * 604800.0);
}

/// docs.trunk.io, "updateQueue API": DRAINING.
TEST(Freeze, TrunkEmptiesItsQueueAndTestsNoNewcomer) {
    Story story("trunk", {{"window", std::int64_t{1}}, {"lanes", std::string("one")}, {"wait", Time{0}}});
    story.job("t", 20);
    story.change("A", 0);
    story.change("B", 5);
    story.change("new", 15);
    story.change("fix", 18);
    story.gate().exempt.changes = {"fix"};
    hold(story, {{10, Hold::freeze}, {200, Hold::thaw}});
    EXPECT_EQ(story.told(),
              "0 A/t on base\n20 A/t success\n20 A landed\n20 B/t on A\n40 B/t success\n40 B landed\n"
              "40 fix/t on B\n60 fix/t success\n60 fix landed\n"
              "200 new/t on base\n220 new/t success\n220 new landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, AHotfixInADrainingQueueGoesPastNewcomersAlsoInItsOrder) {
    Story story("trunk", {{"lanes", std::string("one")}, {"urgent_first", false}, {"wait", Time{0}}});
    story.job("t", 20);
    story.change("A", 0);
    story.change("new", 15);
    story.change("fix", 18);
    story.gate().exempt.changes = {"fix"};
    hold(story, {{10, Hold::freeze}, {200, Hold::thaw}});
    EXPECT_EQ(story.outcomes(), "20 A landed\n38 fix landed\n220 new landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, WhoIsMovedUpInADrainingQueueStillLands) {
    Story story("trunk", {{"window", std::int64_t{1}}, {"lanes", std::string("one")}, {"wait", Time{0}}});
    story.job("t", 20);
    story.change("A", 0);
    story.change("B", 1);
    story.change("C", 2);
    hold(story, {{10, Hold::freeze}, {200, Hold::thaw}});
    story.event(15, ScriptedEventKind::promote, {"C"});
    EXPECT_EQ(story.outcomes(), "35 C landed\n55 A landed\n75 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, OneThatIsNeverThawedKeepsItsChangesAndBreaksNothing) {
    for (const char* strategy : kAll) {
        Story story(strategy);
        story.job("unit", 20);
        story.change("A", 0);
        story.change("B", 20);
        hold(story, {{10, Hold::freeze}});
        const std::string outcomes = story.outcomes();
        EXPECT_EQ(story.broken(), "") << strategy << "\n" << outcomes;
        EXPECT_EQ(outcomes.find("B landed"), std::string::npos) << strategy << "\n" << outcomes;
    }
}

TEST(Freeze, AClosedTreeLetsTheRunningRollupLand) {
    Story story("rollup");
    story.job("t", 20);
    story.change("A", 0);
    story.change("B", 5);
    hold(story, {{10, Hold::freeze}, {100, Hold::thaw}});
    EXPECT_EQ(story.told(),
              "0 A/t on base\n20 A/t success\n20 A landed\n100 B/t on base\n120 B/t success\n120 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Freeze, ABlockerEmptiesTidesPool) {
    Story story("tide");
    story.job("t", 20);
    story.change("A", 0);
    hold(story, {{0, Hold::freeze}, {600, Hold::thaw}});
    EXPECT_EQ(story.told(), "600 A/t on base\n620 A/t success\n660 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Pause, NothingStartsAndWhatRunsEnds) {
    for (const char* strategy : {"zuul", "github"}) {
        Story story(strategy);
        story.scenario().pools = {Pool{}};
        story.scenario().pools[0].name = "any";
        story.scenario().pools[0].labels = {0};
        story.scenario().pools[0].nodes = 1;
        story.job("unit", 20);
        story.change("A", 0);
        story.change("B", 1);
        hold(story, {{5, Hold::pause}, {60, Hold::resume}});
        EXPECT_EQ(story.told(),
                  "0 A/unit on base\n20 A/unit success\n60 A landed\n60 B/unit on A\n80 B/unit success\n80 B landed\n")
            << strategy;
        EXPECT_EQ(story.broken(), "");
    }
}

/// docs.mergify.com/merge-queue/pause: "Cancel Running Checks".
TEST(Pause, MergifyStopsWhatRunsAndBeginsAnew) {
    Story story("mergify");
    story.job("short", 4);
    story.job("unit", 20);
    story.change("A", 0);
    hold(story, {{5, Hold::pause}, {60, Hold::resume}});
    EXPECT_EQ(story.told(),
              "0 A/short on base\n0 A/unit on base\n4 A/short success\n5 A/unit canceled\n60 A/unit on base\n"
              "80 A/unit success\n80 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Pause, WhatItStopsCountsAsNoTry) {
    Story story("mergify");
    story.job("unit", 20).attempts = 2;
    story.change("A", 0);
    ScriptedRun& run = story.scenario().load.listed->changes[0].jobs.emplace_back();
    run.job = 0;
    run.retry_runs = {2};  // the first that is let run ends without a result
    hold(story, {{5, Hold::pause}, {6, Hold::resume}, {10, Hold::pause}, {60, Hold::resume}});
    EXPECT_EQ(story.outcomes(), "100 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Pause, MergifyGivesBackWhatHadNotStarted) {
    Story story("mergify");
    story.scenario().pools = {Pool{}};
    Pool& pool = story.scenario().pools[0];
    pool.name = "any";
    pool.labels = {0};
    pool.nodes = 1;
    pool.start_delay = 10 * kSecond;
    story.job("unit", 20);
    story.change("A", 0);
    hold(story, {{5, Hold::pause}, {60, Hold::resume}});
    EXPECT_EQ(story.told(), "70 A/unit on base\n90 A/unit success\n90 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Approval, WhoIsApprovedLaterEntersThen) {  // c15c
    Story story("mergify");
    story.job("ci", 25 * 60);
    story.change("a", 10 * 60);
    story.change("b", 40 * 60);
    story.change("hotfix", 45 * 60);
    story.scenario().load.listed->changes[0].approved_at = 7200 * kSecond;
    story.scenario().load.listed->changes[1].approved_at = 7200 * kSecond;
    EXPECT_EQ(story.outcomes(), "4200 hotfix landed\n8700 a landed\n8700 b landed\n");
}

}  // namespace
}  // namespace gatesim
