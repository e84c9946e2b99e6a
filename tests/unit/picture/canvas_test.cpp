#include "picture/canvas.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "picture/style.hpp"
#include "picture/thin.hpp"

namespace gatesim::picture {
namespace {

TEST(Canvas, EscapesWhatPeopleWrite) {
    EXPECT_EQ(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    EXPECT_EQ(escaped("gr\xC3\xBC\xC3\x9F"), "gr\xC3\xBC\xC3\x9F");
    EXPECT_EQ(escaped("a\x01"
                      "b\xFF"),
              "ab\xEF\xBF\xBD");
}

TEST(Canvas, CoordinatesAreShort) {
    EXPECT_EQ(coordinate(12), "12");
    EXPECT_EQ(coordinate(12.504), "12.5");
    EXPECT_EQ(coordinate(0.126), "0.13");
    EXPECT_EQ(coordinate(-0.001), "0");
    EXPECT_EQ(coordinate(100), "100");
    EXPECT_EQ(coordinate(std::nan("")), "0");
    EXPECT_EQ(coordinate(INFINITY), "0");
}

TEST(Canvas, LongTextsEndWithDots) {
    EXPECT_EQ(shortened("short", 100), "short");
    const std::string cut = shortened("a name that is much too long", 80);
    EXPECT_TRUE(cut.ends_with("…"));
    EXPECT_LE(text_width(cut), 80);
}

TEST(Canvas, HasANameAndADescription) {
    Canvas canvas({"a", "Tom & Ann", "a <b>", Layout::half}, 20);
    canvas.circle(1, 2, 3, "dot", "x");
    EXPECT_EQ(canvas.finish(),
              "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pic\" id=\"a\" viewBox=\"0 0 610 20\" width=\"610\" "
              "height=\"20\" role=\"img\" aria-labelledby=\"a-t a-d\">\n<title id=\"a-t\">Tom &amp; Ann</title>\n"
              "<desc id=\"a-d\">a &lt;b&gt;</desc>\n"
              "<circle cx=\"1\" cy=\"2\" r=\"3\" class=\"dot\"><title>x</title></circle>\n</svg>\n");
}

TEST(Canvas, CarriesItsStyleWhereItStandsAlone) {
    const std::string svg = with_style(Canvas({"a", "t", "", Layout::half}, 20).finish());
    EXPECT_NE(svg.find("\"a-t\">\n<style>:root"), std::string::npos) << svg;
}

TEST(Thin, KeepsPeaksAndEnds) {
    std::vector<Point> points;
    for (int i = 0; i < 10000; ++i)
        points.push_back({static_cast<double>(i), i == 7123 ? 99.0 : i == 222 ? -99.0 : i % 3});
    const auto out = thinned(points, 0, 10000, 100);
    EXPECT_LE(out.size(), 404u);
    double low = 0;
    double high = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        low = std::min(low, out[i].y), high = std::max(high, out[i].y);
        if (i > 0) {
            EXPECT_GT(out[i].x, out[i - 1].x);
        }
    }
    EXPECT_EQ(low, -99);
    EXPECT_EQ(high, 99);
    EXPECT_EQ(out.front().x, 0);
    EXPECT_EQ(out.back().x, 9999);
    EXPECT_EQ(thinned({{0, 1}, {1, 2}}, 0, 1, 100).size(), 2u);
}

}  // namespace
}  // namespace gatesim::picture
