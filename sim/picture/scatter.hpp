// One thing against another: a dot an arm, with intervals along both axes.
#pragma once

#include <string>
#include <vector>

#include "picture/panel.hpp"

namespace gatesim::picture {

struct Spot {
    std::string label;
    Point at;                                                  ///< low and high are those of y
    double x_low = Point::kNoValue, x_high = Point::kNoValue;  ///< not a number = none
};

struct Scatter {
    About about;
    Axis x = {}, y = {};
    std::vector<Spot> spots = {};
    std::string best = {};  ///< what stands in the corner where both are small; empty = nothing
};

std::string scatter_svg(const Scatter& scatter);

}  // namespace gatesim::picture
