// Pools that live: what rules do with them, and the complaints that their users have.
#include <gtest/gtest.h>

#include <map>

#include "support/node_story.hpp"

namespace gatesim {
namespace {

TEST(LivingPools, ANodeIsAskedForBootsServesAndGoes) {
    NodeStory story("arc");
    story.life().poll = kMinute;
    story.pool().boot.a = 120;
    story.change("A", 30);
    EXPECT_EQ(story.nodes(),
              "60 asked 0\n60 booting 0\n180 up 0\n180 A/unit\n780 stopping 0 used_up\n780 gone 0\n780 A landed\n");
}

TEST(LivingPools, NodesAreUsedAgainWhereTheyMay) {
    NodeStory story("arc");
    story.life().poll = 0;
    story.pool().single_use = false;
    story.pool().boot.a = 60;
    story.change("A", 0);
    story.change("B", 1);
    story.life().max = 1;
    EXPECT_EQ(story.count(EventKind::node_asked), 1);
    EXPECT_EQ(story.count(EventKind::landed), 2);
}

// actions-runner-controller 3866, taskcluster rfcs 191.
TEST(LivingPools, WhoDoesNotCountWhatComesFillsThePool) {
    for (const bool counts : {true, false}) {
        for (const char* rule : {"arc", "taskcluster", "min-ready"}) {
            NodeStory story(rule, {{"counts_coming", counts}});
            story.life().poll = kMinute;
            story.life().max = 5;
            story.pool().boot.a = 600;
            story.change("A", 0);
            EXPECT_EQ(story.count(EventKind::node_asked), counts ? 1 : 5) << rule;
            EXPECT_EQ(story.count(EventKind::landed), 1) << rule;
        }
    }
}

// terraform-aws-github-runner 4076.
TEST(LivingPools, ABootThatTakesLongerThanThePatienceNeverEnds) {
    NodeStory story("aws-runner");
    story.life().boot_timeout = 5 * kMinute;
    story.pool().boot.a = 315;
    story.change("A", 0);
    story.scenario().period.length = kDay;
    EXPECT_EQ(story.count(EventKind::node_up), 0);
    EXPECT_GT(story.count(EventKind::node_killed), 0);
    EXPECT_NE(story.stuck().find("no node of pool"), std::string::npos) << story.stuck();
    EXPECT_NE(story.stuck().find("boot_timeout"), std::string::npos) << story.stuck();
    EXPECT_EQ(story.broken(), "");
}

// taskcluster 6492.
TEST(LivingPools, ATimeoutFromTheRequestCountsTheProvidersTime) {
    for (const bool from_up : {true, false}) {
        NodeStory story("taskcluster");
        story.life().provision.a = 240;
        story.pool().boot.a = 120;
        story.life().boot_timeout = 5 * kMinute;
        story.life().timeout_from_up = from_up;
        story.change("A", 0);
        story.scenario().period.length = kHour;
        EXPECT_EQ(story.count(EventKind::landed), from_up ? 1 : 0);
    }
}

// terraform-aws-github-runner 3573.
TEST(LivingPools, IdleAtOneInstantIsIdle) {
    for (const Time idle_for : {Time{0}, 2 * kMinute}) {
        NodeStory story("aws-runner", {{"idle_for", idle_for}, {"delay", Time{0}}});
        story.pool().single_use = false;
        story.life().poll = 30 * kSecond;
        story.change("A", 0);
        story.change("B", 931);  // A's node has been idle for a moment when the look of 15:00 comes
        story.job_takes(870);
        EXPECT_EQ(story.count(EventKind::node_asked), idle_for == 0 ? 2 : 1);
    }
}

// buildkite-agent-scaler 58 and 72.
TEST(LivingPools, OneCooldownForBothKeepsThePoolFromGrowing) {
    for (const bool one : {false, true}) {
        NodeStory story("buildkite",
                        {{"one_cooldown", one}, {"in_cooldown", 10 * kMinute}, {"out_cooldown", 10 * kMinute}});
        story.pool().single_use = false;
        story.life().poll = 10 * kSecond;
        story.pool().nodes = 2;
        story.change("A", 60);
        const Time landed = story.time_of(EventKind::landed, 0);
        if (one)
            EXPECT_GE(landed, 20 * kMinute);  // the two were scaled in at 0:00
        else
            EXPECT_LT(landed, 12 * kMinute);
    }
}

// actions-runner-controller 3953.
TEST(LivingPools, FailedNodesThatCountStarveThePool) {
    for (const bool counts : {false, true}) {
        NodeStory story("arc", {{"counts_failed", counts}});
        story.pool().launch_failure = 0.6;
        story.pool().launch_attempts = 1;
        story.life().max = 2;
        for (const char* name : {"A", "B", "C", "D", "E", "F"}) story.change(name, 0);
        story.scenario().period.length = kDay;
        EXPECT_EQ(story.count(EventKind::landed) == 6, !counts);
    }
}

TEST(LivingPools, WithoutAFallBackAnEmptyProviderKeepsEverybodyWaiting) {
    for (const bool falls_back : {true, false}) {
        NodeStory story("arc");
        story.life().max = 0;
        story.pool().launch_failure = 0;
        Pool other = story.pool();
        other.name = "other";
        other.life->max = 3;
        if (falls_back) story.scenario().pools.push_back(other);
        story.pool().fall_back_after = 10 * kMinute;
        story.change("A", 0);
        story.scenario().period.length = kDay;
        EXPECT_EQ(story.count(EventKind::landed), falls_back ? 1 : 0);
    }
}

TEST(LivingPools, ARequestFallsBackAfterItsTime) {
    NodeStory story("arc");
    story.life().poll = 0;
    story.pool().boot.a = 3600;
    Pool other = story.pool();
    other.name = "other";
    other.boot.a = 0;
    story.scenario().pools.push_back(other);
    story.pool().fall_back_after = 10 * kMinute;
    story.change("A", 0);
    EXPECT_EQ(story.time_of(EventKind::build_started, 0), 10 * kMinute);
}

TEST(LivingPools, ABuildWhoseNodeIsTakenBackRunsAgainWhereItIsSaid) {
    NodeStory story("arc");
    story.life().poll = 0;
    story.life().spot = Spot{60, kMinute, 1};  // once a minute on average
    Pool other = story.pool();
    other.name = "other";
    other.labels = {};
    other.life->spot.reset();
    story.scenario().pools.push_back(other);
    story.change("A", 0);
    EXPECT_EQ(story.count(EventKind::node_killed), 1);
    EXPECT_EQ(story.count(EventKind::build_started), 2);
    EXPECT_EQ(story.count(EventKind::landed), 1);
    EXPECT_EQ(story.pool_of(EventKind::build_started, 1), 1u);
}

TEST(LivingPools, AQuotaIsShared) {
    NodeStory story("arc");
    story.scenario().quotas = {{"account", 2}};
    story.life().poll = 0;
    story.life().quota = 0;
    for (const char* name : {"A", "B", "C", "D"}) story.change(name, 0);
    EXPECT_EQ(story.most_up(), 2);
    EXPECT_EQ(story.count(EventKind::landed), 4);
}

TEST(LivingPools, AnOutageStopsIdleNodesAndLetsBusyOnesEnd) {
    NodeStory story("static");
    story.life().min = story.life().max = 3;
    story.pool().nodes = 3;
    story.pool().single_use = false;
    story.change("A", 0);
    for (const auto& [at, nodes] : {std::pair{kMinute, std::int64_t{0}}, std::pair{kHour, kUnlimited}}) {
        TimelineStep& step = story.scenario().timeline.emplace_back();
        step.at = at;
        step.pool = 0;
        step.nodes = nodes;
    }
    story.scenario().period.length = 2 * kHour;
    EXPECT_EQ(story.count(EventKind::landed), 1);
    EXPECT_EQ(story.count(EventKind::node_stopping), 3);
    EXPECT_EQ(story.count(EventKind::node_asked), 3);
}

TEST(LivingPools, NodesAreKeptWarmInTheirHours) {
    NodeStory story("static");
    story.life().keep_warm = {{WeeklyHours::daily(9 * kHour, 17 * kHour, {0, 1, 2, 3, 4}), 2}};
    story.life().poll = kMinute;
    story.scenario().period.length = kDay;
    story.change("A", 10 * 3600);
    EXPECT_EQ(story.time_of(EventKind::node_up, 0), 9 * kHour);
    EXPECT_EQ(story.time_of(EventKind::node_stopping, 1), 17 * kHour);
    EXPECT_EQ(story.most_up(), 2);
}

TEST(LivingPools, AnOldNodeTakesNoMoreBuilds) {
    NodeStory story("arc");
    story.life().lifetime = 15 * kMinute;
    story.life().poll = 0;
    story.life().min = 1;
    story.pool().single_use = false;
    story.change("A", 10 * 60);
    story.change("B", 25 * 60);
    EXPECT_EQ(story.count(EventKind::landed), 2);
    EXPECT_GE(story.count(EventKind::node_asked), 2);
}

}  // namespace
}  // namespace gatesim
