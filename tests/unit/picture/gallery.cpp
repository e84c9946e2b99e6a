// Prints a page with every kind of chart: to look at, and for well_formed.py. Arguments: a kind of data (usual, worst
// or many) and nothing else. The data is made up, by a formula and not by luck.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "picture/bars.hpp"
#include "picture/change_time.hpp"
#include "picture/dots.hpp"
#include "picture/heat.hpp"
#include "picture/histogram.hpp"
#include "picture/panels.hpp"
#include "picture/scatter.hpp"
#include "picture/style.hpp"
#include "unit/picture/samples.hpp"

namespace gatesim::picture {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

double wave(int i, double period = 17) {
    return std::sin(i * 6.283 / period);
}

void print(const std::string& svg) {
    std::fputs(("<figure>" + svg + "</figure>\n").c_str(), stdout);
}

/// An id for each, in the layout that is asked for.
struct Names {
    Layout layout;
    std::string suffix;
    About operator()(const std::string& id, const std::string& title) const {
        return {id + suffix, title, "A picture of made-up data: " + title + ".", layout};
    }
};

void usual(const Names& about) {
    std::vector<Point> queue;
    std::vector<Point> window;
    for (int i = 0; i < 200; ++i) {
        queue.push_back({i * 3000.0, std::floor(20 + 18 * wave(i, 40) + 3 * wave(i, 7))});
        window.push_back({i * 3000.0, std::floor(12 + 6 * wave(i, 60))});
    }
    const Axis week{"", Kind::date, false, 1372032000};
    print(
        lines_svg({about("lines", "Queue and window"),
                   week,
                   {{{"changes", Kind::number, false, 0, true}, {{"queue", queue, true}, {"window", window, true}}}}}));
    Series curve{"p95", {}, false, false, true};
    for (int i = 1; i <= 8; ++i) curve.points.push_back({i * 5.0, 90.0 / i + 4, 80.0 / i + 3, 100.0 / i + 6});
    print(lines_svg({about("curve", "Landing time by number of nodes"),
                     {"nodes"},
                     {{{"p95 landing time, h", Kind::number, false, 0, true},
                       {curve},
                       {},
                       {{15.25, 16, "within 5 % of the best"}}}}}));
    print(lines_svg(occupation(about("pools", "Busy nodes"), week, {{"big", 30, queue}, {"small", 20, window}})));
    print(bars_svg({about("bars", "Ejections by cause"),
                    {"ejections"},
                    {},
                    {{"own defect", {12.5}, "12.5 (4.1 %)"},
                     {"flake", {8.1}, "8.1 (2.6 %)"},
                     {"timeout of a long name here", {1}, "1 (0.3 %)"}}}));
    print(bars_svg(
        {about("stack", "Where lead time goes"),
         {"", Kind::duration},
         {"review", "check", "waiting", "testing", "retesting"},
         {{"zuul", {40000, 9000, 12000, 7000, 2000}, "19 h"}, {"serial", {40000, 9000, 90000, 6000, 0}, "40 h"}}}));
    print(bars_svg(
        {about("standing", "Landings a day"),
         {"landings"},
         {},
         {{"Mon", {30}, "30"}, {"Tue", {41}, "41"}, {"Wed", {38}, "38"}, {"Thu", {33}, "33"}, {"Fri", {22}, "22"}},
         {{44, "ceiling"}},
         true}));
    print(dots_svg({about("dots", "Against zuul"),
                    {"difference, h"},
                    {{"serial", 5.2, 4.1, 6.3, "+5.2 ± 1.1", Mark::bad},
                     {"summer-2013", 0.1, -0.3, 0.5, "+0.1 ± 0.4", Mark::unsure},
                     {"batch", -2.2, -2.9, -1.5, "-2.2 ± 0.7", Mark::good}},
                    {{0, ""}},
                    {{-0.6, 0.6, "does not matter"}}}));
    Pairs pairs{about("pairs", "The same seeds"),
                {"p95 landing time, h", Kind::number, false, 0, true},
                {"zuul", "serial"},
                {}};
    for (int i = 0; i < 20; ++i) pairs.seeds.push_back({3 + wave(i, 7), 6 + 2 * wave(i, 7) + wave(i, 5)});
    print(pairs_svg(pairs));
    print(scatter_svg({about("scatter", "Time against cost"),
                       {"builds per landed"},
                       {"p95 landing time, h", Kind::number, false, 0, true},
                       {{"zuul", {8.4, 2.4, 2.2, 2.6}, 8.2, 8.6},
                        {"serial", {3.1, 9.2, 8, 10.4}, 3, 3.2},
                        {"batch", {3.9, 4, 3.7, 4.3}, 3.8, 4},
                        {"batch-tight", {3.95, 4.1, 3.8, 4.4}, 3.8, 4.1}},
                       "better"}));
    Heat heat{about("heat", "Window and nodes"), "window", "nodes", {"5", "10", "20", "40"}, {"10", "20", "30"}, {}};
    for (int r = 0; r < 3; ++r) {
        heat.cells.emplace_back();
        for (int c = 0; c < 4; ++c)
            heat.cells.back().push_back({12.0 / (r + 1) + 6.0 / (c + 1),
                                         fmt::format("{:.1f} h", 12.0 / (r + 1) + 6.0 / (c + 1)), r == 2 && c == 3,
                                         r == 2 && c == 2});
    }
    print(heat_svg(heat));
    Histogram histogram{about("histogram", "Gate time"),
                        {"", Kind::duration, false, 0, true},
                        {},
                        {{3600, "half 1 h"}, {14000, "nine of ten 3 h 53"}}};
    for (int i = 1; i < 300; ++i)
        histogram.values.push_back(3600 * std::exp(1.1 * wave(i, 299.0 / 2) + 0.3 * wave(i, 11)));
    histogram.values.push_back(300000);
    print(histogram_svg(histogram));
    print(change_time_svg(quickstart_chart(about("time", "Changes and time"))));
}

void worst(const Names& about) {
    const std::string evil = "</text><script>alert('1')</script>\"&\x01\xff <b>";
    print(lines_svg({about("lines", evil), {evil}, {}}));
    print(lines_svg({about("lines2", evil),
                     {evil},
                     {{{evil}, {{evil, {{0, kNan}, {kInf, 1}}}}, {{kNan, evil}}, {{kNan, kInf, evil}}}}}));
    print(lines_svg({about("lines3", evil),
                     {evil},
                     {{{evil, Kind::number, true}, {{evil, {{0, 0}, {1, -5}, {2, 3}}}}, {{0, evil}}}}}));
    print(lines_svg(
        {about("lines4", evil), {evil, Kind::date}, {{{evil}, {{evil, {{-1e308, -1e308}, {1e308, 1e308}}}}}}}));
    print(lines_svg(
        {about("lines5", evil), {evil, Kind::duration}, {{{evil}, {{evil, {{1, 1}}}, {evil, {{1e18, 2}}, true}}}}}));
    print(lines_svg(occupation(about("pools", evil), {}, {})));
    print(bars_svg({about("bars", evil), {evil}, {evil, evil}, {{evil, {kNan, -3}, evil}}}));
    print(bars_svg({about("bars2", evil),
                    {evil},
                    {evil, evil},
                    {{evil + evil + evil, {1e300, 1e300}, evil + evil}, {evil, {0, kInf}, evil}}}));
    print(bars_svg(
        {about("bars3", evil), {evil}, {evil}, {{evil, {1e-300}, evil}, {evil, {}, ""}}, {{kInf, evil}}, true}));
    print(dots_svg({about("dots", evil), {evil}, {{evil, kNan, 1, 2, evil}}}));
    print(dots_svg(
        {about("dots2", evil), {evil, Kind::number, true}, {{evil, 1, 0, kInf, evil}}, {{0, evil}}, {{-1, 1, evil}}}));
    print(pairs_svg({about("pairs", evil), {evil}, {}, {}}));
    print(pairs_svg({about("pairs2", evil), {evil}, {evil, evil}, {{1}, {kNan, 2}, {3, 3, 3}}}));
    print(scatter_svg({about("scatter", evil), {evil}, {evil}, {{evil, {kNan, 1}}}}));
    print(scatter_svg({about("scatter2", evil),
                       {evil, Kind::number, true},
                       {evil},
                       {{evil, {1, 1}}, {evil, {1, 1, -kInf, kInf}, 0, 1}},
                       evil}));
    print(heat_svg({about("heat", evil), evil, evil, {evil}, {evil}, {{{kNan, evil}}}}));
    print(heat_svg({about("heat2", evil),
                    evil,
                    evil,
                    {evil, "2"},
                    {},
                    {{{1, evil, true}, {kNan}, {3}}, {{-1e308}, {1e308, evil, false, true}}}}));
    print(histogram_svg({about("histogram", evil), {evil}, {kNan}, {}}));
    print(histogram_svg({about("histogram2", evil), {evil, Kind::duration}, {5, 5, 5}, {{kNan, evil}}}));
    print(histogram_svg({about("histogram3", evil), {evil}, {-1e308, 0, 1e308}, {}}));
    print(change_time_svg({about("time", evil), {evil}}));
    print(change_time_svg({about("time2", evil),
                           {evil, Kind::date},
                           {{evil, 0, 0, evil}},
                           {{0, 0, 0, Fate::landed, evil}, {7, 0, 1, Fate::ejected}},
                           {{0, kNan}, {0, 1e300, evil}},
                           {{0, 1, 0, evil}, {0, 1, 9}},
                           Panel{{evil}, {{evil, {}}}}}));
}

void many(const Names& about) {
    std::vector<Point> steps;
    for (int i = 0; i < 100000; ++i) steps.push_back({i * 6.0, std::floor(50 + 40 * wave(i, 9000) + 10 * wave(i, 13))});
    print(lines_svg({about("steps", "100,000 points"), {"", Kind::duration}, {{{"queue"}, {{"queue", steps, true}}}}}));
    Pairs pairs{about("pairs", "5,000 seeds"), {"h"}, {"a", "b", "c"}, {}};
    for (int i = 0; i < 5000; ++i) pairs.seeds.push_back({3 + wave(i, 7), 6 + wave(i, 31), 5 + wave(i, 19)});
    print(pairs_svg(pairs));
    print(change_time_svg(long_queue(about("time", "2,000 stays"), 2000)));
    print(change_time_svg(long_queue(about("week", "240 stays"), 240)));
}

}  // namespace
}  // namespace gatesim::picture

