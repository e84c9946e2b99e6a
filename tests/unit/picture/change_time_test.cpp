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
    EXPECT_NE(svg.find("2000 stays: 14 share a line."), std::string::npos);
    EXPECT_EQ(count(svg, "class=\"many m-thrown\""), 1u) << "one path for all";
    const std::size_t end = svg.find("\" class=\"m-waits\"");
    EXPECT_EQ(count(svg.substr(svg.rfind("<path", end), end - svg.rfind("<path", end)), "M"), 143u);
    EXPECT_LT(svg.size(), 40000u);
    EXPECT_EQ(change_time_svg(long_queue({"t", "t", "d", Layout::wide}, 400)).find("share a line"), std::string::npos);
}

/// Text before the first `to` that follows `from`.
std::string between(const std::string& svg, const std::string& from, const std::string& to) {
    const std::size_t at = svg.find(from) + from.size();
    return svg.substr(at, svg.find(to, at) - at);
}

TEST(ChangeTime, KeepsLinesHighEnoughToBeRead) {
    for (const std::size_t stays : {61u, 400u, 401u, 20000u}) {
        const std::string svg = change_time_svg(long_queue({"t", "t", "d", Layout::wide}, stays));
        const double height = std::stod(between(svg, "height=\"", "\""));
        const std::size_t lines = stays <= 400 ? stays : (stays + (stays + 149) / 150 - 1) / ((stays + 149) / 150);
        EXPECT_GE(height, 12.0 * static_cast<double>(lines)) << stays;
        EXPECT_LE(height, 12.0 * 400 + 300) << stays;
    }
}

TEST(ChangeTime, ANarrowOneShowsTheBarsOfTheWideOneOnceMore) {
    const ChangeTime wide = long_queue({"t-w", "t", "d", Layout::wide}, 300);
    ChangeTime narrow = long_queue({"t-n", "t", "d", Layout::narrow, "t-w"}, 300);
    const std::string there = change_time_svg(wide), here = change_time_svg(narrow);
    EXPECT_EQ(count(here, "class=\"many"), 0u);
    EXPECT_GE(count(here, "<use "), 3u);
    for (std::size_t at = here.find("href=\"#"); at != std::string::npos; at = here.find("href=\"#", at + 1)) {
        const std::string id = here.substr(at + 7, here.find('"', at + 7) - at - 7);
        EXPECT_EQ(count(there, "id=\"" + id + "\""), 1u) << id;
    }
    // Its first bar is where the narrow picture would draw it itself.
    narrow.about.shapes_of = "";
    const std::string alone = change_time_svg(narrow);
    const auto first = [](const std::string& svg) { return std::stod(between(svg, "<path d=\"M", " ")); };
    const std::string matrix = between(here, "matrix(", ")");
    double a = 0, e = 0, f = 0;
    ASSERT_EQ(std::sscanf(matrix.c_str(), "%lf 0 0 1 %lf %lf", &a, &e, &f), 3) << matrix;
    const auto waits = [&](const std::string& svg) { return svg.substr(svg.find("-waits\"")); };
    EXPECT_NEAR(a * first(waits(there)) + e, first(waits(alone)), 1.0);
    EXPECT_LT(here.size(), alone.size());
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
