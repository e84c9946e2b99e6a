#include "load/run_row.hpp"

#include <gtest/gtest.h>

#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

constexpr const char* kHeader = "entry,job,created,started,ended,result\n";
constexpr const char* kStays = "entry,change,enqueued,left_lo,left_hi,outcome,cause\n";

struct Read {
    RecordedBuilds builds;
    LoadError error;
    bool fine = false;
};

Read read(const std::string& text, const std::string& stays = kStays) {
    const TemporaryFile file(text), table(stays);
    Scenario scenario;
    scenario.job_names = {"unit", "full", "noop"};
    scenario.load.replay.emplace();
    scenario.load.replay->builds = file.path();
    scenario.load.replay->file = table.path();
    Read out;
    out.fine = read_recorded_builds(scenario, out.builds, out.error);
    return out;
}

TEST(RunRow, BuildsAreInOrderOfTheirStart) {
    const Read all = read(std::string(kHeader) +
                          "3,unit,100,300,400,failure\n3,unit,100,110,130,success\n"
                          "3,full,100,110,170,timeout\n4,unit,100,110,120,no_result\n");
    ASSERT_TRUE(all.fine) << all.error.text;
    ASSERT_TRUE(all.builds.find(3, 0, 1));
    EXPECT_EQ(all.builds.find(3, 0, 0)->length, 20 * kSecond);
    EXPECT_EQ(all.builds.find(3, 0, 0)->result, Result::success);
    EXPECT_EQ(all.builds.find(3, 0, 1)->length, 100 * kSecond);
    EXPECT_EQ(all.builds.find(3, 0, 1)->result, Result::failure);
    EXPECT_FALSE(all.builds.find(3, 0, 2));
    EXPECT_EQ(all.builds.find(3, 1, 0)->result, Result::timeout);
    EXPECT_EQ(all.builds.find(4, 0, 0)->result, Result::retry);
}

TEST(RunRow, WhatWasStoppedOrStillRanIsABound) {
    for (const char* result : {"cancelled", "superseded", "unfinished"}) {
        const Read all = read(std::string(kHeader) + "3,unit,100,110,130," + result + "\n");
        ASSERT_TRUE(all.builds.find(3, 0, 0)) << result;
        EXPECT_FALSE(all.builds.find(3, 0, 0)->ended);
        EXPECT_EQ(all.builds.find(3, 0, 0)->length, 20 * kSecond);
    }
}

TEST(RunRow, WhatNeverRanOrIsOfAnotherJobSaysNothing) {
    const Read all = read(std::string(kHeader) +
                          "3,unit,100,110,110,skipped\n3,unit,100,,130,unfinished\n"
                          "3,unit,100,110,,unfinished\n,unit,100,110,130,success\n"
                          "3,lint,100,110,130,success\n");
    ASSERT_TRUE(all.fine) << all.error.text;
    EXPECT_TRUE(all.builds.empty());
}

TEST(RunRow, MembersSayWhatABuildWasTestedOn) {
    const Read all =
        read("entry,job,members,started,ended,result\n7,unit,5 3 7 9,110,130,failure\n8,unit,,110,130,failure\n");
    ASSERT_TRUE(all.fine) << all.error.text;
    EXPECT_TRUE(all.builds.find(7, 0, 0)->ahead_known);
    EXPECT_EQ(all.builds.find(7, 0, 0)->ahead, (std::vector<std::uint32_t>{3, 5}));
    EXPECT_FALSE(all.builds.find(8, 0, 0)->ahead_known);
}

TEST(RunRow, ARedOneIsItsOwnIfNobodyAheadWasEjectedMeanwhile) {
    // 1 was ejected while 2 was tested behind it, and 2 was red again when 1 had gone; 3 was red only with 2 ahead.
    const Read all = read(std::string(kHeader) +
                              "1,unit,100,110,200,failure\n2,unit,100,110,200,failure\n2,full,500,510,600,failure\n"
                              "3,full,500,510,600,failure\n4,full,800,810,850,failure\n",
                          std::string(kStays) +
                              "1,a,10,300,400,ejected,failure\n2,b,20,700,800,ejected,failure\n"
                              "3,c,30,700,800,ejected,failure\n4,d,40,900,950,landed,\n"
                              "5,e,50,900,950,ejected,failure\n6,f,60,900,950,ejected,conflict\n"
                              "7,g,70,,,open,\n");
    ASSERT_TRUE(all.fine) << all.error.text;
    EXPECT_EQ(all.builds.soundness(1), Soundness::broken);
    EXPECT_EQ(all.builds.broken_jobs(1), std::vector<JobId>{0});
    EXPECT_EQ(all.builds.soundness(2), Soundness::broken);
    EXPECT_EQ(all.builds.broken_jobs(2), std::vector<JobId>{1});
    EXPECT_EQ(all.builds.soundness(3), Soundness::sound);
    EXPECT_FALSE(all.builds.find(3, 1, 0)->own);
    EXPECT_EQ(all.builds.soundness(4), Soundness::sound);
    EXPECT_TRUE(all.builds.find(4, 1, 0)->own);  // a flake
    EXPECT_EQ(all.builds.soundness(5), Soundness::broken);
    EXPECT_TRUE(all.builds.broken_jobs(5).empty());
    EXPECT_EQ(all.builds.soundness(6), Soundness::sound);
    EXPECT_EQ(all.builds.soundness(7), Soundness::unknown);
}

TEST(RunRow, MistakesHaveTheirPlace) {
    const Read word = read(std::string(kHeader) + "3,unit,100,110,130,green\n");
    EXPECT_FALSE(word.fine);
    EXPECT_NE(word.error.text.find(":2:20: result: \"green\" is no result"), std::string::npos) << word.error.text;
    const Read order = read(std::string(kHeader) + "3,unit,100,110,90,success\n");
    EXPECT_NE(order.error.text.find("ended: is before started"), std::string::npos) << order.error.text;
    const Read stay = read(std::string(kHeader) + "x,unit,100,110,130,success\n");
    EXPECT_NE(stay.error.text.find("entry: \"x\" is not the number of a stay"), std::string::npos) << stay.error.text;
}

}  // namespace
}  // namespace gatesim
