// Speculation trees: what is built on which guess, and what becomes of it.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

/// The change touches these targets.
void touches(Story& story, std::size_t change, std::vector<std::string> targets) {
    story.scenario().load.listed->changes[change].touches = std::move(targets);
}

const ParameterValues kEvenOdds = {{"prices", std::string("prior")}, {"prior", 0.5}};

TEST(SubmitQueue, BuildsBothGuessesAndLandsOnTheOneThatCameTrue) {
    Story story("submitqueue", kEvenOdds);
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on A\n0 B/unit on base\n60 A/unit failure\n60 B/unit success\n60 B/unit "
              "success\n60 A ejected failure\n60 B reset\n60 B landed\n");
}

TEST(SubmitQueue, WithFewBuildsTheLikeliestGuessComesFirst) {
    Story story("submitqueue", {{"prices", std::string("prior")}, {"prior", 0.9}, {"builds", std::int64_t{2}}});
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "60 A ejected failure\n120 B landed\n");
}

TEST(SubmitQueue, WhoHoldsAFailureForLikelyBuildsWithoutTheChange) {
    Story story("submitqueue", {{"prices", std::string("prior")}, {"prior", 0.1}, {"builds", std::int64_t{2}}});
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "60 A ejected failure\n60 B landed\n");
}

TEST(SubmitQueue, ChangesThatTouchNothingInCommonDoNotWaitForEachOther) {
    Story story("submitqueue", kEvenOdds);
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 90);
    story.change("B", 0);
    touches(story, 0, {"x"});
    touches(story, 1, {"y"});
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on base\n60 B/unit success\n60 B landed\n90 A/unit success\n90 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(SubmitQueue, AThirdChangeIsGuessedAboutOnlyWhereItConflicts) {
    Story story("submitqueue", kEvenOdds);
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.change("C", 0);
    touches(story, 0, {"x"});
    touches(story, 1, {"y"});
    touches(story, 2, {"y", "z"});
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on base\n0 C/unit on B\n0 C/unit on base\n60 A/unit success\n60 B/unit "
              "success\n60 C/unit success\n60 C/unit success\n60 A landed\n60 B landed\n60 C landed\n");
}

TEST(SubmitQueue, PreemptiveStopsABuildForABetterOneAndStickyDoesNot) {
    for (const char* mode : {"preemptive", "sticky"}) {
        // Two builds: B's second guess has the other slot until the independent C comes, whose build is certain.
        Story story("submitqueue", {{"prices", std::string("prior")},
                                    {"prior", 0.9},
                                    {"builds", std::int64_t{2}},
                                    {"mode", std::string(mode)}});
        story.job("unit", 60);
        story.change("A", 0);
        story.change("B", 0);
        story.change("C", 10);
        touches(story, 0, {"x"});
        touches(story, 1, {"x"});
        touches(story, 2, {"y"});
        const bool sticky = std::string(mode) == "sticky";
        EXPECT_EQ(story.outcomes(),
                  sticky ? "60 A landed\n60 B landed\n120 C landed\n" : "60 A landed\n70 C landed\n120 B landed\n")
            << mode;
    }
}

TEST(SubmitQueue, AStoppedBuildHoldsItsPlaceUntilItsNodesHaveNoticed) {
    for (const Time delay : {Time{0}, 30 * kSecond}) {
        Story story("submitqueue", {{"prices", std::string("prior")},
                                    {"prior", 0.9},
                                    {"builds", std::int64_t{2}},
                                    {"mode", std::string("sticky")}});
        story.job("unit", 60);
        story.scenario().pools.front().abort_delay = delay;
        story.change("A", 0).fails("unit");
        story.change("B", 0).lasts("unit", 100);
        story.change("C", 10);
        touches(story, 0, {"x"});
        touches(story, 1, {"x"});
        touches(story, 2, {"y"});
        EXPECT_EQ(story.outcomes(), delay > 0 ? "60 A ejected failure\n150 C landed\n160 B landed\n"
                                              : "60 A ejected failure\n120 C landed\n160 B landed\n")
            << delay;
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(SubmitQueue, WithBypassASmallChangeLandsBeforeASlowOneOnceItIsGreenWithAndWithoutIt) {
    ParameterValues values = kEvenOdds;
    values.emplace_back("bypass", std::int64_t{1});
    Story story("submitqueue", values);
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 600);
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "60 B landed\n600 A landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(SubmitQueue, NoBypassWhereTheChangeFailsTogetherWithTheSlowOne) {
    ParameterValues values = kEvenOdds;
    values.emplace_back("bypass", std::int64_t{1});
    Story story("submitqueue", values);
    story.job("unit", 60);
    story.change("A", 0).lasts("unit", 600);
    story.change("B", 0).fails_with("unit", "A");
    EXPECT_EQ(story.outcomes(), "600 A landed\n600 B ejected failure\n");
}

TEST(SubmitQueue, AStateThatIsHardlyEverNeededIsNotBuilt) {
    Story story("submitqueue", {{"prices", std::string("prior")}, {"prior", 0.9}, {"threshold", 0.2}});
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on A\n60 A/unit success\n60 B/unit success\n60 A landed\n60 B landed\n");
}

TEST(SubmitQueue, AChangeThatWasTakenOutTakesItsGuessesAlong) {
    Story story("submitqueue", kEvenOdds);
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.event(20, ScriptedEventKind::abandon, {"A"});
    EXPECT_EQ(story.outcomes(), "60 B landed\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(Optimistic, AFailureAheadStartsThoseBehindAgain) {
    Story story("optimistic");
    story.job("unit", 60);
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0);
    EXPECT_EQ(story.outcomes(), "30 A ejected failure\n90 B landed\n");
}

TEST(Optimistic, AFailureThatWasSomebodyElsesIsForgiven) {
    Story story("optimistic");
    story.job("unit", 60);
    story.change("A", 0).fails("unit", 60);
    story.change("B", 0).fails_with("unit", "A");
    EXPECT_EQ(story.outcomes(), "60 A ejected failure\n120 B landed\n");
}

TEST(Oracle, BuildsEachChangeOnceOnThoseThatWillLand) {
    Story story("oracle");
    story.job("unit", 60);
    story.change("A", 0).fails("unit", 30);
    story.change("B", 0);
    story.change("C", 0);
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 B/unit on base\n0 C/unit on B\n30 A/unit failure\n30 A ejected failure\n60 B/unit "
              "success\n60 C/unit success\n60 B landed\n60 C landed\n");
}

TEST(SpeculateAll, BuildsTheTreeLevelByLevel) {
    Story story("speculate-all", {{"builds", std::int64_t{3}}});
    story.job("unit", 60);
    story.change("A", 0).fails("unit");
    story.change("B", 0);
    story.change("C", 0);
    EXPECT_EQ(story.outcomes(), "60 A ejected failure\n60 B landed\n120 C landed\n");
}

TEST(SingleQueue, WaitsForWhatItConflictsWithAndForNothingElse) {
    Story story("single-queue");
    story.job("unit", 60);
    story.change("A", 0);
    story.change("B", 0);
    story.change("C", 0);
    touches(story, 0, {"x"});
    touches(story, 1, {"x"});
    touches(story, 2, {"y"});
    EXPECT_EQ(story.told(),
              "0 A/unit on base\n0 C/unit on base\n60 A/unit success\n60 C/unit success\n60 A landed\n60 C landed\n60 "
              "B/unit on base\n120 B/unit success\n120 B landed\n");
}

}  // namespace
}  // namespace gatesim
