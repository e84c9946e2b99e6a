#include "picture/axis.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim::picture {

bool Extent::takes(double value) const {
    return std::isfinite(value) && (!log_ || value > 0);
}

void Extent::add(double value) {
    if (!takes(value)) return;
    low_ = std::min(low_.value_or(value), value);
    high_ = std::max(high_.value_or(value), value);
}

Scale::Scale(const Axis& axis, const Extent& extent, double from, double to, bool rounded)
    : axis_(axis),
      low_(axis.low.value_or(extent.low())),
      high_(axis.high.value_or(extent.high())),
      from_(from),
      to_(to) {
    if (axis.log) {
        if (!(low_ > 0)) low_ = high_ > 0 ? std::min(1.0, high_ / 10) : 1;
        if (!(high_ > low_)) high_ = low_ * 2, low_ /= 2;
        return;
    }
    if (axis.from_zero && !axis.low) low_ = std::min(low_, 0.0);
    if (axis.from_zero && !axis.high) high_ = std::max(high_, 0.0);
    // Where all values are one, it is shown in the middle (or above zero).
    if (!(high_ > low_)) {
        const double half = std::max(std::abs(low_) / 10, 0.5);
        if (low_ != 0 || !axis.from_zero) low_ -= half;
        high_ += half;
    }
    if (!std::isfinite(high_ - low_)) low_ /= 4, high_ /= 4;  // a width that no double holds
    if (!rounded) return;
    const std::vector<Tick> ticks = ticks_of(5);
    if (ticks.size() < 2) return;
    const double step = ticks[1].at - ticks[0].at;
    if (!axis.low && ticks.front().at > low_ + step * 1e-6) low_ = ticks.front().at - step;
    if (!axis.high && ticks.back().at < high_ - step * 1e-6) high_ = ticks.back().at + step;
}

double Scale::operator()(double value) const {
    const double inside = std::clamp(std::isfinite(value) ? value : low_, low_, high_);
    const double share =
        axis_.log ? std::log(inside / low_) / std::log(high_ / low_) : (inside - low_) / (high_ - low_);
    return from_ + share * (to_ - from_);
}

std::vector<Tick> Scale::ticks_of(int wanted) const {
    if (axis_.kind == Kind::date) return date_ticks(low_, high_, axis_.start_unix, wanted);
    if (axis_.kind == Kind::duration)
        return axis_.log ? log_duration_ticks(low_, high_) : duration_ticks(low_, high_, wanted);
    return axis_.log ? log_ticks(low_, high_, wanted) : number_ticks(low_, high_, wanted);
}

std::vector<Tick> Scale::ticks(double pixels) const {
    return ticks_of(std::clamp(static_cast<int>(std::abs(to_ - from_) / pixels), 2, 10));
}

namespace {

/// Low panels have their marks closer together.
double y_step(const Scale& y) {
    return std::abs(y.to() - y.from()) < 150 ? 24 : 40;
}

}  // namespace

double label_room(const Scale& y) {
    double room = 0;
    for (const Tick& tick : y.ticks(y_step(y))) room = std::max(room, text_width(tick.label));
    return room + 8;
}

void draw_x_axis(Canvas& canvas, const Box& box, const Scale& x, const std::string& label, bool labels) {
    double free_from = -1e9;
    for (const Tick& tick : x.ticks(canvas.narrow() ? 75 : 95)) {
        const double at = x(tick.at);
        canvas.line(at, box.top, at, box.bottom, "grid");
        if (!labels) continue;
        // At the picture's edges a label ends where the picture does.
        const double half = text_width(tick.label) / 2;
        const double middle = std::clamp(at, half + 1, canvas.width() - half - 1);
        if (middle - half < free_from) continue;
        canvas.text(middle, box.bottom + 16, tick.label, "faint", Anchor::middle);
        free_from = middle + half + 8;
    }
    if (labels && !label.empty()) canvas.text((box.left + box.right) / 2, box.bottom + 33, label, "", Anchor::middle);
}

void draw_y_axis(Canvas& canvas, const Box& box, const Scale& y) {
    for (const Tick& tick : y.ticks(y_step(y))) {
        const double at = y(tick.at);
        canvas.line(box.left, at, box.right, at, "grid");
        canvas.text(box.left - 6, at + 4, tick.label, "faint", Anchor::end);
    }
}

}  // namespace gatesim::picture
