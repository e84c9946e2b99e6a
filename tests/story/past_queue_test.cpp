// What lands past the queue: who starts again, and who goes on. Each as its original does.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// q is green alone and red with what somebody merges by hand in the ninth minute of its test.
Story pushed(const std::string& strategy, ParameterValues values = {}) {
    Story story(strategy, std::move(values));
    story.job("ci", 1800);
    story.change("q", 0);
    story.change("direct", 0);
    story.scenario().load.listed->changes.back().enqueue_at.clear();
    story.about("q").fails_with("ci", "direct");
    story.event(540, ScriptedEventKind::merge, {"direct"});
    return story;
}

class StartsAgain : public testing::TestWithParam<const char*> {};

TEST_P(StartsAgain, AtTheInstantOfThePush) {
    Story story = pushed(GetParam());
    EXPECT_EQ(story.outcomes(), "2340 q ejected failure\n");
    EXPECT_EQ(story.broken(), "");
    EXPECT_EQ(story.escaped(), 0);
}

INSTANTIATE_TEST_SUITE_P(Queues, StartsAgain,
                         testing::Values("serial", "github", "gitlab-train", "mergify", "trunk", "aviator", "shopify",
                                         "batch", "submitqueue", "optimistic", "speculate-all"),
                         [](const auto& which) {
                             std::string name = which.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(PastTheQueue, TideTestsOnTheNewBranchAtTheNextLook) {
    Story story = pushed("tide", {{"first_sync", 20 * kSecond}});
    EXPECT_EQ(story.outcomes(), "2360 q ejected failure\n");  // made at 560, red at the look of 2360
    EXPECT_EQ(story.escaped(), 0);
}

TEST(PastTheQueue, BorsNgNoticesWhenItWantsToLand) {
    Story story = pushed("bors-ng");
    EXPECT_EQ(story.told(),
              "11 q/ci on base\n1811 q/ci success\n1811 q reset\n1822 q/ci on base\n3622 q/ci failure\n3622 q ejected "
              "failure\n");
    EXPECT_EQ(story.escaped(), 0);
}

TEST(PastTheQueue, ZuulAndChromiumGoOn) {
    for (const char* strategy : {"zuul", "chromium-cq"}) {
        Story story = pushed(strategy);
        EXPECT_EQ(story.outcomes(), "1800 q landed\n") << strategy;
        EXPECT_EQ(story.broken(), "");
        EXPECT_EQ(story.escaped(), 1) << strategy;
    }
}

/// The same, but a second pipeline lands on the branch: a hotfix is tested there for nine minutes.
TEST(FastLane, WhatItLandsIsPastTheOtherQueueAndStartsItAgainAtOnce) {
    for (const char* strategy : {"serial", "github", "gitlab-train", "mergify", "batch", "submitqueue"}) {
        Story story(strategy);
        story.job("ci", 1800);
        Pipeline fast = story.gate();
        fast.name = "fast";
        fast.strategy = {"serial", {}};
        story.scenario().pipelines.push_back(fast);
        ProjectPipeline lane{1, "", story.scenario().projects.front().pipelines.front().jobs};
        lane.jobs.front().duration.a = 540;
        story.scenario().projects.front().pipelines.push_back(lane);
        story.change("q", 0);
        story.change("hotfix", 0);
        story.scenario().load.listed->changes.back().enqueue_at = {{1, 0}};
        EXPECT_EQ(story.told(),
                  "0 q/ci on base\n0 hotfix/ci on base\n540 hotfix/ci success\n540 hotfix landed\n540 q reset\n540 q/ci canceled\n"
                  "540 q/ci on base\n2340 q/ci success\n2340 q landed\n")
            << strategy;
        EXPECT_EQ(story.broken(), "") << strategy;
    }
}

TEST(PastTheQueue, AShareOfTheChangesIsMergedWhereItWouldHaveComeIn) {
    Story story("serial");
    story.job("ci", 60);
    story.change("N", 0).needs("A");  // cannot go before the change that it needs
    story.change("A", 0).breaks("ci");
    story.change("B", 200);
    story.scenario().load.past_queue.emplace();
    story.scenario().load.past_queue->share = 1;
    story.scenario().load.past_queue->limit = 1;  // A alone
    EXPECT_EQ(story.told(),
              "0 N/ci on base\n60 N/ci failure\n60 N ejected failure\n"
              "200 B/ci on base\n260 B/ci failure\n260 B ejected failure\n");
    EXPECT_EQ(story.escaped(), 1);
}

TEST(PastTheQueue, WhoIsMergedByHandLeavesTheQueue) {
    for (const char* strategy : {"serial", "github", "batch", "bors-ng", "tide", "submitqueue"}) {
        Story story(strategy);
        story.job("ci", 1800);
        story.change("A", 0);
        story.change("B", 1);
        story.event(540, ScriptedEventKind::merge, {"A"});
        const std::string told = story.outcomes();
        EXPECT_EQ(told.find("A "), std::string::npos) << strategy << told;
        EXPECT_NE(told.find("B landed"), std::string::npos) << strategy << told;
        EXPECT_EQ(story.broken(), "") << strategy;
    }
}

TEST(SameInstant, PromotedAsItComesIn) {
    Story story("serial");
    story.job("ci", 1800);
    story.change("A", 0);
    story.change("hotfix", 600);
    story.event(600, ScriptedEventKind::promote, {"hotfix"});
    EXPECT_EQ(story.outcomes(), "2400 hotfix landed\n4200 A landed\n");  // moved up, it is tested first
}

TEST(SameInstant, TakenOutAsItComesIn) {
    Story story("serial");
    story.job("ci", 60);
    story.change("A", 0);
    story.event(0, ScriptedEventKind::dequeue, {"A"});
    EXPECT_EQ(story.told(), "");
}

// ------------------------------------------------------------ scripts of those under test

TEST(BatchMembers, EachOneIsLookedAtAndNotOnlyTheLast) {
    Story story("batch", {{"size", std::int64_t{2}}});
    story.job("unit", 600);
    story.change("A", 0).flakes("unit", {0});
    story.change("B", 0);
    const std::string told = story.told();
    EXPECT_EQ(told.find("0 B/unit on A\n600 B/unit failure\n600 A/unit on base\n"), 0u) << told;
}

TEST(BatchMembers, WhoBreaksWithAnotherIsRedForAllBehindBoth) {
    Story story("batch", {{"size", std::int64_t{3}}});
    story.job("unit", 600);
    story.change("A", 0);
    story.change("B", 0);
    story.change("C", 0);
    story.about("B").fails_with("unit", "A");
    EXPECT_EQ(story.outcomes(), "1200 A landed\n2400 B ejected failure\n3000 C landed\n");
    EXPECT_EQ(story.escaped(), 0);
}

}  // namespace
}  // namespace gatesim
