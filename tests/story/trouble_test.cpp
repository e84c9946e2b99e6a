// Trouble from outside: builds that end while it lasts fail, whatever they test.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

Trouble from_60_to_90() {
    Trouble trouble;
    trouble.name = "mirror";
    trouble.every = Distribution::constant(60);
    trouble.lasts = Distribution::constant(30);
    return trouble;
}

TEST(Trouble, HitsWhatEndsWhileItLasts) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("before", 39);
    story.change("in it", 50);
    story.change("after", 71);
    story.scenario().failures.troubles = {from_60_to_90()};
    EXPECT_EQ(story.outcomes(), "59 before landed\n70 in it ejected failure\n91 after landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Trouble, SparesOtherJobsAndOtherPools) {
    for (const bool other_job : {true, false}) {
        Story story("zuul");
        story.job("unit", 20);
        story.job("docs", 1);
        story.change("A", 50);
        Trouble trouble = from_60_to_90();
        if (other_job)
            trouble.jobs = {1};
        else
            trouble.pool = 1;
        story.scenario().pools.push_back(story.scenario().pools.front());
        story.scenario().pools.back().labels.clear();
        story.scenario().failures.troubles = {trouble};
        EXPECT_EQ(story.outcomes(), "70 A landed\n");
    }
}

TEST(Trouble, DoesNotKeepTheRunGoing) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("A", 0);
    story.scenario().failures.troubles = {from_60_to_90()};
    EXPECT_EQ(story.told(), "0 A/unit on base\n20 A/unit success\n20 A landed\n");
}

}  // namespace
}  // namespace gatesim
