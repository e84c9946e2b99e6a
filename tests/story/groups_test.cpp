// Concurrency groups: of the runs of a group one goes on and one more waits (docs.github.com, "Control the concurrency
// of workflows and jobs").
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// A job of half an hour in one group for all, and changes a, b, c every two minutes.
Story grouped(const std::string& strategy, bool cancel, const std::string& group = "merge-queue") {
    Story story(strategy);
    story.job("e2e", 1800).concurrency = ConcurrencyUse{group, cancel};
    story.change("a", 0);
    story.change("b", 120);
    story.change("c", 240);
    return story;
}

// Row c13 of the field cases (osac 727, acts 5885, aprender 2812): one group for all entries with cancel-in-progress.
// The older entry's run is cancelled, which counts as failed, and the queue puts the entry out.
TEST(Groups, WithCancelInProgressANewerEntryPutsTheOlderOneOut) {
    Story story = grouped("github", true);
    EXPECT_EQ(story.told(),
              "0 a/e2e on base\n120 a ejected failure\n120 b reset\n120 a/e2e canceled\n120 b/e2e on base\n240 b "
              "ejected failure\n"
              "240 c reset\n240 b/e2e canceled\n240 c/e2e on base\n2040 c/e2e success\n2040 c landed\n");
    EXPECT_EQ(story.broken(), "");
}

// "Any existing pending job … in the same concurrency group … will be canceled and the new queued job … will take its
// place."
TEST(Groups, WhoWaitsIsDisplacedByANewerOneAndWhoGoesOnIsNot) {
    Story story = grouped("github", false);
    EXPECT_EQ(story.told(),
              "0 a/e2e on base\n1800 a/e2e success\n1800 a landed\n1800 b ejected failure\n1800 c reset\n"
              "1800 c/e2e on base\n3600 c/e2e success\n3600 c landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Groups, OfTwoRunsTheSecondWaitsForTheFirst) {
    Story story = grouped("zuul", false);
    story.about("c").lasts("e2e", 60);
    story.scenario().load.listed->changes.pop_back();
    EXPECT_EQ(story.told(),
              "0 a/e2e on base\n1800 a/e2e success\n1800 a landed\n1800 b/e2e on a\n3600 b/e2e success\n"
              "3600 b landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Groups, PlaceholdersKeepChangesApartAndCaseDoesNot) {
    EXPECT_EQ(grouped("zuul", true, "queue-{change}").outcomes(), "1800 a landed\n1920 b landed\n2040 c landed\n");
    Story story("zuul");
    story.job("one", 60).concurrency = ConcurrencyUse{"Deploy-{branch}", false};
    story.job("two", 60).concurrency = ConcurrencyUse{"deploy-MASTER", false};
    story.change("a", 0);
    EXPECT_EQ(story.told(), "0 a/one on base\n60 a/one success\n60 a/two on base\n120 a/two success\n120 a landed\n");
}

TEST(Groups, JobsBehindADisplacedOneAreSkippedAndOneThatDoesNotVoteDoesNoHarm) {
    Story story = grouped("zuul", true);
    story.job("deploy", 10).needs.push_back({0, false});
    EXPECT_EQ(story.outcomes(), "120 a ejected failure\n240 b ejected failure\n2050 c landed\n");
    Story quiet = grouped("zuul", true);
    quiet.scenario().projects.front().pipelines.front().jobs.front().voting = false;
    EXPECT_EQ(quiet.outcomes(), "120 a landed\n240 b landed\n2040 c landed\n");
    EXPECT_EQ(quiet.broken(), "");
}

/// a has landed by hand after a minute, so that nobody needs its run; b comes after two.
Story unneeded(Time runs_on, bool cancel) {
    Story story = grouped("zuul", cancel);
    story.scenario().load.listed->changes.pop_back();
    story.scenario().projects.front().pipelines.front().jobs.front().runs_on_unneeded = runs_on;
    story.event(60, ScriptedEventKind::abandon, {"a"});
    return story;
}

TEST(Groups, ARunThatNobodyNeedsKeepsItsGroupForAsLongAsItGoesOn) {
    EXPECT_EQ(unneeded(0, false).outcomes(), "1920 b landed\n");
    EXPECT_EQ(unneeded(10 * kMinute, false).outcomes(), "2460 b landed\n") << "stopped at 660";
    EXPECT_EQ(unneeded(kNever, false).outcomes(), "3600 b landed\n");
    EXPECT_EQ(unneeded(kNever, true).outcomes(), "1920 b landed\n") << "b stops it";
}

TEST(Groups, ANewerRunWaitsUntilTheOldOneHasReallyStopped) {
    Story story = grouped("zuul", true);
    story.scenario().load.listed->changes.pop_back();
    story.scenario().pools.front().abort_delay = 30 * kSecond;
    EXPECT_EQ(story.told(),
              "0 a/e2e on base\n120 a ejected failure\n120 b reset\n150 a/e2e canceled\n150 b/e2e on base\n"
              "1950 b/e2e success\n1950 b landed\n");
}

TEST(Groups, ARunThatIsRepeatedComesToItsGroupAnew) {
    Story story = grouped("zuul", false);
    story.scenario().load.listed->changes.pop_back();
    ScriptedRun lost;
    lost.job = 0;
    lost.retry_runs = {0};
    story.scenario().load.listed->changes.front().jobs.push_back(lost);
    // a's first run is lost after half an hour; b's, which waited, goes first then, and a's second run after it.
    EXPECT_EQ(story.outcomes(), "5400 a landed\n5400 b landed\n");
    EXPECT_EQ(story.broken(), "");
}

}  // namespace
}  // namespace gatesim
