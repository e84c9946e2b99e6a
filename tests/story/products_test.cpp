// The decisive rules of the products, each as its document, its source or a report from the field has it; where from,
// sim/strategy/SOURCES.md says.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

using V = ParameterValues;

ParameterValue whole(std::int64_t value) {
    return value;
}

// ------------------------------------------------------------ GitHub

TEST(Github, TheWaitForAGroupRunsFromTheFirstEntryNotFromTheFirstGreen) {
    // loopdive/js2 4565 measured it; the REST reference says "after the first PR is added to the queue".
    Story lone("github",
               {{"window", whole(1)}, {"group_min", whole(2)}, {"group_max", whole(5)}, {"group_wait", 5 * kMinute}});
    lone.job("ci", 12 * 60);
    lone.change("A", 0);
    EXPECT_EQ(lone.outcomes(), "720 A landed\n");

    Story quick("github", {{"group_min", whole(2)}, {"group_wait", 5 * kMinute}});
    quick.job("ci", 60);
    quick.change("A", 0);
    quick.change("B", 400);  // its time has not begun to run before it comes
    EXPECT_EQ(quick.outcomes(), "300 A landed\n700 B landed\n");
    EXPECT_EQ(quick.broken(), "");
}

TEST(Github, TheTimeOfWhoWaitsBehindIsOverWhenItsTurnComes) {
    // 29 of 29 groups in js2 4565 held one entry: while it waits for its build its five minutes pass.
    Story story("github", {{"window", whole(1)}, {"group_min", whole(2)}, {"group_wait", 5 * kMinute}});
    story.job("ci", 15 * 60);
    for (const char* name : {"A", "B", "C"}) story.change(name, 0);
    EXPECT_EQ(story.outcomes(), "900 A landed\n1800 B landed\n2700 C landed\n");
}