int main(int argc, char** argv) {
    using namespace gatesim::picture;
    const std::string kind = argc == 2 ? argv[1] : "";
    if (kind != "usual" && kind != "worst" && kind != "many") {
        std::fputs("picture_gallery: which data? usual, worst or many\n", stderr);
        return 2;
    }
    std::fputs(("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>Pictures</title>"
                "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>"
                "<meta name=\"color-scheme\" content=\"light dark\"/><style>" +
                picture_style() +
                "body{margin:16px;background:var(--pic-paper);color:var(--pic-ink)}figure{margin:0 0 24px}"
                "@media (max-width:700px){.wide,.half{display:none}}@media (min-width:701px){.narrow{display:none}"
                ".half{display:grid;grid-template-columns:1fr 1fr;gap:20px}}</style></head><body>\n")
                   .c_str(),
               stdout);
    for (const auto& [layout, name] :
         {std::pair{Layout::wide, "wide"}, {Layout::half, "half"}, {Layout::narrow, "narrow"}}) {
        std::fputs(fmt::format("<div class=\"{}\">\n", name).c_str(), stdout);
        const Names about{layout, fmt::format("-{}", name)};
        kind == "usual" ? usual(about) : kind == "worst" ? worst(about) : many(about);
        std::fputs("</div>\n", stdout);
    }
    std::fputs("</body></html>\n", stdout);
}
