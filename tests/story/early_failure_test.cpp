// Builds that show before their end that they will fail. (sim/strategy/SOURCES.md)
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {

namespace {

/// One job of 100 s that shows a failure after 40 s.
Story shows_at_40(ParameterValues values) {
    Story story("zuul", std::move(values));
    story.job("full", 100).failure_shows_after = 0.4;
    return story;
}

const ParameterValues kHeeded = {{"early_failure", true}};

TEST(EarlyFailure, NotHeededItIsAFailureAtTheEndOnly) {
    Story story = shows_at_40({});
    story.change("A", 0).fails("full");
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/full on base\n0 B/full on A\n100 A/full failure\n100 B/full success\n100 A ejected failure\n"
              "100 B reset\n100 B/full on base\n200 B/full success\n200 B landed\n");
}

TEST(EarlyFailure, WhatIsBehindIsRebasedAtOnceAndTheFailedOneWaitsForItsEnd) {
    Story story = shows_at_40(kHeeded);
    story.change("A", 0).fails("full");
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/full on base\n0 B/full on A\n40 A/full will fail\n40 B reset\n40 B/full canceled\n"
              "40 B/full on base\n100 A/full failure\n100 A ejected failure\n140 B/full success\n140 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(EarlyFailure, AChangeBehindCanLandBeforeTheFailedOneHasEnded) {
    Story story = shows_at_40(kHeeded);
    story.change("A", 0).fails("full");
    story.change("B", 0).lasts("full", 50);
    EXPECT_EQ(story.outcomes(), "90 B landed\n100 A ejected failure\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(EarlyFailure, IsNotFinalWhenSomethingAheadFailsToo) {
    Story story = shows_at_40(kHeeded);
    story.change("A", 0).fails("full", 200);  // shows at 80
    story.change("B", 0).fails("full");
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 A/full on base\n0 B/full on A\n0 C/full on A B\n40 B/full will fail\n40 C reset\n"
              "40 C/full canceled\n40 C/full on A\n80 A/full will fail\n80 B reset\n80 C reset\n"
              "80 B/full canceled\n80 C/full canceled\n80 B/full on base\n80 C/full on B\n"
              "120 B/full will fail\n120 C reset\n120 C/full canceled\n120 C/full on base\n"
              "180 B/full failure\n180 B ejected failure\n200 A/full failure\n200 A ejected failure\n"
              "220 C/full success\n220 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(EarlyFailure, ABuildThatIsLostAfterItShowedIsAFailure) {
    const auto told = [](ParameterValues values) {
        Story story = shows_at_40(std::move(values));
        story.change("A", 0).fails("full");
        story.scenario().load.listed->changes.back().jobs.back().retry_runs = {0};
        return story.told();
    };
    EXPECT_EQ(told(kHeeded), "0 A/full on base\n40 A/full will fail\n100 A/full failure\n100 A ejected failure\n");
    EXPECT_EQ(told({}),
              "0 A/full on base\n100 A/full retry\n100 A/full on base\n200 A/full failure\n"
              "200 A ejected failure\n");
}

TEST(EarlyFailure, ANonVotingJobThatWillFailHurtsNobody) {
    Story story = shows_at_40(kHeeded);
    story.job("style", 100).voting = false;
    story.scenario().projects.front().pipelines.front().jobs.back().failure_shows_after = 0.1;
    story.change("A", 0).fails("style");
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "100 A landed\n100 B landed\n");
}

TEST(EarlyFailure, FailFastStillWaitsForTheFirstEnd) {
    Story story = shows_at_40({{"early_failure", true}, {"fail_fast", true}});
    story.job("long", 300);
    story.change("A", 0).fails("full");
    EXPECT_EQ(story.told(),
              "0 A/full on base\n0 A/long on base\n40 A/full will fail\n100 A/full failure\n"
              "100 A ejected failure\n100 A/long canceled\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(EarlyFailure, OnSharedMachinesTheShareIsOfTheWorkAndNotOfTheClock) {
    Story story = shows_at_40(kHeeded);
    Pool& pool = story.scenario().pools.front();
    pool.nodes = 2;
    pool.nodes_per_host = 2;
    pool.cores_per_host = 1;  // two builds at once run at half speed
    pool.compute = Compute::ps;
    story.change("A", 0).fails("full");
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/full on base\n0 B/full on A\n80 A/full will fail\n80 B reset\n80 B/full canceled\n"
              "80 B/full on base\n200 A/full failure\n200 A ejected failure\n240 B/full success\n240 B landed\n");
}

}  // namespace

}  // namespace gatesim
