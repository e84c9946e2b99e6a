// No gate: what lands, what is found out later, and who is taken off the branch again.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

int count(const std::string& text, const std::string& what) {
    int found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

/// One change a second, and one job of a minute.
Story landing(const char* strategy, int changes, const std::string& bad, ParameterValues values = {}) {
    Story story(strategy, std::move(values));
    story.job("t", 60);
    for (int i = 0; i < changes; ++i) {
        const std::string name(1, static_cast<char>('A' + i));
        story.change(name, i);
        if (bad.find(name) != std::string::npos) story.about(name).breaks("t");
    }
    return story;
}

const ParameterValues kEveryTenMinutes = {{"milestone", 10 * kMinute}, {"reruns", std::int64_t{0}}};

TEST(PostMerge, EverythingLandsAtOnceAndOneMilestoneTestsItAll) {
    Story story = landing("post-merge", 3, "", kEveryTenMinutes);
    EXPECT_EQ(story.told(), "0 A landed\n1 B landed\n2 C landed\n600 C/t on A B\n660 C/t success\n");
}

TEST(PostMerge, TheCulpritIsFoundByHalvingAndRevertedAndTheRestIsTestedAgain) {
    Story story = landing("post-merge", 4, "C", kEveryTenMinutes);
    EXPECT_EQ(story.told(),
              "0 A landed\n1 B landed\n2 C landed\n3 D landed\n600 D/t on A B C\n660 D/t failure\n"
              "660 B/t on A\n720 B/t success\n720 C/t on A B\n780 C/t failure\n780 C reverted\n"
              "780 D/t on base\n840 D/t success\n");
    EXPECT_EQ(story.broken(), "");
}

TEST(PostMerge, SeveralCulpritsBehindOneMilestoneAreFoundOneAfterTheOther) {
    Story story = landing("post-merge", 8, "BCG", kEveryTenMinutes);
    const std::string told = story.told();
    EXPECT_EQ(count(told, " reverted\n"), 3) << told;
    for (const char* culprit : {"B reverted", "C reverted", "G reverted"}) EXPECT_EQ(count(told, culprit), 1) << told;
    EXPECT_EQ(story.broken(), "");
}

TEST(PostMerge, MoreProbesAtOnceTakeFewerSteps) {
    const auto end = [](std::int64_t arity) {
        ParameterValues values = kEveryTenMinutes;
        values.emplace_back("arity", arity);
        Story story = landing("post-merge", 16, "K", values);
        const std::string told = story.told();
        const std::size_t line = told.rfind('\n', told.find("K reverted"));
        return std::stoi(told.substr(line + 1));
    };
    EXPECT_EQ(end(2), 660 + 4 * 60);
    EXPECT_EQ(end(4), 660 + 2 * 60);
    EXPECT_EQ(end(16), 660 + 60);
}

TEST(PostMerge, AFlakeBlamesNobodyWhenRedIsTestedAgain) {
    Story story("post-merge", {{"milestone", 10 * kMinute}, {"reruns", std::int64_t{1}}});
    story.job("t", 60);
    story.change("A", 0);
    story.change("B", 0).flakes("t", {0});
    EXPECT_EQ(story.told(), "0 A landed\n0 B landed\n600 B/t on A\n660 B/t failure\n660 B/t on A\n720 B/t success\n");
}

TEST(PostMerge, WhatNeedsTheCulpritGoesWithIt) {
    Story story("post-merge", kEveryTenMinutes);
    story.job("t", 60);
    story.change("A", 0).breaks("t");
    story.change("B", 1).needs("A");
    story.change("C", 2);
    const std::string told = story.told();
    EXPECT_EQ(count(told, "B reverted\n"), 1) << told;
    EXPECT_EQ(count(told, "A reverted\n"), 1) << told;
    EXPECT_EQ(count(told, "C reverted\n"), 0) << told;
    EXPECT_EQ(story.broken(), "");
}

TEST(PostMerge, WithoutRevertsTheCulpritIsLeftOutOfLaterSearches) {
    ParameterValues values = kEveryTenMinutes;
    values.emplace_back("revert", false);
    Story story = landing("post-merge", 4, "A", values);
    story.change("X", 2000).breaks("t");
    const std::string told = story.told();
    EXPECT_EQ(count(told, "reverted"), 0) << told;
    EXPECT_NE(told.find("D/t on B C\n"), std::string::npos) << told;    // all but the known culprit
    EXPECT_NE(told.find("X/t on B C D\n"), std::string::npos) << told;  // and the next milestone likewise
}

TEST(PostMerge, AClosedTreeLetsNobodyLandUntilItIsGreen) {
    ParameterValues values = kEveryTenMinutes;
    values.emplace_back("close_tree", 4 * kHour);
    Story story = landing("post-merge", 2, "A", values);
    story.change("X", 670);
    const std::string told = story.told();
    // Red at 660; A found at 720 and reverted; B green at 780, and the tree opens.
    EXPECT_NE(told.find("720 A reverted"), std::string::npos) << told;
    EXPECT_NE(told.find("780 X landed"), std::string::npos) << told;
}

TEST(RebaseRace, TheFirstOneDoneWinsTheOtherStartsAgainAtItsEnd) {
    Story story("rebase-race");
    story.job("t", 60);
    story.change("A", 0);
    story.change("B", 10);
    EXPECT_EQ(story.told(),
              "0 A/t on base\n10 B/t on base\n60 A/t success\n60 A landed\n70 B/t success\n70 B reset\n70 B/t on base\n"
              "130 B/t success\n130 B landed\n");
}

TEST(RebaseRace, OrStopsAtOnce) {
    Story story("rebase-race", {{"restart_at_once", true}});
    story.job("t", 60);
    story.change("A", 0);
    story.change("B", 10);
    EXPECT_EQ(story.outcomes(), "60 A landed\n120 B landed\n");
}

TEST(RebaseRace, AFailureOnAStaleBranchIsNoVerdict) {
    Story story("rebase-race");
    story.job("t", 60);
    story.change("A", 0);
    story.change("B", 10).fails("t");
    EXPECT_EQ(story.outcomes(), "60 A landed\n130 B ejected failure\n");
}

TEST(RebaseRace, TheFastOvertakeTheSlow) {
    Story story("rebase-race");
    story.job("t", 100);
    story.change("slow", 0);
    for (int i = 0; i < 4; ++i) story.change("fast" + std::to_string(i), 90 * i).lasts("t", 20);
    const std::string told = story.outcomes();
    EXPECT_EQ(told.substr(told.size() - std::string("slow landed\n").size()), "slow landed\n") << told;
}

}  // namespace
}  // namespace gatesim
