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

TEST(Repair, WhatIsNoticedIsRevertedAndComesBackChanged) {
    Story story("zuul");
    story.job("unit", 60);
    story.change("bad", 0);
    story.change("late", 400);
    ListedChange& bad = story.scenario().load.listed->changes.front();
    bad.enqueue_at.clear();
    bad.breaks = {0};
    story.event(10, ScriptedEventKind::merge, {"bad"});
    story.scenario().failures.notice = Notice{Distribution::constant(300), true};
    EXPECT_EQ(story.told(),
              "310 bad noticed\n310 bad reverted\n400 late/unit on base\n460 late/unit success\n460 late landed\n");
    AfterEjection& again = story.scenario().load.after_ejection;
    again.retry = 1;
    again.after = Distribution::constant(30);
    again.max = 1;
    EXPECT_EQ(story.outcomes(), "400 bad ejected failure\n460 late landed\n");  // as its script has it
    EXPECT_EQ(story.broken(), "");
}

TEST(Repair, WhatIsNoticedCanBeRepairedLater) {
    Story story("zuul");
    story.job("unit", 60);
    story.change("bad", 0);
    story.change("meanwhile", 270);
    story.change("late", 400);
    ListedChange& bad = story.scenario().load.listed->changes.front();
    bad.enqueue_at.clear();
    bad.breaks = {0};
    story.event(10, ScriptedEventKind::merge, {"bad"});
    story.scenario().failures.notice = Notice{Distribution::constant(200), false};
    story.scenario().failures.repair = Distribution::constant(150);  // at 360
    EXPECT_EQ(story.outcomes(), "330 meanwhile ejected failure\n460 late landed\n");
    EXPECT_EQ(story.told().substr(0, 17), "210 bad noticed\n2");
}

}  // namespace
}  // namespace gatesim
