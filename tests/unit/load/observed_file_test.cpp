#include "load/observed_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "load/load_file.hpp"
#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

std::string problem(const std::string& contents) {
    const TemporaryFile file(contents);
    std::vector<ObservedRow> rows;
    LoadError error;
    EXPECT_FALSE(read_observed_file(file.path(), rows, error));
    return error.text.substr(std::min(error.text.size(), file.path().size()));
}

TEST(ObservedFile, reads_landings_and_how_well_they_are_known) {
    const TemporaryFile file(
        "change,project,landed,time_kind,branch\na,p,60,exact,\nb,p,120,interval,stable\nc,p,130,,\n");
    std::vector<ObservedRow> rows;
    LoadError error;
    ASSERT_TRUE(read_observed_file(file.path(), rows, error)) << error.text;
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].id(), "p/a/master");
    EXPECT_EQ(rows[0].landed, kMinute);
    EXPECT_TRUE(rows[0].exact && rows[2].exact);
    EXPECT_FALSE(rows[1].exact);
    EXPECT_EQ(rows[1].branch, "stable");
}

TEST(ObservedFile, names_what_is_wrong) {
    EXPECT_EQ(problem("project,change,landd\n").substr(0, 55),
              ":1:16: unknown column \"landd\"; did you mean \"landed\"?\n ");
    EXPECT_EQ(problem("project,change,landed\np,a,\n"), ":2:5: \"landed\" is empty; every row needs it");
    EXPECT_EQ(problem("project,change,landed,time_kind\np,a,1,about\n"),
              ":2:7: time_kind: \"about\" is neither exact nor interval");
    EXPECT_EQ(problem("project,change,landed\np,a,1\np,b,2\np,a,3\n"), ":4:1: change \"p/a/master\" a second time");
    EXPECT_EQ(problem("project,change,landed,landed_lo\np,a,1,x\n").substr(0, 18), ":2:7: landed_lo: \"");
}

TEST(ObservedFile, takes_the_landings_of_a_table_of_stays) {
    const TemporaryFile file(
        "entry,change,project,enqueued,left,left_lo,left_hi,outcome\n"
        "1,a,p,10,60,,,ejected\n2,b,p,10,70,,,landed\n3,a,p,80,,100,120,landed\n4,c,p,90,,,,open\n");
    std::vector<ObservedRow> rows;
    LoadError error;
    ASSERT_TRUE(read_observed_file(file.path(), rows, error)) << error.text;
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].id(), "p/b/master");
    EXPECT_TRUE(rows[0].exact);
    EXPECT_EQ(rows[1].id(), "p/a/master");
    EXPECT_EQ(rows[1].landed, 110 * kSecond);
    EXPECT_FALSE(rows[1].exact);
    EXPECT_EQ(problem("entry,change,enqueued,outcome\n1,a,10,merged\n"),
              ":2:8: outcome: \"merged\" is none of: open, landed, ejected, withdrawn");
}

TEST(ObservedFile, bounds_hold_the_landing) {
    const auto said = [](const char* row) {
        return problem(std::string("project,change,landed,time_kind,landed_lo,landed_hi\n") + row + "\n");
    };
    EXPECT_EQ(said("p,a,50,interval,60,40"), ":2:17: landed_lo: \"60\" is after landed_hi \"40\"");
    EXPECT_EQ(said("p,a,50,interval,60,70"), ":2:5: landed: \"50\" is before landed_lo \"60\"");
    EXPECT_EQ(said("p,a,50,interval,30,40"), ":2:5: landed: \"50\" is after landed_hi \"40\"");
    EXPECT_EQ(said("p,a,50,interval,,40"), ":2:5: landed: \"50\" is after landed_hi \"40\"");
    EXPECT_EQ(said("p,a,50,exact,40,60"), ":2:14: landed_lo: an exact landing has no bounds; say time_kind interval");
    EXPECT_EQ(said("p,a,50,,,60"), ":2:10: landed_hi: an exact landing has no bounds; say time_kind interval");
    const TemporaryFile file(
        "project,change,landed,time_kind,landed_lo,landed_hi\np,a,50,interval,50,50\np,b,50,interval,40,\n"
        "p,c,50,exact,50,50\n");
    std::vector<ObservedRow> rows;
    LoadError error;
    EXPECT_TRUE(read_observed_file(file.path(), rows, error)) << error.text;
}

TEST(ObservedFile, the_week_of_the_bootcamp_agrees_with_its_load) {
    std::vector<ObservedRow> rows;
    LoadError error;
    const std::string folder = GATESIM_SOURCE_DIR "/scenarios/bootcamp-2013/";
    ASSERT_TRUE(read_observed_file(folder + "observed.csv", rows, error)) << error.text;
    EXPECT_EQ(rows.size(), 228u);
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const ObservedRow& row) { return row.exact; }), 195);
    std::map<std::string, Time> landed;
    for (const ObservedRow& row : rows) landed[row.id()] = row.landed;
    const auto load = LoadFileReader::open(folder + "load.csv", error);
    ASSERT_TRUE(load) << error.text;
    for (LoadRow row; load->next(row, error);) EXPECT_EQ(landed[row.id()], row.landed) << row.id();
}

}  // namespace
}  // namespace gatesim
