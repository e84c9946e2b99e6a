#include "import/tables.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace gatesim::import {
namespace {

/// A folder with those two tables; no runs where the second text is empty.
std::string folder_with(const std::string& entries, const std::string& runs) {
    const std::string folder =
        testing::TempDir() + "gatesim-tables-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/entries.csv") << entries;
    if (!runs.empty()) std::ofstream(folder + "/runs.csv") << runs;
    return folder;
}

constexpr const char* kEntries =
    "entry,change,enqueued,left,outcome,cause\n"
    "7,\"fix, now\",2030-01-07T09:04:00Z,,open,\n"
    "3,101,2030-01-07T09:00:00Z,2030-01-07T09:41:00Z,ejected,failure\n";
constexpr const char* kRuns =
    "entry,group,members,state,job,created,started,ended,result,label\n"
    "7,2,3 7,5,unit,2030-01-07T09:05:00Z,2030-01-07T09:06:00Z,,unfinished,gpu\n"
    "3,1,,4,unit,2030-01-07T09:00:00Z,2030-01-07T09:01:00.5Z,2030-01-07T09:40:00Z,failure,gpu\n";

TEST(OwnTables, ComeBackInOrderWhateverTheOrderOfTheirRows) {
    Records records;
    LoadError error;
    ASSERT_TRUE(read_tables(folder_with(kEntries, kRuns), records, error)) << error.text;
    ASSERT_EQ(records.entries.size(), 2u);
    EXPECT_EQ(records.texts[records.entries[0].change], "101");
    EXPECT_EQ(records.entries[0].outcome, Left::ejected);
    EXPECT_EQ(records.texts[records.entries[1].change], "fix, now");
    ASSERT_EQ(records.runs.size(), 2u);
    EXPECT_EQ(records.runs[1].members, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(records.runs[0].result, RunResult::failure);
    // Once more through what is written of it.
    Records again;
    const std::string entries = entries_csv(records), runs = runs_csv(records);
    ASSERT_TRUE(read_tables(folder_with(entries, runs), again, error)) << error.text;
    EXPECT_EQ(entries_csv(again), entries);
    EXPECT_EQ(runs_csv(again), runs);
}

TEST(OwnTables, RunsThatOnlyPollsSawHaveBounds) {
    const std::string head = "entry,job,started,ended,result,ended_lo,ended_hi\n";
    const std::string runs = head + "3,unit,2030-01-07T09:00:00Z,,success,2030-01-07T09:10:00Z,2030-01-07T09:40:05Z\n" +
                             "7,unit,2030-01-07T09:00:00Z,2030-01-07T09:20:00Z,success,,\n";
    Records records, again;
    LoadError error;
    ASSERT_TRUE(read_tables(folder_with(kEntries, runs), records, error)) << error.text;
    const import::Run& polled = records.runs[0].ended_width > 0 ? records.runs[0] : records.runs[1];
    EXPECT_EQ(polled.ended_hi() - polled.ended_lo(), 1805 * kSecond);
    EXPECT_EQ(polled.ended_lo() - polled.started, 10 * kMinute);
    const std::string written = runs_csv(records);
    EXPECT_NE(written.find("2030-01-07T09:10:00Z,2030-01-07T09:40:05Z"), std::string::npos) << written;
    ASSERT_TRUE(read_tables(folder_with(entries_csv(records), written), again, error)) << error.text;
    EXPECT_EQ(runs_csv(again), written);
    for (const char* wrong : {",,success,100,", ",,success,,100", ",150,success,100,200", ",,success,200,100"}) {
        EXPECT_FALSE(read_tables(folder_with(kEntries, head + "3,unit,90" + wrong + "\n"), again, error)) << wrong;
        EXPECT_NE(error.text.find("ended_lo: "), std::string::npos) << error.text;
        error = {};
    }
}

TEST(OwnTables, SayWhatIsWrongAndWhere) {
    const auto fault = [](const std::string& entries, const std::string& runs) {
        Records records;
        LoadError error;
        EXPECT_FALSE(read_tables(folder_with(entries, runs), records, error));
        return error.text;
    };
    const std::string head = "entry,change,enqueued,left,outcome\n";
    EXPECT_NE(fault(head + "1,a,2030-01-07,2030-01-06,landed\n", "").find(":2:16: left: is before enqueued"),
              std::string::npos);
    EXPECT_NE(fault(head + "1,a,2030-01-07,,gone\n", "").find("is none of: open, landed, ejected, withdrawn"),
              std::string::npos);
    EXPECT_NE(fault(head + "1,a,2030-01-07,,\n1,b,2030-01-07,,\n", "").find("twice"), std::string::npos);
    EXPECT_NE(fault(kEntries, "entry,job,result\n9,unit,success\n").find("9 is no stay of entries.csv"),
              std::string::npos);
}

}  // namespace
}  // namespace gatesim::import
