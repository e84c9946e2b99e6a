// Rules that Zuul got after the tree of the recorded cases. (sim/strategy/SOURCES.md)
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {

namespace {

Story two_jobs(ParameterValues values) {
    Story story("zuul", std::move(values));
    story.job("unit", 60);
    story.job("full", 100);
    return story;
}

TEST(FailFast, OffTheOtherJobsRunToTheirEnd) {
    Story story = two_jobs({});
    story.change("A", 0).fails("unit", 30);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/full on base\n30 A/unit failure\n100 A/full success\n100 A ejected failure\n");
}

TEST(FailFast, TheFirstFailureStopsTheOthersAndTheVerdictWaitsForNothing) {
    Story story = two_jobs({{"fail_fast", true}});
    story.change("A", 0).fails("unit", 30);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 A/full on base\n30 A/unit failure\n30 A ejected failure\n30 A/full canceled\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(FailFast, AFailedChangeInTheMiddleStillWaitsForWhatIsAhead) {
    Story story = two_jobs({{"fail_fast", true}});
    story.change("A", 0);
    story.change("B", 0).fails("unit", 30);
    EXPECT_EQ(story.outcomes(), "100 A landed\n100 B ejected failure\n");
}

TEST(FailFast, WhenSomethingAheadFailsTooTheStoppedJobsRunAgain) {
    Story story = two_jobs({{"fail_fast", true}});
    story.change("A", 0).fails("unit", 50);
    story.change("B", 0).fails("unit", 30);
    EXPECT_EQ(story.outcomes(), "50 A ejected failure\n80 B ejected failure\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(FailFast, WhatHasNotStartedNeverDoes) {
    Story story("zuul", {{"fail_fast", true}});
    story.job("unit", 60);
    story.job("full", 100);
    story.scenario().pools.front().nodes = 1;
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n30 A/unit failure\n30 A ejected failure\n30 B reset\n30 B/unit on base\n90 B/unit "
              "success\n90 B/full on base\n190 B/full success\n190 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(FailFast, NonVotingFailuresStopNothing) {
    Story story = two_jobs({{"fail_fast", true}});
    story.job("style", 20).voting = false;
    story.change("A", 0).fails("style");
    EXPECT_EQ(story.outcomes(), "100 A landed\n");
}

TEST(FailFast, NodesThatCannotBeHadCountToo) {
    Story story = two_jobs({{"fail_fast", true}});
    story.scenario().pools.front().nodes = 4;
    story.scenario().pools.front().when_short = WhenShort::fail;
    story.job("huge", 10).nodes = 5;
    story.change("A", 0);
    EXPECT_EQ(story.outcomes(), "0 A ejected failure\n");
    EXPECT_EQ(story.broken(), "");
}

/// Changes that are being tested at the same time after `landings` landings.
std::string last_window(Story& story) {
    const std::string told = story.told();
    return told;
}

TEST(WindowCeiling, TheWindowStopsGrowingThere) {
    const auto started_at_60 = [](std::int64_t ceiling) {
        Story story(
            "zuul",
            {{"window", std::int64_t{1}}, {"window_increase_factor", std::int64_t{3}}, {"window_ceiling", ceiling}});
        story.job("unit", 60);
        for (int i = 0; i < 8; ++i) story.change("C" + std::to_string(i), 0);
        const std::string told = last_window(story);
        int started = 0;
        for (std::size_t at = told.find("60 C"); at != std::string::npos; at = told.find("60 C", at + 1))
            if ((at == 0 || told[at - 1] == '\n') && told.find(" on ", at) < told.find('\n', at)) ++started;
        return started;
    };
    EXPECT_EQ(started_at_60(0), 4);
    EXPECT_EQ(started_at_60(2), 2);
    EXPECT_EQ(started_at_60(1), 1);
}

TEST(WindowCeiling, TheFirstWindowIsBelowItToo) {
    Story story("zuul", {{"window", std::int64_t{20}}, {"window_ceiling", std::int64_t{1}}});
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "60 A landed\n120 B landed\n");
}

TEST(RefusedSubmit, NarrowsTheWindowInTheTreeOfTheCasesOnly) {
    const auto last_landing = [](bool shrinks) {
        Story story("zuul", {{"window", std::int64_t{2}},
                             {"window_floor", std::int64_t{1}},
                             {"window_increase_factor", std::int64_t{0}},
                             {"shrink_on_refused_submit", shrinks}});
        story.job("unit", 60);
        story.change("A", 0).refused();
        story.change("B", 0);
        story.change("C", 0);
        return story.outcomes();
    };
    EXPECT_EQ(last_landing(true), "60 A ejected submit_failed\n120 B landed\n180 C landed\n");
    EXPECT_EQ(last_landing(false), "60 A ejected submit_failed\n120 B landed\n120 C landed\n");
}

}  // namespace

}  // namespace gatesim
