#include "picture/change_time.hpp"

#include <gtest/gtest.h>

#include "unit/picture/reading.hpp"
#include "unit/picture/samples.hpp"

namespace gatesim::picture {
namespace {

TEST(ChangeTime, CountsWhatHappened) {
    for (const Layout layout : {Layout::wide, Layout::narrow}) {
        const std::string svg = change_time_svg(quickstart_chart({"t", "t", "d", layout}));
        EXPECT_EQ(count(svg, "class=\"thrown\""), 3u);
        EXPECT_EQ(count(svg, "class=\"cross\""), 2u);
        EXPECT_EQ(count(svg, "class=\"arrow\""), 3u);
        EXPECT_EQ(count(svg, "class=\"landed\""), 6u);
        EXPECT_EQ(count(svg, "class=\"ejected\""), 2u);
        EXPECT_EQ(count(svg, ">out<") + count(svg, "  out<"), 2u);
        EXPECT_EQ(count(svg, "✓"), 6u);
        EXPECT_EQ(count(svg, "url(#t-gone)"), 4u);  // three bars and the key
    }
}

TEST(ChangeTime, AMinuteIsAsLongEverywhere) {
    const std::string svg = change_time_svg(quickstart_chart({"t", "t", "d", Layout::wide}));
    const auto landed = attribute(svg, "rect", "landed", "width");
    const auto thrown = attribute(svg, "rect", "thrown", "width");
    ASSERT_EQ(thrown.size(), 3u);
    EXPECT_NEAR(landed[0] / thrown[0], 20.0 / 6, 0.01);
    EXPECT_NEAR(thrown[1] / thrown[0], 5.0 / 6, 0.01);
}

TEST(ChangeTime, RowsStandBelowEachOther) {
    const std::string svg = change_time_svg(quickstart_chart({"t", "t", "d", Layout::narrow}));
    const auto tops = attribute(svg, "rect", "landed", "y");
    for (std::size_t i = 1; i < tops.size(); ++i) EXPECT_GT(tops[i], tops[i - 1]);
    EXPECT_LT(svg.find(">api-101"), svg.find(">web-102"));
}

TEST(ChangeTime, FoldsLongQueuesAndSaysSo) {
    const std::string svg = change_time_svg(long_queue({"t", "t", "d", Layout::wide}, 2000));
    EXPECT_NE(svg.find("2000 stays: 5 share a line."), std::string::npos);
    EXPECT_EQ(count(svg, "class=\"thrown\""), 1u) << "one path for all";
    const std::size_t end = svg.find("\" class=\"waits\"");
    EXPECT_EQ(count(svg.substr(svg.rfind("<path", end), end - svg.rfind("<path", end)), "M"), 400u);
    EXPECT_LT(svg.size(), 110000u);
    EXPECT_EQ(change_time_svg(long_queue({"t", "t", "d", Layout::wide}, 400)).find("share a line"), std::string::npos);
}

TEST(ChangeTime, LeavesOutWhatBelongsToNoRow) {
    ChangeTime chart{{"t", "t", "d", Layout::wide}, {},       {{"a", 0, 10, ""}},
                     {{1, 0, 5, Fate::landed}},     {{3, 1}}, {{0, 1, 2}}};
    const std::string svg = change_time_svg(chart);
    EXPECT_EQ(count(svg, "<rect"), count(svg, "<pattern"));  // none but those of the patterns
    EXPECT_EQ(count(svg, "class=\"cross\"") + count(svg, "class=\"arrow\""), 0u);
    EXPECT_NE(change_time_svg({{"t", "t", "d", Layout::wide}}).find("nothing to show"), std::string::npos);
}

}  // namespace
}  // namespace gatesim::picture
