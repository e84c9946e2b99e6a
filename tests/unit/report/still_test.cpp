#include "report/still.hpp"

#include "unit/report/files.hpp"

namespace gatesim::report {
namespace {

using picture::Fate;

std::optional<Table> table(const std::string& name, const std::vector<std::string>& columns, const std::string& rows) {
    std::string head = "replication";
    for (const std::string& column : columns) head += "," + column;
    std::string problem;
    auto out = Table::read(file_with(name, head + "\n" + rows), 1, columns, problem);
    EXPECT_EQ(problem, "");
    return out;
}

/// a fails in build 7 at second 600; b is thrown away by it and lands at the second try; c waits.
Tables reset() {
    Tables out;
    out.stays =
        table("stays.csv", {"item", "change", "label", "entered_s", "left_s", "outcome", "pipeline", "queue"},
              "1,0,nova/I1/master,nova-1,0,1200,failure,gate,q\n1,1,b,b,60,1800,landed,gate,q\n1,2,c,c,90,,,gate,q\n");
    out.attempts = table("attempts.csv", {"attempt", "item", "change", "opened_s", "ended_s", "result", "end", "build"},
                         "1,0,0,nova/I1/master,0,1200,red,ejected,7\n1,1,1,b,60,600,none,thrown_away,7\n"
                         "1,2,1,b,600,1800,green,landed,\n1,3,1 2,c,700,900,green,served,\n");
    out.builds = table("builds.csv", {"build", "end_s"}, "1,7,600\n1,8,1800\n");
    out.resets = table("resets.csv", {"at_s", "because_of", "build", "changes", "reason"},
                       "1,600,nova/I1/master,7,b gone,red\n");
    return out;
}

std::size_t count(const Still& still, Fate fate) {
    std::size_t n = 0;
    for (const auto& bar : still.chart.bars) n += bar.fate == fate;
    return n;
}

TEST(Still, ShowsARowAStayAndABarAnAttempt) {
    const auto list = stills(reset());
    ASSERT_EQ(list.size(), 1u);
    const Still& still = list.front();
    EXPECT_EQ(still.queue, "gate/q");
    ASSERT_EQ(still.chart.rows.size(), 3u);
    EXPECT_EQ(still.chart.rows[0].label, "nova-1");
    EXPECT_EQ(still.chart.rows[0].end, "out");
    EXPECT_EQ(still.chart.rows[1].end, "✓");
    EXPECT_EQ(still.chart.rows[2].end, "");
    EXPECT_EQ(still.chart.rows[2].until, 1800) << "who is still there stays until the last thing that happened";
    EXPECT_EQ(count(still, Fate::ejected), 1u);
    EXPECT_EQ(count(still, Fate::thrown_away), 1u);
    EXPECT_EQ(count(still, Fate::landed), 1u);
    EXPECT_EQ(count(still, Fate::passed), 2u) << "a trial is a bar in each row that it vouches for";
    EXPECT_EQ(still.landed, 1u);
    EXPECT_EQ(still.out, 1u);
}

TEST(Still, TestsOfTheBranchHaveARowOfTheirOwn) {
    Tables tables;
    tables.stays =
        table("stays.csv", {"item", "change", "label", "entered_s", "left_s", "outcome", "pipeline", "queue"},
              "1,0,a,a,0,0,landed,gate,q\n1,1,b,b,60,60,landed,gate,q\n");
    tables.attempts = table(
        "attempts.csv",
        {"attempt", "pipeline", "queue", "kind", "item", "change", "opened_s", "ended_s", "result", "end", "build"},
        "1,0,gate,q,trial,0,a,0,0,,landed,\n1,1,gate,q,probe,,b,100,300,red,served,7\n"
        "1,2,gate,q,probe,,a,300,500,green,served,\n");
    tables.builds = table("builds.csv", {"build", "end_s"}, "1,7,200\n");
    const auto list = stills(tables);
    ASSERT_EQ(list.size(), 1u);
    const auto& chart = list.front().chart;
    ASSERT_EQ(chart.rows.size(), 3u);
    EXPECT_EQ(chart.rows[2].label, "the branch");
    EXPECT_EQ(chart.rows[2].from, 100);
    EXPECT_EQ(chart.rows[2].until, 500);
    ASSERT_EQ(chart.bars.size(), 3u);
    EXPECT_EQ(chart.bars[1].row, 2u);
    ASSERT_EQ(chart.crosses.size(), 1u);
    EXPECT_EQ(chart.crosses[0].row, 2u);
    EXPECT_EQ(list.front().landed, 2u);
}

TEST(Still, PointsFromTheRedBuildToWhomItReset) {
    const Still still = stills(reset()).front();
    ASSERT_EQ(still.chart.crosses.size(), 1u);
    EXPECT_EQ(still.chart.crosses[0].row, 0u);
    EXPECT_EQ(still.chart.crosses[0].at, 600);
    ASSERT_EQ(still.chart.arrows.size(), 1u) << "who is not in the queue has no arrow";
    EXPECT_EQ(still.chart.arrows[0].from_row, 0u);
    EXPECT_EQ(still.chart.arrows[0].to_row, 1u);
    EXPECT_EQ(still.resets, 1u);
}

TEST(Still, NeedsItsTables) {
    Tables without = reset();
    without.attempts.reset();
    EXPECT_TRUE(stills(without).empty());
}

}  // namespace
}  // namespace gatesim::report
