// Settings that change at a stated time, and trouble that comes at one.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

TimelineStep parameter(double at, const char* name, ParameterValue value) {
    TimelineStep step;
    step.at = from_seconds(at);
    step.pipeline = 0;
    step.values = {{name, value}};
    return step;
}

TEST(Timeline, AJobGoesByWhenItsRunStarts) {
    Story story("zuul");
    Job& unit = story.job("unit", 20);
    unit.duration_scale.steps = {{50 * kSecond, 2.0}, {100 * kSecond, 0.5}};
    story.change("before", 40);
    story.change("slow", 50);
    story.change("fast", 100);
    EXPECT_EQ(story.outcomes(), "60 before landed\n90 slow landed\n110 fast landed\n");
}

TEST(Timeline, FlakesBeginAndEnd) {
    Story story("zuul");
    story.job("unit", 20).flake.steps = {{50 * kSecond, 1.0}, {100 * kSecond, 0.0}};
    story.change("before", 49);
    story.change("red", 50);
    story.change("after", 100);
    EXPECT_EQ(story.outcomes(), "69 before landed\n70 red ejected failure\n120 after landed\n");
}

TEST(Timeline, ATimeLimitHoldsForRunsThatStartUnderIt) {
    Story story("zuul");
    story.job("unit", 20).timeout.steps = {{50 * kSecond, 10 * kSecond}};
    story.change("before", 40);
    story.change("late", 60);
    EXPECT_EQ(story.outcomes(), "60 before landed\n70 late ejected failure\n");
}

TEST(Timeline, ADefectBelongsToWhenTheChangeWasWritten) {
    Story story("serial");
    story.job("unit", 20);
    story.scenario().failures.defect.steps = {{50 * kSecond, 1.0}};
    story.change("good", 49);
    story.change("bad", 50);
    EXPECT_EQ(story.outcomes(), "69 good landed\n89 bad ejected failure\n");
}

TEST(Timeline, ASemaphoreThatGrowsLetsThoseInWhoWait) {
    Story story("zuul");
    story.scenario().semaphores = {{"db", 1}};
    story.job("unit", 20).semaphore = SemaphoreUse{0, false};
    story.change("A", 0);
    story.change("B", 0);
    story.change("C", 0);
    TimelineStep wider;
    wider.at = 5 * kSecond;
    wider.semaphore = 0;
    wider.limit = 2;
    story.scenario().timeline = {wider};
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n5 B/unit on A\n20 A/unit success\n20 A landed\n20 C/unit on A B\n25 B/unit success\n"
              "25 B landed\n40 C/unit success\n40 C landed\n");
}

TEST(Timeline, AWindowThatIsSetHoldsAtOnce) {
    for (const char* strategy : {"zuul", "github"}) {
        Story story(strategy, {{"window", std::int64_t{1}}});
        story.job("unit", 20);
        story.change("A", 0);
        story.change("B", 0);
        story.change("C", 0);
        story.scenario().timeline = {parameter(5, "window", std::int64_t{3})};
        EXPECT_EQ(story.told(),
                  "0 A/unit on base\n5 B/unit on A\n5 C/unit on A B\n20 A/unit success\n20 A landed\n"
                  "25 B/unit success\n25 C/unit success\n25 B landed\n25 C landed\n")
            << strategy;
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Timeline, AWindowThatIsNotSetStaysAsLargeAsItHasBecome) {
    Story story("zuul", {{"window", std::int64_t{1}}, {"window_floor", std::int64_t{1}}});
    story.job("unit", 20);
    for (const char* id : {"A", "B", "C", "D", "E"}) story.change(id, 0);
    // A's landing has made it 2; from then on landings do not widen it.
    story.scenario().timeline = {parameter(25, "window_increase_factor", std::int64_t{0})};
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n20 A/unit success\n20 A landed\n20 B/unit on base\n20 C/unit on B\n"
              "40 B/unit success\n40 C/unit success\n40 B landed\n40 C landed\n40 D/unit on base\n40 E/unit on D\n"
              "60 D/unit success\n60 E/unit success\n60 D landed\n60 E landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Trouble, ComesAtStatedTimes) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("before", 39);
    story.change("in it", 50);
    story.change("after", 71);
    Trouble trouble;
    trouble.name = "registry";
    trouble.comes_again = false;
    trouble.dates = {{60 * kSecond, 90 * kSecond}};
    story.scenario().failures.troubles = {trouble};
    EXPECT_EQ(story.outcomes(), "59 before landed\n70 in it ejected failure\n91 after landed\n");
}

TEST(Trouble, ComesAtStatedTimesBesideItsOwn) {
    Story story("serial");
    story.job("unit", 1);
    Trouble trouble;
    trouble.name = "registry";
    trouble.every = Distribution::constant(60);
    trouble.lasts = Distribution::constant(30);
    trouble.dates = {{10 * kSecond, 20 * kSecond}};
    story.scenario().failures.troubles = {trouble};
    for (const int at : {5, 15, 30, 70, 95}) story.change("at " + std::to_string(at), at);
    EXPECT_EQ(story.outcomes(),
              "6 at 5 landed\n16 at 15 ejected failure\n31 at 30 landed\n71 at 70 ejected failure\n96 at 95 landed\n");
}

// PostHog 84800. Eight shards whose tests flake in 27 of 100 runs of the queue, from a date on; failed tests are
// repeated once.
TEST(Timeline, FlakesFromADateOnAreSavedByARepetition) {
    for (const int repeats : {0, 1}) {
        Story story("trunk", {{"window", std::int64_t{5}}});
        for (int shard = 0; shard < 8; ++shard) {
            Job& job = story.job("shard-" + std::to_string(shard + 1), 7 * 60);
            job.retry_tests = repeats;
            job.retry_cost = 0.05;
            job.flake.steps.push_back({kDay, 0.0386});
        }
        for (int i = 0; i < 200; ++i) story.change("c" + std::to_string(i), i * 15 * 60);
        const std::string outcomes = story.outcomes();
        std::size_t before = 0, after = 0;
        for (std::size_t at = outcomes.find("ejected"); at != std::string::npos;
             at = outcomes.find("ejected", at + 1)) {
            const std::size_t line = outcomes.rfind('\n', at) == std::string::npos ? 0 : outcomes.rfind('\n', at) + 1;
            (std::stod(outcomes.substr(line)) < 86400 ? before : after) += 1;
        }
        EXPECT_EQ(before, 0u);
        // About a hundred entries come after that day: 27 of them are red without a repetition, one with it.
        if (repeats == 0)
            EXPECT_NEAR(static_cast<double>(after), 28, 13);
        else
            EXPECT_LT(after, 6u);
    }
}

}  // namespace
}  // namespace gatesim
