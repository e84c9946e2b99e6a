// Checks that never report: a limit of the gate, or a person, ends that, and nothing else does.
#include <gtest/gtest.h>

#include <map>

#include "kernel/engine.hpp"
#include "study/world.hpp"
#include "support/story.hpp"

namespace gatesim {
namespace {

constexpr double kMin = 60;

const char* const kAll[] = {"zuul",          "serial",        "batch",       "github",       "gitlab-train",
                            "mergify",       "trunk",         "tide",        "bors-ng",      "rollup",
                            "shopify",       "aviator",       "submitqueue", "chromium-cq",  "rebase-race",
                            "speculate-all", "dynamic-batch", "risk-batch",  "single-queue", "post-merge"};

// ruby/rbs 3032. A required check has no workflow for merge groups. GitHub's "status check timeout" is how long
// the queue waits for a response from CI; a workflow's own timeout-minutes counts from when a job starts.
TEST(LostChecks, LeaveByTheLimitOfTheQueueNotOfTheJob) {
    Story story("github");
    story.job("test", 8 * kMin);
    Job& check = story.job("contract-check", 1 * kMin);
    check.never_reports = 1.0;
    check.timeout = 5 * kMinute;
    story.change("a", 0);
    story.change("b", 5 * kMin);
    story.change("c", 10 * kMin);
    EXPECT_EQ(story.outcomes(), "3600 a ejected failure\n7200 b ejected failure\n10800 c ejected failure\n");
    EXPECT_EQ(story.broken(), "");
    EXPECT_EQ(story.stuck(), "");
}

// NixOS/org 171. Now and then a check of one entry is lost.
Story one_lost(const std::string& strategy) {
    Story story(strategy);
    story.job("eval", 8 * kMin);
    for (const char* name : {"a", "b", "c", "d", "e"}) story.change(name, 0);
    story.about("b").never_reports("eval");
    return story;
}

TEST(LostChecks, OfOneEntryCostItsPlaceAndTheOthersATest) {
    Story story = one_lost("github");
    EXPECT_EQ(story.outcomes(), "480 a landed\n3600 b ejected failure\n4080 c landed\n4080 d landed\n4080 e landed\n");
    EXPECT_EQ(story.broken(), "");
}

class Reasons final : public Observer {
public:
    explicit Reasons(const Cast& cast) : cast_(cast) {}
    bool wants_waits() const override { return true; }
    void on(const Event& e) override {
        if (e.kind == EventKind::landed) landed[cast_.changes[e.change].name] = e.reason;
        if (e.kind == EventKind::waits) waits.push_back(e.reason.why);
    }
    std::map<std::string, Reason> landed;
    std::vector<Why> waits;

private:
    const Cast& cast_;
};

Reasons reasons_of(Story& story, Cast& cast) {
    Calendar calendar;
    Reasons reasons(cast);
    World world(story.scenario(), Luck(1, 1), calendar, cast, {&reasons}, {});
    world.start();
    make_heap_engine()->run(calendar, kNever, [&] {
        world.instant_over();
        return !world.broken().empty();
    });
    return reasons;
}

TEST(LostChecks, OfWhoLandsByAWitnessAreNotToldAsPassed) {
    Story story = one_lost("github-headgreen");
    EXPECT_EQ(story.outcomes(), "480 a landed\n480 b landed\n480 c landed\n480 d landed\n480 e landed\n");
    Cast cast;
    const auto landed = reasons_of(story, cast).landed;
    EXPECT_EQ(landed.at("a").why, Why::all_passed);
    EXPECT_EQ(landed.at("b").why, Why::vouched);
    EXPECT_EQ(landed.at("b").job, kNone) << "its own job was not over";
}

TEST(LostChecks, AreWhatTheirChangeWaitsFor) {
    Story story("github");
    story.job("unit", 60);
    story.job("lost", 60);
    story.change("a", 0).never_reports("lost");
    Cast cast;
    EXPECT_EQ(reasons_of(story, cast).waits, (std::vector<Why>{Why::testing, Why::unreported}));
}

TEST(LostChecks, TakeNoNodes) {
    Story story("github");
    story.job("eval", 8 * kMin);
    story.change("a", 0).never_reports("eval");
    story.change("b", 0);
    story.scenario().pools.front().nodes = 1;
    EXPECT_EQ(story.told(),
              "0 a/eval never reports\n0 b/eval on a\n480 b/eval success\n3600 a ejected failure\n3600 b reset\n3600 "
              "b/eval on base\n"
              "4080 b/eval success\n4080 b landed\n");
}

TEST(LostChecks, HoldNoSemaphore) {
    Story story("zuul");
    story.scenario().semaphores = {{"database", 1}};
    story.job("eval", 60).semaphore = SemaphoreUse{0, false};
    story.change("a", 0).never_reports("eval");
    story.change("b", 0);
    EXPECT_EQ(story.told(), "0 a/eval never reports\n0 b/eval on a\n60 b/eval success\n");
}

TEST(LostChecks, WithoutALimitTheChangeStandsForEver) {
    for (const char* strategy : {"zuul", "tide"}) {
        Story story(strategy);
        story.job("unit", 20);
        story.job("lost", 20);
        story.change("a", 0).never_reports("lost");
        EXPECT_EQ(story.outcomes(), "") << strategy;
        EXPECT_EQ(story.broken(), "") << strategy;
        EXPECT_EQ(story.stuck(), "a, because nobody will ever hear of lost of a, and no time limit ends that")
            << strategy;
    }
}

TEST(LostChecks, AreNobodysFaultWhateverTheStrategy) {
    for (const char* strategy : kAll) {
        Story story(strategy);
        story.job("unit", 20).never_reports = 1.0;
        for (const char* name : {"a", "b", "c"}) story.change(name, 0);
        story.outcomes();
        EXPECT_EQ(story.broken(), "") << strategy;
    }
}

TEST(LostChecks, EndWithWhoIsTakenOut) {
    Story story("zuul");
    story.job("unit", 20);
    story.change("a", 0).never_reports("unit");
    story.change("b", 0);
    story.event(100, ScriptedEventKind::dequeue, {"a"});
    EXPECT_EQ(story.outcomes(), "120 b landed\n");
    EXPECT_EQ(story.stuck(), "");
}

TEST(LostChecks, AreNotThoseOfTheNextTest) {
    // What is asked for anew has luck of its own: from 100 s on none is lost.
    Story story("zuul");
    Job& unit = story.job("unit", 20);
    unit.never_reports = 1.0;
    unit.never_reports.steps.push_back({100 * kSecond, 0.0});
    story.change("a", 0);
    story.event(100, ScriptedEventKind::dequeue, {"a"});
    story.event(101, ScriptedEventKind::enqueue, {"a"});
    EXPECT_EQ(story.told(), "0 a/unit never reports\n101 a/unit on base\n121 a/unit success\n121 a landed\n");
}

TEST(LostChecks, OfAJobWithoutAVoteKeepTheVerdictWaiting) {
    // The original waits for every job of a change, voting or not.
    Story story("zuul");
    story.job("unit", 20);
    Job& docs = story.job("docs", 20);
    docs.voting = false;
    docs.never_reports = 1.0;
    story.change("a", 0);
    EXPECT_EQ(story.outcomes(), "");
    EXPECT_NE(story.stuck(), "");
}

}  // namespace
}  // namespace gatesim
