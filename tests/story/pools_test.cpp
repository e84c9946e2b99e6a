// A pool that is too small for a job, for a while or for ever: builds wait, or fail at once (Pool::when_short).
#include <gtest/gtest.h>

#include "strategy/registry.hpp"
#include "support/story.hpp"

namespace gatesim {
namespace {

/// One pool for all jobs, with so many nodes.
Pool& pool_of(Story& story, std::int64_t nodes) {
    Pool& pool = story.scenario().pools.front();
    pool.nodes = nodes;
    return pool;
}

TEST(Pools, WithoutNodesBuildsWaitUntilThereAreSome) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("B", 10);
    pool_of(story, 0);
    story.scenario().timeline = {{100 * kSecond, 0, 1}};
    EXPECT_EQ(story.told(),
              "100 A/unit on base\n120 A/unit success\n120 A landed\n120 B/unit on A\n140 B/unit success\n"
              "140 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Pools, WithoutNodesBuildsFailAtOnceUnderNodepool) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    pool_of(story, 0).when_short = WhenShort::fail;
    story.scenario().timeline = {{100 * kSecond, 0, 1}};
    EXPECT_EQ(story.told(), "0 A ejected failure\n");
}

TEST(Pools, WithoutNodesForEverNobodyLandsAndNobodyIsToBlame) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("B", 0);
    pool_of(story, 0);
    EXPECT_EQ(story.told(), "");
    EXPECT_EQ(story.broken(), "");
}

TEST(Pools, WhoIsTooLargeKeepsNobodyWaiting) {
    Story story("zuul");
    story.job("small", 20);
    story.job("large", 30).nodes = 2;
    story.change("A", 0);
    story.change("B", 0);
    pool_of(story, 1);
    story.scenario().timeline = {{200 * kSecond, 0, 2}};
    EXPECT_EQ(story.told(),
              "0 A/small on base\n20 A/small success\n20 B/small on A\n40 B/small success\n"
              "200 A/large on base\n230 A/large success\n230 A landed\n230 B/large on A\n260 B/large success\n"
              "260 B landed\n");
}

TEST(Pools, WhoWaitsInLineStandsAsideWhenThePoolShrinksBelowHisNeed) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("B", 5);
    pool_of(story, 1);
    story.scenario().timeline = {{10 * kSecond, 0, 0}, {60 * kSecond, 0, 1}};
    EXPECT_EQ(story.outcomes(), "20 A landed\n80 B landed\n") << "A keeps its node until it has ended";
}

TEST(Pools, OfSeveralPoolsOneThatLetsWaitIsEnough) {
    for (const bool both_fail : {false, true}) {
        Story story("zuul");
        story.job("unit", 20);
        story.change("A", 0);
        pool_of(story, 0).when_short = WhenShort::fail;
        story.scenario().pools.push_back(story.scenario().pools.front());
        if (!both_fail) story.scenario().pools.back().when_short = WhenShort::wait;
        story.scenario().timeline = {{100 * kSecond, 1, 1}};
        EXPECT_EQ(story.outcomes(), both_fail ? "0 A ejected failure\n" : "120 A landed\n");
    }
}

TEST(Pools, WhoWaitsForNodesCanLeave) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.change("B", 0);
    story.event(50, ScriptedEventKind::dequeue, {"A"});
    pool_of(story, 0);
    story.scenario().timeline = {{100 * kSecond, 0, 1}};
    EXPECT_EQ(story.outcomes(), "120 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

// No runner from 0:30 to 9:00 (objectui 6583 and 6588; terraform-aws-github-runner 1573): an entry runs into the limit
// of the queue, a later one waits for the morning.
TEST(Pools, AnOutageUnderGitHubEndsInTheLimitOrInTheMorning) {
    Story story("github");
    story.job("ci", 25 * 60);
    story.change("early", 0);
    story.change("during", 40 * 60);
    story.change("night", 8.5 * 3600);
    pool_of(story, 10);
    story.scenario().timeline = {{30 * kMinute, 0, 0}, {9 * kHour, 0, 10}};
    EXPECT_EQ(story.outcomes(), "1500 early landed\n6000 during ejected failure\n33900 night landed\n");
}

TEST(Pools, NoStrategyIsBlamedForNodesThatNeverCome) {
    for (const StrategyDescription& strategy : strategy_descriptions()) {
        if (strategy.name == "exec") continue;  // needs a program
        Story story(strategy.name);
        story.job("unit", 20);
        for (const char* name : {"A", "B", "C"}) story.change(name, 0);
        pool_of(story, 0);
        EXPECT_EQ(story.told().find("success"), std::string::npos) << strategy.name;
        EXPECT_EQ(story.broken(), "") << strategy.name;
    }
}

}  // namespace
}  // namespace gatesim
