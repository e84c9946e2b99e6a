// Changes that need others, and new patch sets of both: who is let in, whatever the strategy.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {

namespace {

ScriptedEvent& new_patchset(Story& story, double at, const std::string& change) {
    story.event(at, ScriptedEventKind::new_patchset, {change});
    ScriptedEvent& event = story.scenario().load.listed->events.back();
    event.jobs.emplace_back().duration = 30 * kSecond;  // this one passes
    return event;
}

class Needs : public testing::TestWithParam<std::string> {};

TEST_P(Needs, ANewPatchSetThatNobodyApprovedIsNotPulledIn) {
    Story story(GetParam());
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 200).needs("A");
    new_patchset(story, 100, "A");
    // Tide first looks after a minute: nothing of A's first patch set has failed by then.
    EXPECT_EQ(story.outcomes(), GetParam() == "tide" ? "" : "60 A ejected failure\n");
    EXPECT_EQ(story.broken(), "");
}

TEST_P(Needs, UnlessItKeepsItsApproval) {
    Story story(GetParam());
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 200).needs("A");
    new_patchset(story, 100, "A").keeps_approval = true;
    EXPECT_NE(story.outcomes().find(" B landed"), std::string::npos) << story.outcomes();
}

TEST_P(Needs, WhoWasTakenUpAgainIsLetIn) {
    Story story(GetParam());
    story.job("unit", 60);
    story.change("A", 0);
    story.event(10, ScriptedEventKind::abandon, {"A"});
    new_patchset(story, 100, "A").enqueue = {0};
    EXPECT_NE(story.outcomes().find(" A landed"), std::string::npos) << story.outcomes();
}

TEST_P(Needs, WhoAskedBeforeTheApprovalEntersWithIt) {
    Story story(GetParam());
    story.job("unit", 60);
    story.change("A", 0);
    story.scenario().load.listed->changes.back().approved_at = 10 * kSecond;
    const std::string outcomes = story.outcomes();
    if (std::string(GetParam()) == "zuul") {  // an approval triggers nothing there
        EXPECT_EQ(outcomes, "");
        return;
    }
    EXPECT_NE(outcomes.find(" A landed"), std::string::npos) << outcomes;
    EXPECT_GE(std::stod(outcomes), 70) << outcomes;
}

TEST_P(Needs, AParentMayBeListedLater) {
    Story story(GetParam());
    story.job("unit", 60);
    story.change("B", 0);
    ListedChange& child = story.scenario().load.listed->changes.back();
    child.git_depends_on = {"A"};
    child.approved_at = 0;
    child.enqueue_at.clear();
    story.change("A", 10);
    EXPECT_NE(story.outcomes().find(" A landed"), std::string::npos) << story.outcomes();
    EXPECT_NE(story.outcomes().find(" B landed"), std::string::npos) << story.outcomes();
}

/// A was written anew, then B, which stands on it: on the old A, or on the new one.
std::string outcomes_of_a_child(const std::string& strategy, bool rebased) {
    Story story(strategy);
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.scenario().load.listed->changes.back().git_depends_on = {"A"};
    new_patchset(story, 10, "A");
    new_patchset(story, 20, "B").rebased = rebased;
    story.event(30, ScriptedEventKind::enqueue, {"A"});
    story.event(40, ScriptedEventKind::enqueue, {"B"});
    return story.outcomes();
}

TEST_P(Needs, AChildOfAnOldPatchSetIsNotLetIn) {
    EXPECT_EQ(outcomes_of_a_child(GetParam(), false).find(" B landed"), std::string::npos);
    EXPECT_NE(outcomes_of_a_child(GetParam(), true).find(" B landed"), std::string::npos);
}

TEST_P(Needs, AWithdrawnRequestGivesWayToThoseBehind) {
    Story story(GetParam());
    story.scenario().pools.front().nodes = 2;
    story.job("unit", 60);
    story.scenario().projects = {{"p", {{0, "", story.scenario().projects.front().pipelines.front().jobs}}},
                                 {"q", {{0, "", story.scenario().projects.front().pipelines.front().jobs}}},
                                 {"r", {{0, "", story.scenario().projects.front().pipelines.front().jobs}}}};
    story.scenario().projects[0].pipelines.front().jobs.front().duration.a = 600;
    story.scenario().projects[1].pipelines.front().jobs.front().nodes = 2;
    story.change("A", 0);
    story.change("B", 10);
    story.scenario().load.listed->changes.back().project = 1;
    story.change("C", 20);
    story.scenario().load.listed->changes.back().project = 2;
    story.event(100, ScriptedEventKind::abandon, {"B"});
    // Tide does not stop what runs for a change that has left.
    const char* landing = GetParam() == "tide" ? "780 C landed" : "160 C landed";
    EXPECT_NE(story.outcomes().find(landing), std::string::npos) << story.outcomes();
}

INSTANTIATE_TEST_SUITE_P(Strategies, Needs, testing::Values("zuul", "serial", "batch", "github", "tide"),
                         [](const auto& info) { return info.param; });

/// B waits for A, which is failing, and C goes past both. A's new patch set stands at the end: B waits no longer. So it
/// is in a reference of Zuul's scheduler.
TEST(PassedBy, AChangeThatWaitedForItsNeedLandsLaterInZuul) {
    Story story("zuul");
    story.job("unit", 60);
    story.job("slow", 60);
    story.change("A", 0).fails("unit").lasts("slow", 900);
    story.change("B", 100).needs("A");
    story.change("C", 300);
    new_patchset(story, 700, "A").enqueue = {0};
    EXPECT_EQ(story.outcomes(),
              "360 C landed\n"
              "760 B landed\n"
              "760 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

/// A bug of Zuul 3.8 that newer ones have mended, and that others never had.
TEST(NamedTwice, OnlyZuulRefuses) {
    for (const auto& [strategy, lets_in] : {std::pair("zuul", false), std::pair("serial", true)}) {
        Story story(strategy);
        story.job("unit", 60);
        story.change("A", 0);
        ListedChange& need = story.scenario().load.listed->changes.back();
        need.enqueue_at.clear();
        need.approved_at = 0;
        story.change("B", 10).needs("A");
        story.scenario().load.listed->changes.back().git_depends_on = {"A"};
        EXPECT_EQ(story.outcomes().find(" B landed") != std::string::npos, lets_in) << strategy;
    }
}

}  // namespace

}  // namespace gatesim
