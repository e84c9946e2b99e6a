#include <gtest/gtest.h>

#include <cmath>

#include "picture/bars.hpp"
#include "picture/dots.hpp"
#include "picture/heat.hpp"
#include "picture/histogram.hpp"
#include "picture/panels.hpp"
#include "picture/scatter.hpp"
#include "unit/picture/reading.hpp"

namespace gatesim::picture {
namespace {

About about(Layout layout = Layout::half) {
    return {"x", "title", "desc", layout};
}

TEST(Charts, ABarOfTwiceTheValueIsTwiceAsLong) {
    for (const Layout layout : {Layout::wide, Layout::half, Layout::narrow}) {
        const auto wide =
            attribute(bars_svg({about(layout), {}, {}, {{"a", {3}, ""}, {"b", {6}, ""}}}), "rect", "s1 area", "width");
        ASSERT_EQ(wide.size(), 2u);
        EXPECT_NEAR(wide[1], 2 * wide[0], 0.02);
        const auto high = attribute(bars_svg({about(layout), {}, {}, {{"a", {3}, ""}, {"b", {6}, ""}}, {}, true}),
                                    "rect", "s1 area", "height");
        ASSERT_EQ(high.size(), 2u);
        EXPECT_NEAR(high[1], 2 * high[0], 0.02);
    }
}

TEST(Charts, PartsOfABarFollowEachOther) {
    const std::string svg = bars_svg({about(), {}, {"p", "q"}, {{"a", {3, 4}, "7"}}});
    const auto first = attribute(svg, "rect", "s1 area", "width");
    const auto second = attribute(svg, "rect", "s2 mixed", "x");
    ASSERT_EQ(first.size(), 2u);  // the key's and the bar's
    EXPECT_NEAR(attribute(svg, "rect", "s1 area", "x")[1] + first[1], second[1], 0.02);
    EXPECT_NEAR(attribute(svg, "rect", "s2 mixed", "width")[1] / first[1], 4.0 / 3, 0.01);
}

TEST(Charts, DotsLieWithinTheirIntervals) {
    const std::string svg =
        dots_svg({about(), {}, {{"a", 2, 1, 4, "2", Mark::good}, {"b", 3, NAN, NAN, "3", Mark::unsure}}, {{0, ""}}});
    EXPECT_EQ(count(svg, "whisker"), 1u);
    EXPECT_EQ(count(svg, "good dot"), 1u);
    EXPECT_EQ(count(svg, "plain ring"), 1u);
    const double a = attribute(svg, "circle", "good dot", "cx").at(0);
    const double b = attribute(svg, "circle", "plain ring", "cx").at(0);
    const double zero = std::stod(svg.substr(svg.find("<path d=\"M", svg.find("class=\"ref\"") - 60) + 10));
    EXPECT_NEAR((b - zero) / (a - zero), 1.5, 0.01);
}

TEST(Charts, WhatGoesOnBeyondTheEndIsAnArrow) {
    Dots dots{about(), {}, {{"a", 20, 10, 30}, {"b", 6000, 5000, 7000, "much"}, {"c", 50, 40, 900, "wide"}}};
    dots.value.high = 60;
    dots.rows[1].over = dots.rows[2].over = true;
    const std::string svg = dots_svg(dots);
    const auto x = attribute(svg, "circle", "s1 dot", "cx");
    ASSERT_EQ(x.size(), 2u);  // a and c: b's is beyond
    EXPECT_EQ(count(svg, "s1 whisker"), 3u);
    EXPECT_NE(svg.find("b: much"), std::string::npos);
    EXPECT_GT(x[1] - x[0], 100);  // 30 of 60: they are not pressed together
}

TEST(Charts, EverySeedIsALine) {
    const std::string svg = pairs_svg({about(), {}, {"a", "b"}, {{1, 2}, {2, 3}, {NAN, 4}}});
    EXPECT_EQ(count(svg, "plain thin"), 2u);
    EXPECT_EQ(count(svg, "s1 dot"), 2u);
    EXPECT_EQ(count(svg, "s2 dot"), 3u);
    std::vector<std::vector<double>> many(1000, {1, 2});
    const std::string thinned = pairs_svg({about(), {}, {"a", "b"}, many});
    EXPECT_EQ(count(thinned, "plain thin"), 200u);
    EXPECT_NE(thinned.find("1 of 5 seeds is drawn."), std::string::npos);
}

TEST(Charts, LabelsOfDotsThatLieTogetherDoNotTouch) {
    const std::string svg = scatter_svg({about(), {}, {}, {{"one", {1, 1}}, {"two", {1, 1}}, {"three", {5, 5}}}});
    std::vector<std::string> places;
    for (const char* label : {">one<", ">two<"}) {
        const std::size_t at = svg.rfind("<text", svg.find(std::string(label) + "/text>"));
        places.push_back(svg.substr(at, svg.find('>', at) - at));
    }
    EXPECT_NE(places[0], places[1]);
}

TEST(Charts, TheBestAndWhatCannotBeToldFromItAreMarked) {
    const std::string svg =
        heat_svg({about(), "x", "y", {"1", "2"}, {"r"}, {{{5, "5 h", true}, {6, "6 h", false, true}}}});
    EXPECT_EQ(count(svg, "class=\"best\""), 1u);
    EXPECT_EQ(count(svg, "class=\"tied\""), 1u);
    EXPECT_NE(svg.find("★ 5 h"), std::string::npos);
    EXPECT_NE(svg.find("≈ 6 h"), std::string::npos);
}

TEST(Charts, AHistogramLosesNobody) {
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.push_back(i * 7.0);
    values.push_back(1e6);
    const std::string svg = histogram_svg({about(), {"", Kind::duration}, values, {{3500, "half"}}});
    double sum = 0;
    for (std::size_t at = svg.find("<rect"); at != std::string::npos; at = svg.find("<rect", at + 1))
        sum += std::stod(svg.substr(svg.find("<title>", at) + 7));
    EXPECT_EQ(sum, 1001);
    EXPECT_NE(svg.find("1 above"), std::string::npos);
}

TEST(Charts, StepsOfManyPointsStaySmall) {
    Series series{"queue", {}, true};
    for (int i = 0; i < 100000; ++i) series.points.push_back({static_cast<double>(i), static_cast<double>(i % 50)});
    EXPECT_LT(lines_svg({about(Layout::wide), {}, {{{}, {series}}}}).size(), 60000u);
}

TEST(Charts, AGapIsAGap) {
    const std::string svg = lines_svg({about(), {}, {{{}, {{"a", {{0, 1}, {1, 2}, {2, NAN}, {3, 1}, {4, 2}}}}}}});
    EXPECT_EQ(count(svg, "s1 curve"), 2u);
    EXPECT_EQ(count(svg, "s1 dot"), 4u);
}

TEST(Charts, StretchesOfTimeAreShadedAndNamed) {
    Lines lines{about(Layout::wide), {}, {{{}, {{"a", {{0, 1}, {100, 2}}}}}}};
    lines.panels[0].stretches = {{0, 25, "training", true}, {25, 1e9, "test", false}};
    const std::string svg = lines_svg(lines);
    const auto x = attribute(svg, "circle", "s1 dot", "cx");
    ASSERT_EQ(attribute(svg, "rect", "zone", "x").size(), 1u);  // what is not shaded has no ground of its own
    EXPECT_NEAR(attribute(svg, "rect", "zone", "x")[0], x[0], 0.02);
    EXPECT_NEAR(attribute(svg, "rect", "zone", "width")[0], (x[1] - x[0]) / 4, 0.02);
    EXPECT_NE(svg.find(">training</text>"), std::string::npos);
    EXPECT_NE(svg.find(">test</text>"), std::string::npos);
    lines.panels[0].stretches = {{0, 3, "training", true}};
    EXPECT_EQ(lines_svg(lines).find(">training</text>"), std::string::npos);  // no room
}

TEST(Charts, TheBandOfStepsHasSteps) {
    Series series{"a", {{0, 2, 1, 3}, {1, 4, 3, 5}}, true};
    const std::string svg = lines_svg({about(), {}, {{{}, {series}}}});
    const std::size_t at = svg.rfind("<path", svg.find("s1 band"));
    const std::string band = svg.substr(at, svg.find("/>", at) - at);
    EXPECT_EQ(count(band, "L"), 5u);  // four corners, and one more on either side where it steps
    series.steps = false;
    const std::string line = lines_svg({about(), {}, {{{}, {series}}}});
    const std::size_t there = line.rfind("<path", line.find("s1 band"));
    EXPECT_EQ(count(line.substr(there, line.find("/>", there) - there), "L"), 3u);
}

TEST(Charts, WhatIsThereToCompareWithIsFine) {
    Lines lines{about(), {}, {{{}, {{"a", {{0, 1}, {1, 2}}}, {"b", {{0, 2}, {1, 1}}}}}}};
    lines.panels[0].series[1].fine = true;
    EXPECT_EQ(count(lines_svg(lines), "s2 fine curve"), 1u);
    EXPECT_EQ(count(lines_svg(lines), "s1 fine curve"), 0u);
}

TEST(Charts, ALogarithmicAxisLeavesOutZero) {
    const std::string svg =
        lines_svg({about(), {}, {{{"", Kind::number, true}, {{"a", {{0, 0}, {1, 1}, {2, 10}, {3, 100}}}}}}});
    const auto y = attribute(svg, "circle", "s1 dot", "cy");
    ASSERT_EQ(y.size(), 3u);
    EXPECT_NEAR(y[0] - y[1], y[1] - y[2], 0.02);
}

TEST(Charts, NothingIsSaidToBeNothing) {
    for (const std::string& svg : {lines_svg({about()}), bars_svg({about()}), dots_svg({about()}), pairs_svg({about()}),
                                   scatter_svg({about()}), heat_svg({about()}), histogram_svg({about()})})
        EXPECT_NE(svg.find("nothing to show"), std::string::npos);
}

}  // namespace
}  // namespace gatesim::picture
