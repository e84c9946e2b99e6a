// From values to pixels, and how an axis looks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "picture/canvas.hpp"
#include "picture/ticks.hpp"

namespace gatesim::picture {

/// What an axis means. Its ends are those of the data, rounded to ticks, unless they are given.
struct Axis {
    std::string label = {};  ///< with the unit: "landing time, h"
    Kind kind = Kind::number;
    bool log = false;             ///< values of zero or less are not drawn
    std::int64_t start_unix = 0;  ///< of dates: what 0 is
    bool from_zero = false;       ///< zero is on it, whatever the data
    std::optional<double> low = {}, high = {};
};

/// The ends of the data. What is not finite, or has no logarithm on such an axis, does not count.
class Extent {
public:
    explicit Extent(bool log = false) : log_(log) {}
    void add(double value);
    bool empty() const { return !low_; }
    /// Whether it would be drawn.
    bool takes(double value) const;
    double low() const { return low_.value_or(0); }
    double high() const { return high_.value_or(1); }

private:
    bool log_;
    std::optional<double> low_, high_;
};

/// Values to pixels along one direction. Values beyond an end are drawn at it.
class Scale {
public:
    /// `rounded`: widen the ends to full ticks.
    Scale(const Axis& axis, const Extent& extent, double from, double to, bool rounded);

    double operator()(double value) const;
    double from() const { return from_; }
    double to() const { return to_; }
    double low() const { return low_; }
    double high() const { return high_; }
    /// One tick for so many pixels at most.
    std::vector<Tick> ticks(double pixels) const;

private:
    std::vector<Tick> ticks_of(int wanted) const;

    Axis axis_;
    double low_, high_, from_, to_;
};

/// A rectangle of the picture, in pixels.
struct Box {
    double left, top, right, bottom;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
};

/// How much room the labels of a vertical axis need.
double label_room(const Scale& y);

/// Grid lines and labels. A label that would touch the one before it is left out.
void draw_x_axis(Canvas& canvas, const Box& box, const Scale& x, const std::string& label, bool labels = true);
void draw_y_axis(Canvas& canvas, const Box& box, const Scale& y);

}  // namespace gatesim::picture
