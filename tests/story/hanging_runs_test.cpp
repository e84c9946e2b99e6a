// Runs that hang: they keep their nodes until a limit, or somebody, ends them.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

constexpr double kMin = 60;

TEST(HangingRuns, EndAtTheTimeoutOfTheJob) {
    Story story("zuul");
    story.job("unit", 20).timeout = 90 * kSecond;
    story.change("a", 0).hangs("unit", {0});
    story.change("b", 0);
    EXPECT_EQ(
        story.told(),
        "0 a/unit on base\n0 b/unit on a\n20 b/unit success\n90 a/unit failure\n90 a ejected failure\n90 b reset\n"
        "90 b/unit on base\n110 b/unit success\n110 b landed\n");
}

TEST(HangingRuns, KeepTheirNodes) {
    Story story("zuul");
    story.job("unit", 20).timeout = 90 * kSecond;
    story.change("a", 0).hangs("unit", {0});
    story.change("b", 0);
    story.scenario().pools.front().nodes = 1;
    EXPECT_EQ(story.outcomes(), "90 a ejected failure\n110 b landed\n");
}

TEST(HangingRuns, EndAtTheLimitOfTheQueue) {
    Story story("github");
    story.job("unit", 8 * kMin);
    story.change("a", 0).hangs("unit", {0});
    EXPECT_EQ(story.outcomes(), "3600 a ejected failure\n");
}

TEST(HangingRuns, WithoutALimitKeepTheirChangeForEver) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("a", 0).hangs("unit", {0});
    EXPECT_EQ(story.outcomes(), "");
    EXPECT_EQ(story.broken(), "");
    EXPECT_EQ(story.stuck(), "a, because unit of a hangs, and no time limit ends that");
}

TEST(HangingRuns, ThatNobodyNeedsAreStoppedAsTheirJobSays) {
    for (const bool stopped : {true, false}) {
        Story story("zuul");
        Job& unit = story.job("unit", 20);
        unit.runs_on_unneeded = stopped ? 0 : kNever;
        unit.timeout = 300 * kSecond;
        story.change("a", 0).hangs("unit", {0});
        story.change("b", 0);
        story.scenario().pools.front().nodes = 1;
        story.event(50, ScriptedEventKind::dequeue, {"a"});
        EXPECT_EQ(story.outcomes(), stopped ? "70 b landed\n" : "320 b landed\n");
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(HangingRuns, AreNotThoseOfTheNextRun) {
    Story story("zuul");
    story.job("unit", 20).hangs = 1.0;
    story.scenario().projects.front().pipelines.front().jobs.front().hangs.steps.push_back({60 * kSecond, 0.0});
    story.change("a", 0);
    story.event(60, ScriptedEventKind::dequeue, {"a"});
    story.event(61, ScriptedEventKind::enqueue, {"a"});
    EXPECT_EQ(story.outcomes(), "81 a landed\n");
}

// bootc 2177. Four entries, the registry is away for 20 min at a date, and the install job of one of them hangs
// the first time, to its limit of 6 h.
Story registry(bool outage) {
    Story story("github", {{"timeout", std::int64_t{12 * kHour}}});
    story.job("lint", 10 * kMin);
    story.job("install", 75 * kMin).timeout = 6 * kHour;
    for (int i = 0; i < 4; ++i) story.change("p" + std::to_string(i + 1), i * 5 * kMin);
    story.about("p4").hangs("install", {0});
    AfterEjection& back = story.scenario().load.after_ejection;
    back.retry = 1;
    back.after = Distribution::constant(10 * kMin);
    back.max = 3;
    if (!outage) return story;
    Trouble away;
    away.name = "registry";
    away.jobs = {1};
    away.dates = {{70 * kMinute, 90 * kMinute}};
    story.scenario().failures.troubles = {away};
    return story;
}

TEST(HangingRuns, KeepAnEntryToTheLimitOfItsJobAndItComesBack) {
    // p4 is red 6 h after its run began at 0:15, comes back 10 min later and lands 75 min after that.
    Story story = registry(false);
    EXPECT_EQ(story.outcomes(),
              "4500 p1 landed\n4800 p2 landed\n5100 p3 landed\n22500 p4 ejected failure\n27600 p4 landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(HangingRuns, AreOverWhenAnOutageMakesTheQueueStartAnew) {
    // p1 ends at 1:15, in the outage: it is out, and the others start anew, p4 with a run that does not hang.
    Story story = registry(true);
    EXPECT_EQ(story.outcomes(),
              "4500 p1 ejected failure\n9000 p2 landed\n9000 p3 landed\n9000 p4 landed\n9600 p1 landed\n");
    EXPECT_EQ(story.broken(), "");
}

}  // namespace
}  // namespace gatesim
