#include "picture/scatter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

bool touch(const Box& a, const Box& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/// A place for a label beside its dot, where it touches nothing; the first one if there is none.
Box place_label(double x, double y, double wide, const Box& inside, const std::vector<Box>& taken) {
    Box first{};
    bool any = false;
    for (const double dy : {0.0, -15.0, 15.0, -30.0, 30.0, -45.0, 45.0})
        for (const double left : {x + 9, x - 9 - wide, x - wide / 2}) {
            if (dy == 0 && left == x - wide / 2) continue;
            const Box box{left, y + dy - 7, left + wide, y + dy + 7};
            if (box.left < inside.left || box.right > inside.right + 10 || box.top < inside.top - 8 ||
                box.bottom > inside.bottom)
                continue;
            if (!any) first = box;
            any = true;
            if (std::none_of(taken.begin(), taken.end(), [&](const Box& b) { return touch(b, box); })) return box;
        }
    return any ? first : Box{x - wide / 2, y - 20, x + wide / 2, y - 6};
}

struct Spread {
    Extent x, y;
};

Spread spread_of(const Scatter& scatter) {
    Spread out{Extent(scatter.x.log), Extent(scatter.y.log)};
    for (const Spot& spot : scatter.spots) {
        if (!out.x.takes(spot.at.x) || !out.y.takes(spot.at.y)) continue;
        for (const double value : {spot.at.x, spot.x_low, spot.x_high}) out.x.add(value);
        for (const double value : {spot.at.y, spot.at.low, spot.at.high}) out.y.add(value);
    }
    return out;
}

}  // namespace

std::string scatter_svg(const Scatter& scatter) {
    const Spread spread = spread_of(scatter);
    if (spread.x.empty()) return nothing(scatter.about);
    Canvas canvas(scatter.about, 0);
    const double top = scatter.y.label.empty() ? 8 : 26;
    Box box{0, top, canvas.width() - 14, top + 280};
    const Scale y(scatter.y, spread.y, box.bottom - 8, box.top + 8, true);
    box.left = label_room(y);
    const double room = box.width() * 0.12;  // for labels beside the outermost dots
    const Scale x(scatter.x, spread.x, box.left + room, box.right - room, false);
    if (!scatter.y.label.empty()) canvas.text(0, 14, scatter.y.label, "strong");
    draw_x_axis(canvas, box, x, scatter.x.label);
    draw_y_axis(canvas, box, y);
    canvas.line(box.left, box.bottom, box.right, box.bottom, "base");
    canvas.line(box.left, box.top, box.left, box.bottom, "base");
    if (!scatter.best.empty()) canvas.text(box.left + 6, box.bottom - 7, "↙ " + scatter.best, "small faint");

    std::vector<Box> taken;
    std::vector<const Spot*> drawn;
    for (std::size_t i = 0; i < scatter.spots.size(); ++i) {
        const Spot& s = scatter.spots[i];
        if (!spread.x.takes(s.at.x) || !spread.y.takes(s.at.y)) continue;
        const std::string cls = series_class(i);
        const double at_x = x(s.at.x);
        const double at_y = y(s.at.y);
        if (spread.x.takes(s.x_low) && spread.x.takes(s.x_high)) {
            canvas.line(x(s.x_low), at_y, x(s.x_high), at_y, cls + " whisker");
            taken.push_back({x(s.x_low), at_y - 2, x(s.x_high), at_y + 2});
        }
        if (spread.y.takes(s.at.low) && spread.y.takes(s.at.high)) {
            canvas.line(at_x, y(s.at.low), at_x, y(s.at.high), cls + " whisker");
            taken.push_back({at_x - 2, y(s.at.high), at_x + 2, y(s.at.low)});
        }
        canvas.circle(at_x, at_y, 5.5, cls + " dot", s.label);
        taken.push_back({at_x - 7, at_y - 7, at_x + 7, at_y + 7});
        drawn.push_back(&s);
    }
    for (const Spot* s : drawn) {
        const std::string label = shortened(s->label, box.width() * 0.6);
        const Box at = place_label(x(s->at.x), y(s->at.y), text_width(label), box, taken);
        canvas.text(at.left, at.bottom - 3, label, "");
        taken.push_back(at);
    }
    canvas.set_height(box.bottom + (scatter.x.label.empty() ? 24 : 42));
    return canvas.finish();
}

}  // namespace gatesim::picture
