#include "picture/dots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

constexpr std::size_t kMostSeeds = 200;

std::string_view class_of(Mark mark) {
    return mark == Mark::good ? "good" : mark == Mark::bad ? "bad" : mark == Mark::plain ? "s1" : "plain";
}

Extent extent_of(const Dots& dots) {
    Extent out(dots.value.log);
    for (const DotRow& row : dots.rows)
        for (const double value : {row.value, row.low, row.high}) out.add(value);
    if (out.empty()) return out;
    for (const Reference& reference : dots.references) out.add(reference.at);
    for (const Zone& zone : dots.zones) out.add(zone.low), out.add(zone.high);
    return out;
}

/// What goes on beyond the right end: from its low end, or from near there.
void draw_over(Canvas& canvas, const DotRow& row, const Scale& x, double y, const std::string& cls) {
    constexpr double kShaft = 40, kHead = 7;
    const double low = std::isfinite(row.low) ? x(row.low) : x.to();
    canvas.path(fmt::format("M{} {}H{}M{} {}L{} {}L{} {}", coordinate(std::min(low, x.to() - kShaft)), coordinate(y),
                            coordinate(x.to()), coordinate(x.to() - kHead), coordinate(y - 5), coordinate(x.to()),
                            coordinate(y), coordinate(x.to() - kHead), coordinate(y + 5)),
                cls + " whisker", row.text.empty() ? "" : row.label + ": " + row.text);
    if (row.value < x.high()) canvas.circle(x(row.value), y, 5, cls + (row.mark == Mark::unsure ? " ring" : " dot"));
}

void draw_row(Canvas& canvas, const DotRow& row, const Scale& x, double y, const Extent& extent) {
    if (!extent.takes(row.value)) return;
    const std::string cls(class_of(row.mark));
    if (row.over) return draw_over(canvas, row, x, y, cls);
    if (extent.takes(row.low) && extent.takes(row.high)) {
        const std::string low = coordinate(x(row.low)), top = coordinate(y - 4), bottom = coordinate(y + 4);
        const std::string end = row.cut ? fmt::format("M{} {}L{} {}L{} {}", coordinate(x(row.low) + 6), top, low,
                                                      coordinate(y), coordinate(x(row.low) + 6), bottom)
                                        : fmt::format("M{} {}V{}", low, top, bottom);
        canvas.path(
            fmt::format("{0}M{1} {2}H{3}M{3} {4}V{5}", end, low, coordinate(y), coordinate(x(row.high)), top, bottom),
            cls + " whisker");
    }
    canvas.circle(x(row.value), y, 5, cls + (row.mark == Mark::unsure ? " ring" : " dot"),
                  row.text.empty() ? "" : row.label + ": " + row.text);
}

}  // namespace

std::string dots_svg(const Dots& dots) {
    const Extent extent = extent_of(dots);
    if (extent.empty()) return nothing(dots.about);
    Canvas canvas(dots.about, 0);
    const bool above = canvas.narrow();
    double left = 8;
    double right_room = 12;
    for (const DotRow& row : dots.rows) {
        if (above) continue;
        left = std::max(left, std::min(text_width(row.label), canvas.width() * 0.34) + 14);
        right_room = std::max(right_room, std::min(text_width(row.text), canvas.width() * 0.34) + 14);
    }
    const double step = above ? 44 : 28;
    const Box box{left, 20, canvas.width() - right_room, 24 + step * static_cast<double>(dots.rows.size())};
    const Scale x(dots.value, extent, box.left + 6, box.right - 6, false);
    for (const Zone& zone : dots.zones) {
        canvas.rect(x(zone.low), box.top, x(zone.high) - x(zone.low), box.height(), "zone");
        canvas.text((x(zone.low) + x(zone.high)) / 2, box.top - 6, zone.label, "small faint", Anchor::middle);
    }
    draw_x_axis(canvas, box, x, dots.value.label);
    for (const Reference& reference : dots.references) {
        canvas.line(x(reference.at), box.top, x(reference.at), box.bottom, "ref");
        if (dots.zones.empty()) canvas.text(x(reference.at), box.top - 6, reference.label, "small", Anchor::middle);
    }
    double top = box.top + 4;
    for (const DotRow& row : dots.rows) {
        const double y = top + (above ? 31 : 13);
        if (above) {
            const double room = canvas.width() - text_width(row.text) - 12;
            canvas.text(2, top + 15, shortened(row.label, room), "", Anchor::start);
            canvas.text(canvas.width() - 2, top + 15, row.text, "faint", Anchor::end);
        } else {
            canvas.text(left - 10, y + 4, shortened(row.label, left - 12), "", Anchor::end);
            canvas.text(box.right + 8, y + 4, row.text, "");
        }
        draw_row(canvas, row, x, y, extent);
        top += step;
    }
    canvas.set_height(box.bottom + (dots.value.label.empty() ? 24 : 42));
    return canvas.finish();
}

std::string pairs_svg(const Pairs& pairs) {
    Extent extent(pairs.value.log);
    for (const auto& seed : pairs.seeds)
        for (const double value : seed) extent.add(value);
    if (extent.empty() || pairs.arms.empty()) return nothing(pairs.about);
    Canvas canvas(pairs.about, 0);
    const std::size_t every = (pairs.seeds.size() + kMostSeeds - 1) / kMostSeeds;
    const double top = pairs.value.label.empty() ? 8 : 26;
    Box box{0, top, canvas.width() - 8, top + 240};
    const Scale y(pairs.value, extent, box.bottom, box.top, true);
    box.left = label_room(y);
    if (!pairs.value.label.empty()) canvas.text(0, 14, pairs.value.label, "strong");
    draw_y_axis(canvas, box, y);
    const double slot = box.width() / static_cast<double>(pairs.arms.size());
    const auto x = [&](std::size_t arm) { return box.left + slot * (static_cast<double>(arm) + 0.5); };
    for (std::size_t i = 0; i < pairs.seeds.size(); i += every) {
        std::string data;
        for (std::size_t arm = 0; arm < std::min(pairs.arms.size(), pairs.seeds[i].size()); ++arm) {
            const double value = pairs.seeds[i][arm];
            if (!extent.takes(value)) continue;
            data += fmt::format("{}{} {}", data.empty() ? "M" : "L", coordinate(x(arm)), coordinate(y(value)));
            canvas.circle(x(arm), y(value), 3, series_class(arm) + " dot");
        }
        if (data.find('L') != std::string::npos) canvas.path(data, "plain thin");
    }
    for (std::size_t arm = 0; arm < pairs.arms.size(); ++arm)
        canvas.text(x(arm), box.bottom + 16, shortened(pairs.arms[arm], slot - 4), "", Anchor::middle, pairs.arms[arm]);
    if (every > 1) canvas.text(0, box.bottom + 34, fmt::format("1 of {} seeds is drawn.", every), "small faint");
    canvas.line(box.left, box.bottom, box.right, box.bottom, "base");
    canvas.set_height(box.bottom + (every > 1 ? 40 : 24));
    return canvas.finish();
}

}  // namespace gatesim::picture
