// How values are spread: a bar for each stretch of them.
#pragma once

#include <string>
#include <vector>

#include "picture/panel.hpp"

namespace gatesim::picture {

struct Histogram {
    About about;
    Axis value = {};
    std::vector<double> values = {};    ///< in any order; what is not finite is left out
    std::vector<Reference> marks = {};  ///< upright lines, such as "half" and "nine of ten"
    std::string counted = "changes";
};

/// Stretches are of round width; the last one holds all above the value that 99 % keep to, where some are far above it.
std::string histogram_svg(const Histogram& histogram);

}  // namespace gatesim::picture
