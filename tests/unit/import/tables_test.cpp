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
