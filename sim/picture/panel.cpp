#include "picture/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

bool has_interval(const Point& p) {
    return std::isfinite(p.low) && std::isfinite(p.high);
}

/// Runs of points without a gap.
std::vector<std::vector<Point>> runs(const std::vector<Point>& points, const Extent& x, const Extent& y) {
    std::vector<std::vector<Point>> out(1);
    for (const Point& p : points) {
        if (x.takes(p.x) && y.takes(p.y))
            out.back().push_back(p);
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

std::string line_path(const std::vector<Point>& run, const Scale& x, const Scale& y, bool steps) {
    // A tenth of a pixel is enough where there are many.
    const auto place = [&](double v) { return coordinate(run.size() > 100 ? std::round(v * 10) / 10 : v); };
    std::string at_x = place(x(run.front().x)), at_y = place(y(run.front().y));
    std::string out = fmt::format("M{} {}", at_x, at_y);
    for (std::size_t i = 1; i < run.size(); ++i) {
        const std::string to_x = place(x(run[i].x)), to_y = place(y(run[i].y));
        if (!steps) {
            out += fmt::format("L{} {}", to_x, to_y);
            continue;
        }
        if (to_y == at_y && i + 1 < run.size()) continue;
        if (to_x != at_x) out += "H" + to_x;
        if (to_y != at_y) out += "V" + to_y;
        at_x = to_x;
        at_y = to_y;
    }
    return out;
}

/// Up one side and down the other, each as the line itself goes: with `steps` an end holds until the next point.
std::string band_path(const std::vector<Point>& run, const Scale& x, const Scale& y, bool steps) {
    std::vector<std::pair<double, double>> corners;
    const auto top = [&](const Point& p) { return y(has_interval(p) ? p.high : p.y); };
    const auto bottom = [&](const Point& p) { return y(has_interval(p) ? p.low : p.y); };
    for (std::size_t i = 0; i < run.size(); ++i) {
        if (steps && i > 0) corners.emplace_back(x(run[i].x), top(run[i - 1]));
        corners.emplace_back(x(run[i].x), top(run[i]));
    }
    for (std::size_t i = run.size(); i-- > 0;) {
        corners.emplace_back(x(run[i].x), bottom(run[i]));
        if (steps && i > 0) corners.emplace_back(x(run[i].x), bottom(run[i - 1]));
    }
    std::string out;
    for (const auto& [at_x, at_y] : corners)
        out += fmt::format("{}{} {}", out.empty() ? "M" : "L", coordinate(at_x), coordinate(at_y));
    return out + "Z";
}

void draw_series(Canvas& canvas, const Box& box, const Series& series, const Scale& x, const Scale& y,
                 const std::string& cls, const Extent& takes_x, const Extent& takes_y) {
    // Steps that fall into one pixel and a half cannot be told apart, and may be many.
    const auto points = thinned(series.points, x.low(), x.high(), series.steps ? box.width() / 1.5 : box.width());
    const bool intervals = std::any_of(points.begin(), points.end(), has_interval);
    for (const auto& run : runs(points, takes_x, takes_y)) {
        if (intervals && series.band) canvas.path(band_path(run, x, y, series.steps), cls + " band");
        const std::string data = line_path(run, x, y, series.steps);
        if (series.area)
            // One path for the area and its edge: a week of a busy pool is a long one.
            canvas.path(fmt::format("M{0} {1}V{2}V{1}", coordinate(x(run.front().x)), coordinate(box.bottom),
                                    data.substr(data.find(' ') + 1)),
                        cls + " filled");
        else if (run.size() > 1 || series.steps)
            canvas.path(data, cls + " curve");
        // Few points are marked: they are what was measured, and one alone has no line.
        if (series.steps || run.size() > 40) continue;
        for (const Point& p : run) {
            if (intervals && !series.band && has_interval(p))
                canvas.line(x(p.x), y(p.low), x(p.x), y(p.high), cls + " whisker");
            canvas.circle(x(p.x), y(p.y), 3.5, cls + " dot");
        }
    }
}

void draw_stretches(Canvas& canvas, const Box& box, const Panel& panel, const Scale& x) {
    for (const Stretch& stretch : panel.stretches) {
        const double from = x(stretch.from), to = x(stretch.to);
        if (stretch.shaded) canvas.rect(from, box.top, to - from, box.height(), "zone");
        if (stretch.from > x.low()) canvas.line(from, box.top, from, box.bottom, "base");
    }
}

/// On top of the series, at the upper edge.
void name_stretches(Canvas& canvas, const Box& box, const Panel& panel, const Scale& x) {
    for (const Stretch& stretch : panel.stretches)
        if (x(stretch.to) - x(stretch.from) > text_width(stretch.label) + 8)
            canvas.text((x(stretch.from) + x(stretch.to)) / 2, box.top + 13, stretch.label, "strong", Anchor::middle);
}

}  // namespace

void extend(const Panel& panel, Extent& x, Extent& y) {
    for (const Series& series : panel.series)
        for (const Point& p : series.points) {
            if (!x.takes(p.x) || !y.takes(p.y)) continue;
            x.add(p.x);
            for (const double value : {p.y, p.low, p.high}) y.add(value);
        }
    if (y.empty()) return;
    for (const Reference& r : panel.references) y.add(r.at);
}

void draw_panel(Canvas& canvas, const Box& box, const Panel& panel, const Scale& x, const Scale& y,
                std::size_t first_series) {
    draw_stretches(canvas, box, panel, x);
    for (const Zone& zone : panel.zones) {
        const double top = y(zone.high);
        canvas.rect(box.left, top, box.width(), y(zone.low) - top, "zone");
        canvas.text(box.left + 5, y(zone.low) + 14 < box.bottom ? y(zone.low) + 13 : top - 4, zone.label,
                    "small faint");
    }
    const Extent takes_x;
    const Extent takes_y(panel.y.log);
    for (std::size_t i = 0; i < panel.series.size(); ++i)
        draw_series(canvas, box, panel.series[i], x, y,
                    series_class(first_series + i) + (panel.series[i].fine ? " fine" : ""), takes_x, takes_y);
    name_stretches(canvas, box, panel, x);
    for (const Reference& reference : panel.references) {
        if (!takes_y.takes(reference.at)) continue;
        const double at = y(reference.at);
        canvas.line(box.left, at, box.right, at, "ref");
        canvas.text(box.right - 4, at - 5, reference.label, "small", Anchor::end);
    }
}

}  // namespace gatesim::picture
