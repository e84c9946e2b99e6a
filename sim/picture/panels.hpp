// Lines and steps: one panel, or several below each other on one time axis.
#pragma once

#include <vector>

#include "picture/panel.hpp"

namespace gatesim::picture {

/// Each panel has its own y axis, whose label stands above it as a heading; series of one name have one look in all
/// panels only if they have one place there. Heights are in pixels, of one panel.
struct Lines {
    About about;
    Axis x = {};
    std::vector<Panel> panels = {};
    double height = 0;  ///< 0 = 240 for one panel, 110 for each of several
};

std::string lines_svg(const Lines& lines);

/// Use of one pool of machines.
struct Pool {
    std::string name;
    double size = 0;  ///< 0 = without limit
    std::vector<Point> busy = {};
};

/// Node occupation by pool: what is busy against what there is, a panel a pool.
Lines occupation(const About& about, const Axis& time, const std::vector<Pool>& pools);

}  // namespace gatesim::picture
