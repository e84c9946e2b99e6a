#include "report/table.hpp"

#include <cmath>

#include "unit/report/files.hpp"

namespace gatesim::report {
namespace {

TEST(ReportTable, KeepsOneReplicationAndTheColumnsAskedFor) {
    std::string problem;
    const auto path = file_with("a.csv", "replication,name,at_s\n1,a,5\n2,b,6\n2,\"c, d\",\n");
    const auto table = Table::read(path, 2, {"at_s", "name", "absent"}, problem);
    ASSERT_TRUE(table) << problem;
    ASSERT_EQ(table->rows(), 2u);
    EXPECT_EQ(table->text(1, "name"), "c, d");
    EXPECT_EQ(table->text(0, "absent"), "");
    EXPECT_EQ(table->number(0, "at_s"), 6);
    EXPECT_TRUE(std::isnan(table->number(1, "at_s")));
    EXPECT_TRUE(std::isnan(table->number(0, "name")));
    EXPECT_EQ(table->numbers("at_s"), std::vector<double>{6});
}

TEST(ReportTable, SaysWhatIsWrong) {
    std::string problem;
    EXPECT_FALSE(Table::read(testing::TempDir() + "no-such-file.csv", 1, {"a"}, problem));
    EXPECT_EQ(problem, "");
    EXPECT_FALSE(Table::read(file_with("foreign.csv", "a,b\n1,2\n"), 1, {"a"}, problem));
    EXPECT_NE(problem.find("is no table of gatesim"), std::string::npos) << problem;
    problem.clear();
    EXPECT_FALSE(Table::read(file_with("short.csv", "replication,b\n1,2\n1\n"), 1, {"b"}, problem));
    EXPECT_NE(problem.find("short.csv:3:1: 1 fields instead of 2"), std::string::npos) << problem;
    problem.clear();
    EXPECT_FALSE(Table::read(file_with("empty.csv", ""), 1, {"b"}, problem));
    EXPECT_NE(problem.find("is empty"), std::string::npos) << problem;
}

}  // namespace
}  // namespace gatesim::report
