#include "load/run_row.hpp"

#include <gtest/gtest.h>

#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

constexpr const char* kHeader = "entry,job,created,started,ended,result\n";

struct Read {
    RecordedBuilds builds;
    LoadError error;
    bool fine = false;
};

Read read(const std::string& text) {
    const TemporaryFile file(text);
    Scenario scenario;
    scenario.job_names = {"unit", "full", "noop"};
    scenario.load.replay.emplace();
    scenario.load.replay->builds = file.path();
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
