#include "picture/histogram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

struct Bins {
    double first, width;
    std::vector<std::size_t> counts;
    bool more;  ///< the last one is open
};

std::string label_of(const Axis& axis, double value) {
    return axis.kind == Kind::duration ? duration_label(value) : number_label(value, 0.01);
}

/// Widths are those of ticks: of 20 or so over what is shown.
Bins bins_of(std::vector<double> values, const Axis& axis, int wanted) {
    std::sort(values.begin(), values.end());
    const double top = values[(values.size() - 1) * 99 / 100];
    const double low = axis.from_zero ? std::min(0.0, values.front()) : values.front();
    // Of few values each one counts.
    const bool far = values.size() >= 100 && values.back() > low + (top - low) * 1.5;
    const double high = far ? top : values.back();
    // The choosers give at most 12 ticks, so the step is asked for of a quarter of the range.
    const double quarter = low + (high - low) / 4;
    const auto ticks =
        axis.kind == Kind::duration ? duration_ticks(low, quarter, wanted / 4) : number_ticks(low, quarter, wanted / 4);
    double width = ticks.size() > 1 ? ticks[1].at - ticks[0].at : (high - low) / wanted;
    if (!(width > 0)) width = std::max(std::abs(low) / 10, 1.0);
    if (!std::isfinite(high - low)) return {low, HUGE_VAL, {values.size()}, false};
    Bins out{std::floor(low / width) * width, width, {}, far};
    const auto number = [&](double v) {
        return static_cast<std::size_t>(std::max(0.0, std::floor((v - out.first) / width)));
    };
    out.counts.resize(number(high) + 1 + (far ? 1 : 0));
    for (const double v : values) ++out.counts[std::min(number(std::min(v, high + width)), out.counts.size() - 1)];
    return out;
}

}  // namespace

std::string histogram_svg(const Histogram& histogram) {
    std::vector<double> values;
    for (const double v : histogram.values)
        if (std::isfinite(v)) values.push_back(v);
    if (values.empty()) return nothing(histogram.about);
    Canvas canvas(histogram.about, 0);
    const Bins bins = bins_of(std::move(values), histogram.value, canvas.narrow() ? 14 : 24);
    const auto n = static_cast<double>(bins.counts.size());
    Extent counts;
    for (const std::size_t c : bins.counts) counts.add(static_cast<double>(c));
    Box box{0, 44, canvas.width() - 16, 224};
    const Scale y({.from_zero = true}, counts, box.bottom, box.top, true);
    box.left = label_room(y);
    canvas.text(0, 14, "number of " + histogram.counted, "strong");
    draw_y_axis(canvas, box, y);
    Extent ends;
    ends.add(bins.first);
    ends.add(bins.first + bins.width * n);
    Axis axis = histogram.value;
    axis.log = false;
    const Scale x(axis, ends, box.left, box.right, false);
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        if (bins.counts[i] == 0) continue;
        const double from = bins.first + bins.width * static_cast<double>(i);
        const bool open = bins.more && i + 1 == bins.counts.size();
        const double count = static_cast<double>(bins.counts[i]);
        canvas.rect(x(from) + 0.5, y(count), x(from + bins.width) - x(from) - 1, y(0) - y(count),
                    open ? "s1 soft" : "s1 area",
                    open ? fmt::format("{} above {}", bins.counts[i], label_of(axis, from))
                         : fmt::format("{} from {} to {}", bins.counts[i], label_of(axis, from),
                                       label_of(axis, from + bins.width)));
        if (open)
            canvas.text(box.right, box.top + 12, fmt::format("{} above {}", bins.counts[i], label_of(axis, from)),
                        "small faint", Anchor::end);
    }
    draw_x_axis(canvas, {box.left, box.bottom, box.right, box.bottom + 3}, x, axis.label);
    double free_from = box.left;
    for (const Reference& mark : histogram.marks) {
        const double at = x(mark.at);
        canvas.line(at, box.top - 8, at, box.bottom, "ref");
        const double left = std::clamp(at - text_width(mark.label) / 2, free_from,
                                       std::max(free_from, canvas.width() - text_width(mark.label)));
        canvas.text(left, box.top - 13, mark.label, "small");
        free_from = left + text_width(mark.label) + 8;
    }
    canvas.line(box.left, box.bottom, box.right, box.bottom, "base");
    canvas.set_height(box.bottom + (axis.label.empty() ? 24 : 42));
    return canvas.finish();
}

}  // namespace gatesim::picture