/// "Jump to the top of the queue": the entry goes to the front, and what is being built there is built again.
TEST(Github, WhoJumpsGoesToTheFrontAndThoseThereAreBuiltAgain) {
    Story story("github");
    story.job("ci", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.change("urgent", 30);
    story.scenario().load.listed->changes.back().jumps = true;
    EXPECT_EQ(story.told(),
              "0 A/ci on base\n0 B/ci on A\n30 A reset\n30 B reset\n30 A/ci canceled\n30 B/ci canceled\n"
              "30 urgent/ci on base\n30 A/ci on urgent\n30 B/ci on urgent A\n90 urgent/ci success\n90 A/ci success\n90 "
              "B/ci success\n90 urgent landed\n"
              "90 A landed\n90 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Github, WhoJumpsIntoAnEmptyQueueOrComesAsTheFirstStopsNobody) {
    Story story("github");
    story.job("ci", 60);
    story.change("urgent", 0);
    story.scenario().load.listed->changes.back().jumps = true;
    story.change("A", 0);
    EXPECT_EQ(story.told(),
              "0 urgent/ci on base\n0 A/ci on urgent\n60 urgent/ci success\n60 A/ci success\n60 urgent landed\n"
              "60 A landed\n");
}

/// MergeQueueEntry.solo, "whether this pull request should be deployed on its own": in no group with others.
TEST(Github, ASoloEntryWaitsForNoCompanyAndIsCountedForNone) {
    Story story("github", {{"group_min", whole(2)}, {"group_wait", kHour}});
    story.job("ci", 60);
    story.change("A", 0);
    story.change("solo", 0);
    story.scenario().load.listed->changes.back().single = true;
    story.change("B", 0);
    // A lands without company, since the next one wants none; B waits for its own.
    EXPECT_EQ(story.outcomes(), "60 A landed\n60 solo landed\n3600 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Github, UnderHeadgreenNobodyAnswersForASoloEntry) {
    for (const bool single : {false, true}) {
        Story story("github-headgreen");
        story.job("ci", 60);
        story.change("A", 0).flakes("ci", {0});
        story.scenario().load.listed->changes.back().single = single;
        story.change("B", 0);
        EXPECT_EQ(story.outcomes(), single ? "60 A ejected failure\n120 B landed\n" : "60 A landed\n60 B landed\n");
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Mergify, ASingleChangeIsInNoBatch) {
    Story story("mergify", {{"batch", whole(3)}, {"wait", Time{0}}, {"window", whole(1)}});
    story.job("ci", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.scenario().load.listed->changes.back().single = true;
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "60 A landed\n120 B landed\n180 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Github, ARedEntryGivesItsPlaceToTheNextAndWaitsForThoseAhead) {
    // As in the queue of October 2025: followers run on, and start again when the red one has left.
    Story story("github", {{"window", whole(2)}});
    story.job("ci", 60);
    story.change("A", 0).lasts("ci", 100);
    story.change("B", 0).fails("ci", 30);
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 A/ci on base\n0 B/ci on A\n30 B/ci failure\n30 C/ci on A B\n90 C/ci success\n100 A/ci success\n"
              "100 A landed\n100 B ejected failure\n100 C reset\n100 C/ci on base\n160 C/ci success\n160 C landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Github, ARedEntryIsInnocentIfTheOneAheadWasRedToo) {
    // Nine were red with one job in the queue of October 2025, and were tested again when the first of them had left.
    Story story("github");
    story.job("ci", 60);
    story.change("A", 0).breaks("ci");
    story.about("A").lasts("ci", 100);
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "100 A ejected failure\n160 B landed\n");
}

TEST(Github, UnderHeadgreenASkippedCheckOfTheFollowerCountsAsPassed) {
    // loopdive/js2 5478: a follower that touches documents only lands a source change that is red.
    for (const char* strategy : {"github", "github-headgreen"}) {
        Story story(strategy);
        story.job("lint", 60);
        story.job("shards", 20 * 60).kinds = {"code"};
        story.change("src", 0).breaks("shards");
        story.change("docs", 60);
        story.scenario().load.listed->changes[1].kind = "docs";
        const bool all_green = strategy == std::string("github");
        EXPECT_EQ(story.outcomes(),
                  all_green ? "1200 src ejected failure\n1260 docs landed\n" : "120 src landed\n120 docs landed\n");
        EXPECT_EQ(story.escaped() > 0, !all_green);
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Github, AWitnessThatMustHaveRunAllJobsSavesNobodyByASkip) {
    Story story("github-headgreen", {{"witness", std::string("all-jobs")}});
    story.job("lint", 60);
    story.job("shards", 600).kinds = {"code"};
    story.change("src", 0).breaks("shards");
    story.change("docs", 60);
    story.scenario().load.listed->changes[1].kind = "docs";
    EXPECT_EQ(story.outcomes(), "600 src ejected failure\n660 docs landed\n");
}

// ------------------------------------------------------------ Mergify

TEST(Mergify, TheExampleOfItsDocumentation) {
    // "When a Batch Fails": six pull requests, three checks at once, the fourth is broken.
    Story story("mergify", {{"batch", whole(6)}, {"window", whole(3)}});
    story.job("t", 60);
    for (const char* name : {"1", "2", "3", "4", "5", "6"}) story.change(name, 0);
    story.about("4").breaks("t");
    EXPECT_EQ(story.told(),
              "0 6/t on 1 2 3 4 5\n60 6/t failure\n"
              "60 2/t on 1\n60 4/t on 1 2 3\n60 5/t on 1 2 3 4\n"
              "120 2/t success\n120 4/t failure\n120 5/t failure\n120 1 landed\n120 2 landed\n120 5 reset\n"
              "120 3/t on base\n180 3/t success\n180 3 landed\n180 4 ejected failure\n"
              "180 6/t on 5\n240 6/t success\n240 5 landed\n240 6 landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Mergify, ATestOnTopOfAPartThatWasFoundRedIsCancelled) {
    Story story("mergify", {{"batch", whole(6)}, {"window", whole(3)}});
    story.job("t", 60);
    for (const char* name : {"1", "2", "3", "4", "5", "6"}) story.change(name, 0);
    story.about("4").breaks("t");
    story.about("5").lasts("t", 100);
    const std::string told = story.told();
    EXPECT_NE(told.find("120 5/t canceled\n"), std::string::npos) << told;
    EXPECT_NE(story.outcomes().find("180 4 ejected failure\n240 5 landed\n240 6 landed\n"), std::string::npos) << told;
}

TEST(Mergify, WithOneCheckAtATimeNothingIsTestedOnAPartJustFoundRed) {
    // A car of five whose fourth is broken, nine minutes a test.
    Story story("mergify", {{"batch", whole(5)}, {"window", whole(1)}});
    story.job("ci", 9 * 60);
    for (const char* name : {"a", "b", "c", "d", "e"}) story.change(name, 0);
    story.about("d").breaks("ci");
    EXPECT_EQ(story.told(),
              "0 e/ci on a b c d\n540 e/ci failure\n540 b/ci on a\n1080 b/ci success\n1080 a landed\n1080 b landed\n"
              "1080 d/ci on a b c\n1620 d/ci failure\n1620 c/ci on base\n2160 c/ci success\n2160 c landed\n"
              "2160 d ejected failure\n2160 e/ci on base\n2700 e/ci success\n2700 e landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Mergify, WhatStoodBehindARedCarGoesBackToTheQueueAndFillsCarsInItsOrder) {
    Story story("mergify", {{"batch", whole(2)}, {"window", whole(2)}});
    story.job("t", 60);
    story.change("A", 0).breaks("t");
    for (const char* name : {"B", "C", "D"}) story.change(name, 0);
    // C and D, tested on A and B, go back at 60, and B, which came after the red part, at 120: then B and C share a
    // car.
    EXPECT_EQ(story.outcomes(), "120 A ejected failure\n180 B landed\n180 C landed\n180 D landed\n");
    EXPECT_NE(story.told().find("120 C/t on B\n120 D/t on B C\n"), std::string::npos);
    EXPECT_EQ(story.broken(), "");
}

TEST(Mergify, GoingOnBehindARedCarIsAChoice) {
    Story story("mergify", {{"behind_red", std::string("go-on")}, {"optimistic", false}});
    story.job("t", 60);
    story.change("A", 0).lasts("t", 100);
    story.change("B", 0).fails("t", 30);
    story.change("C", 0);
    EXPECT_NE(story.told().find("60 C/t success"), std::string::npos);
    Story stops("mergify", {{"optimistic", false}});
    stops.job("t", 60);
    stops.change("A", 0).lasts("t", 100);
    stops.change("B", 0).fails("t", 30);
    stops.change("C", 0);
    EXPECT_NE(stops.told().find("30 C/t canceled"), std::string::npos);
    EXPECT_EQ(stops.outcomes(), "100 A landed\n100 B ejected failure\n160 C landed\n");
}

// ------------------------------------------------------------ Rust

TEST(RustBors, WithoutAMarkAChangeIsMaybeAndFiveOfThemGoIntoARollup) {
    Story story = waiting("rust-bors", 7, "");
    EXPECT_EQ(story.outcomes(),
              "60 A landed\n60 B landed\n60 C landed\n60 D landed\n60 E landed\n120 F landed\n120 G landed\n");
}

TEST(RustBors, TheSuspectOfARedRollupIsTakenOutUnbuilt) {
    Story story = waiting("rust-bors", 3, "C");
    EXPECT_EQ(story.told(),
              "0 C/t on A B\n60 C/t failure\n60 C ejected failure\n660 B/t on A\n720 B/t success\n720 A landed\n"
              "720 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(RustBors, TheMoreUrgentComesFirst) {
    Story story = waiting("rust-bors", 3, "", {{"marked_never", 1.0}});
    story.scenario().load.listed->changes.back().priority = 5;
    EXPECT_EQ(story.outcomes(), "60 C landed\n120 A landed\n180 B landed\n");
}

TEST(RustBors, WhoMustNeverBeRolledUpIsTestedAlone) {
    Story story = waiting("rust-bors", 2, "", {{"marked_never", 1.0}});
    EXPECT_EQ(story.outcomes(), "60 A landed\n120 B landed\n");
}

TEST(RustBors, OneIffyChangeFitsIntoARollup) {
    Story story = waiting("rust-bors", 3, "", {{"marked_iffy", 1.0}});
    EXPECT_EQ(story.outcomes(), "60 A landed\n120 B landed\n180 C landed\n");
}

TEST(RustBors, TenFitInIfAllAreHarmless) {
    Story story = waiting("rust-bors", 12, "", {{"marked_always", 1.0}});
    EXPECT_NE(story.outcomes().find("60 J landed\n120 K landed\n120 L landed\n"), std::string::npos);
}

// ------------------------------------------------------------ SubmitQueue

TEST(SubmitQueueOss, ARedHeadLeavesWhenAllItDependsOnAreDecided) {
    // hasNoViableFuture(): "while any dependency is unresolved, an untried future may still exist".
    for (const char* strategy : {"submitqueue-oss", "submitqueue"}) {
        Story story(strategy, {{"threshold", 0.0}});
        story.job("t", 60);
        story.change("A", 0).lasts("t", 300);
        story.change("B", 0).breaks("t");
        const bool decided = strategy == std::string("submitqueue-oss");
        EXPECT_EQ(story.outcomes(),
                  decided ? "300 A landed\n300 B ejected failure\n" : "60 B ejected failure\n300 A landed\n");
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(SubmitQueueOss, AGuessThatIsNotSettledIsNoLicenceToLand) {
    // Since its pull request 559: B is green without A, and A is not decided.
    Story story("submitqueue-oss");
    story.job("t", 60);
    story.change("A", 0).lasts("t", 300);
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "300 A landed\n300 B landed\n");
}

// ------------------------------------------------------------ GitLab

TEST(GitlabTrain, ADroppedCarHasThoseBehindItStartAgainAtOnce) {
    // RefreshService: an error, or a new pipeline, of one car has the next one recreated in the same refresh.
    Story story("gitlab");
    story.job("t", 60);
    story.change("A", 0).lasts("t", 100);
    story.change("B", 0).fails("t", 30);
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 A/t on base\n0 B/t on A\n0 C/t on A B\n30 B/t failure\n30 B ejected failure\n30 C reset\n"
              "30 C/t canceled\n30 C/t on A\n90 C/t success\n100 A/t success\n100 A landed\n100 C landed\n");
}

}  // namespace
}  // namespace gatesim
