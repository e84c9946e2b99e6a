// Something broken gets past the gate, and somebody repairs it.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

TEST(Repair, WhatLandedBrokenFailsEverybodyUntilItIsRepaired) {
    for (const bool repaired : {true, false}) {
        Story story("zuul");
        story.job("unit", 60);
        story.change("bad", 0);
        story.change("early", 100);
        story.change("meanwhile", 280);
        story.change("late", 400);
        ListedChange& bad = story.scenario().load.listed->changes.front();
        bad.enqueue_at.clear();
        bad.breaks = {0};
        story.event(10, ScriptedEventKind::merge, {"bad"});
        if (repaired) story.scenario().failures.repair = Distribution::constant(300);  // at 310
        EXPECT_EQ(story.outcomes(), std::string("160 early ejected failure\n340 meanwhile ejected failure\n") +
                                        (repaired ? "460 late landed\n" : "460 late ejected failure\n"));
        EXPECT_EQ(story.broken(), "");
    }
}

}  // namespace
}  // namespace gatesim
