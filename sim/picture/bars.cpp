#include "picture/bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/legend.hpp"
#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

double part(double value) {
    return std::isfinite(value) && value > 0 ? value : 0;
}

double total(const Bar& bar) {
    double sum = 0;
    for (const double value : bar.parts) sum += part(value);
    return sum;
}

Extent extent_of(const Bars& bars) {
    Extent out;
    out.add(0);
    for (const Bar& bar : bars.bars) out.add(total(bar));
    for (const Reference& reference : bars.references) out.add(reference.at);
    return out;
}

std::string title_of(const Bars& bars, const Bar& bar, std::size_t number) {
    if (bars.parts.size() < 2) return bar.text.empty() ? "" : bar.label + ": " + bar.text;
    return fmt::format("{}, {}: {}", bar.label, bars.parts[number % bars.parts.size()],
                       bars.value.kind == Kind::number ? number_label(bar.parts[number], bar.parts[number] / 100)
                                                       : duration_label(std::round(bar.parts[number])));
}

Axis from_zero(Axis axis) {
    axis.from_zero = true;
    axis.log = false;
    return axis;
}

/// One bar, from its foot on. `place` draws the stretch between two values.
template <class Place>
void draw_parts(const Bars& bars, const Bar& bar, Place place) {
    double sum = 0;
    for (std::size_t i = 0; i < bar.parts.size(); ++i) {
        const double value = part(bar.parts[i]);
        if (value > 0) place(sum, sum + value, area_class(i), title_of(bars, bar, i), series_pattern(i));
        sum += value;
    }
}

std::string lying(const Bars& bars) {
    Canvas canvas(bars.about, 0);
    define_patterns(canvas);
    const bool above = canvas.narrow();  // names stand above their bars
    double left = 4;
    double right_room = 14;
    for (const Bar& bar : bars.bars) {
        if (!above) left = std::max(left, std::min(text_width(bar.label), canvas.width() * 0.34) + 10);
        right_room = std::max(right_room, std::min(text_width(bar.text), canvas.width() * 0.4) + 12);
    }
    double top = draw_legend(canvas, bars.parts, Swatch::area, 0, 2) + 4;
    const double row = above ? 40 : 26;
    const Box box{left, top, canvas.width() - right_room, top + row * static_cast<double>(bars.bars.size()) + 4};
    const Scale x(from_zero(bars.value), extent_of(bars), box.left, box.right, false);
    draw_x_axis(canvas, box, x, bars.value.label);
    for (const Bar& bar : bars.bars) {
        const double y = top + (above ? 19 : 4);
        if (above)
            canvas.text(left, top + 14, shortened(bar.label, canvas.width() - 8), "");
        else
            canvas.text(left - 6, y + 14, shortened(bar.label, left - 8), "", Anchor::end);
        draw_parts(
            bars, bar,
            [&](double from, double to, const std::string& cls, const std::string& title, std::string_view pattern) {
                canvas.rect(x(from), y, x(to) - x(from), 19, cls, title, pattern);
            });
        canvas.text(x(total(bar)) + 5, y + 14, bar.text, "");
        top += row;
    }
    canvas.line(box.left, box.top, box.left, box.bottom, "base");
    for (const Reference& reference : bars.references) {
        canvas.line(x(reference.at), box.top - 2, x(reference.at), box.bottom, "ref");
        canvas.text(x(reference.at), box.top - 4, reference.label, "small", Anchor::middle);
    }
    canvas.set_height(box.bottom + (bars.value.label.empty() ? 24 : 42));
    return canvas.finish();
}

std::string standing(const Bars& bars) {
    Canvas canvas(bars.about, 0);
    define_patterns(canvas);
    const double top = draw_legend(canvas, bars.parts, Swatch::area, 0, bars.value.label.empty() ? 2 : 20) + 16;
    if (!bars.value.label.empty()) canvas.text(0, 14, bars.value.label, "strong");
    Box box{0, top, canvas.width() - 8, top + 200};
    const Scale y(from_zero(bars.value), extent_of(bars), box.bottom, box.top, true);
    box.left = label_room(y);
    draw_y_axis(canvas, box, y);
    const double slot = box.width() / static_cast<double>(bars.bars.size());
    const double wide = std::min(slot * 0.8, 70.0);
    double labelled_until = -1e9;
    for (std::size_t i = 0; i < bars.bars.size(); ++i) {
        const Bar& bar = bars.bars[i];
        const double middle = box.left + slot * (static_cast<double>(i) + 0.5);
        draw_parts(
            bars, bar,
            [&](double from, double to, const std::string& cls, const std::string& title, std::string_view pattern) {
                canvas.rect(middle - wide / 2, y(to), wide, y(from) - y(to), cls, title, pattern);
            });
        if (text_width(bar.text) <= slot) canvas.text(middle, y(total(bar)) - 4, bar.text, "", Anchor::middle);
        // Many bars: a name that has no room is left out, as on an axis.
        const std::string name = shortened(bar.label, std::max(slot, 60.0));
        if (middle - text_width(name) / 2 < labelled_until) continue;
        canvas.text(middle, box.bottom + 16, name, "", Anchor::middle, name == bar.label ? "" : bar.label);
        labelled_until = middle + text_width(name) / 2 + 6;
    }
    for (const Reference& reference : bars.references) {
        canvas.line(box.left, y(reference.at), box.right, y(reference.at), "ref");
        canvas.text(box.right - 2, y(reference.at) - 5, reference.label, "small", Anchor::end);
    }
    canvas.line(box.left, box.bottom, box.right, box.bottom, "base");
    canvas.set_height(box.bottom + 24);
    return canvas.finish();
}

}  // namespace

std::string bars_svg(const Bars& bars) {
    double sum = 0;
    for (const Bar& bar : bars.bars) sum += total(bar);
    if (!(sum > 0)) return nothing(bars.about);
    return bars.standing ? standing(bars) : lying(bars);
}

}  // namespace gatesim::picture
