// Lines and steps over one axis: the drawing that line charts, panels and the change x time picture share.
#pragma once

#include <string>
#include <vector>

#include "picture/axis.hpp"
#include "picture/thin.hpp"

namespace gatesim::picture {

/// A line through points in order of x. A y that is not a number is a gap.
struct Series {
    std::string name;
    std::vector<Point> points;
    bool steps = false;  ///< a value holds until the next point
    bool area = false;   ///< filled down to the axis
    bool band = true;    ///< intervals as a band; otherwise as whiskers with dots
    bool fine = false;   ///< thinner than others: what is there to compare with
};

/// A dashed line across, such as a ceiling.
struct Reference {
    double at;
    std::string label;
};

/// A shaded stretch across, such as "within 5 % of the best".
struct Zone {
    double low, high;
    std::string label;
};

/// A stretch of x with a name of its own, such as "training". The name stands where it has room.
struct Stretch {
    double from, to;
    std::string label;
    bool shaded = false;
};

struct Panel {
    Axis y = {};
    std::vector<Series> series = {};
    std::vector<Reference> references = {};
    std::vector<Zone> zones = {};
    std::vector<Stretch> stretches = {};
};

/// Adds the panel's data to the ends of its axes.
void extend(const Panel& panel, Extent& x, Extent& y);

/// Draws series, references, zones and stretches into `box`; the axes are drawn by the caller, below it.
void draw_panel(Canvas& canvas, const Box& box, const Panel& panel, const Scale& x, const Scale& y,
                std::size_t first_series = 0);

}  // namespace gatesim::picture
