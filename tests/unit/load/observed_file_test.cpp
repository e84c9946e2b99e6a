#include "load/observed_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "load/load_file.hpp"
#include "unit/load/temporary_file.hpp"

namespace gatesim {
namespace {

std::string problem(std::string_view contents) {
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
