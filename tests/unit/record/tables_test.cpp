#include "record/tables.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "record/columns.hpp"
#include "record/csv_writer.hpp"
#include "unit/record/told.hpp"

namespace gatesim {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
    std::ifstream in(path);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

class Folder : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("gatesim-record-" + std::to_string(::getpid()) + "-" +
                                               ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    fs::path folder_;
};

using Tables = Folder;

TEST_F(Tables, RowsAreWhatHappened) {
    told::Told t;
    auto writers = make_table_writers(folder_, t.cast, 7);
    for (auto& w : writers) t.ledger.add(*w);
    tell_three(t);
    for (auto& w : writers) EXPECT_EQ(w->finish(), "");

    EXPECT_EQ(content(folder_ / "changes.csv"),
              "7,A,p,master,,code,landed,0,,600,,600,600,0,0,0,1,0,1,0,1,600,0,landed,all its jobs passed,,,\n"
              "7,B,p,master,,code,ejected,60,,600,,540,240,0,300,0,1,1,1,0,1,240,0,failure,job unit "
              "failed,unit,own_defect,B\n"
              "7,C,p,master,,code,landed,120,,1020,,900,780,0,120,0,1,0,2,1,2,780,180,landed,all its jobs passed,,,\n");
    EXPECT_EQ(
        content(folder_ / "queue.csv"),
        "7,gate,main,0,,1,\n7,gate,main,60,,2,\n7,gate,main,120,,3,\n7,gate,main,600,,1,\n7,gate,main,1020,,0,\n");
    EXPECT_EQ(
        content(folder_ / "resets.csv"),
        "7,300,,gate,main,ahead_failing,B,unit,1,own_defect,1,C,1,180,\"B, ahead of it, is failing (job unit)\"\n");
    const std::string builds = content(folder_ / "builds.csv");
    EXPECT_NE(builds.find("7,2,gate,main,C,0,2,A B C,unit,0,1,pool,2,120,,300,,cancelled,,,cancelled,reset\n"),
              std::string::npos)
        << builds;
    EXPECT_NE(builds.find("7,1,gate,main,B,0,1,A B,unit,0,1,pool,1,60,,300,,failure,own_defect,,used,\n"),
              std::string::npos)
        << builds;
}

TEST_F(Tables, StaysAttemptsAndWhatTheyWaitFor) {
    told::Told t;
    auto writers = make_table_writers(folder_, t.cast, 7);
    for (auto& w : writers) t.ledger.add(*w);
    tell_three(t);
    for (auto& w : writers) EXPECT_EQ(w->finish(), "");
    EXPECT_EQ(content(folder_ / "stays.csv"),
              "7,0,gate,main,A,A,0,1,0,,600,,landed,all_passed,,,,,all its jobs passed\n"
              "7,1,gate,main,B,B,0,1,60,,600,,failure,job_failed,,unit,1,own_defect,job unit failed\n"
              "7,2,gate,main,C,C,0,1,120,,1020,,landed,all_passed,,,,,all its jobs passed\n");
    EXPECT_EQ(content(folder_ / "attempts.csv"),
              "7,2,gate,main,item,2,C,0,3,1,2,,120,,300,,thrown_away,ahead_failing,B,unit,1,1,180,180\n"
              "7,0,gate,main,item,0,A,0,1,,0,,0,600,600,green,landed,all_passed,,,,1,600,0\n"
              "7,1,gate,main,item,1,B,0,2,0,1,,60,300,600,red,ejected,job_failed,,unit,1,1,240,0\n"
              "7,3,gate,main,item,2,C,0,3,0,1,,300,,1020,,landed,all_passed,,,,1,600,0\n");
    EXPECT_EQ(content(folder_ / "waits.csv"),
              "7,1,gate,main,B,60,300,testing,,unit,1,,,its tests run: unit\n"
              "7,0,gate,main,A,0,600,testing,,unit,0,,,its tests run: unit\n"
              "7,1,gate,main,B,300,600,failed_waits,A,,,,,\"it has failed and waits for A, ahead of it\"\n"
              "7,2,gate,main,C,120,1020,testing,,unit,2,,,its tests run: unit\n");
}

TEST_F(Tables, EveryRowHasTheColumnsOfItsHeader) {
    told::Told t;
    t.scenario.period.has_start = true;
    t.scenario.period.start_unix = 1372032000;
    auto writers = make_table_writers(folder_, t.cast, 1);
    for (auto& w : writers) t.ledger.add(*w);
    tell_three(t);
    for (auto& w : writers) w->finish();
    for (const TableDoc& doc : table_docs()) {
        std::ifstream in(folder_ / doc.file());
        std::string line;
        int rows = 0;
        while (std::getline(in, line)) {
            ++rows;
            bool quoted = false;
            std::size_t fields = 1;
            for (char c : line) {
                if (c == '"') quoted = !quoted;
                if (c == ',' && !quoted) ++fields;
            }
            EXPECT_EQ(fields, doc.columns.size()) << doc.name << ": " << line;
        }
        EXPECT_GT(rows, 0) << doc.name;
    }
    EXPECT_NE(content(folder_ / "changes.csv").find("2013-06-24T00:10:00Z"), std::string::npos);
}

TEST_F(Tables, TheTimeOfAChangeIsSplitIntoPartsThatAddUp) {
    told::Told t;
    auto writer = make_changes_table(folder_ / "changes.csv", t.cast, 1);
    t.ledger.add(*writer);
    t.arrive(0);
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.now = kMinute;                   // 1 min in the queue
    t.start(0, 0, 0, 0, 2 * kMinute);  // 2 min for nodes
    t.now += 3 * kMinute;              // 3 min tested
    t.end(0, 0, Result::failure, Cause::flake);
    t.report(0, Outcome::failure, {Why::job_failed, kNone, 0, 0});
    t.now += 4 * kMinute;  // 4 min away
    t.enqueue(1, 0, Why::came_back);
    t.prepare(1, 1, 0);
    t.start(1, 1, 1, 0);
    t.now += 5 * kMinute;  // 5 min tested
    t.end(1, 1, Result::success);
    t.report(1, Outcome::landed, {Why::all_passed, kNone, kNone, kNone});
    t.finish();
    writer->finish();
    EXPECT_EQ(content(folder_ / "changes.csv"),
              "1,A,p,master,,code,landed,0,,900,,900,480,120,60,240,2,1,2,0,2,480,180,landed,all its jobs passed,,,\n");
}

TEST_F(Tables, AFileIsWholeOrNotThere) {
    const fs::path path = folder_ / "x.csv";
    {
        WholeFile file(path);
        file.write("half");
        EXPECT_FALSE(fs::exists(path));
    }
    EXPECT_TRUE(fs::is_empty(folder_)) << "an abandoned file leaves nothing behind";
    WholeFile file(path);
    file.write("whole");
    EXPECT_EQ(file.commit(), "");
    EXPECT_EQ(content(path), "whole");
    WholeFile nowhere(folder_ / "no" / "such" / "x.csv");
    nowhere.write("y");
    EXPECT_NE(nowhere.commit().find("cannot create"), std::string::npos);
}

TEST_F(Tables, FieldsAreQuotedWhereRfc4180AsksForIt) {
    Period period;
    CsvWriter out(folder_ / "q.csv", period);
    out.text("plain")
        .text("a,b")
        .text("say \"no\"")
        .text("two\nlines")
        .empty()
        .number(-3)
        .time(1500000)
        .id(kNone)
        .end_row();
    out.commit();
    EXPECT_EQ(content(folder_ / "q.csv"), "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",,-3,1.5,\n");
}

}  // namespace
}  // namespace gatesim
