// Which series is which.
#pragma once

#include <string>
#include <vector>

#include "picture/canvas.hpp"

namespace gatesim::picture {

enum class Swatch { line, area, dot };

/// Draws it in rows from `top`; returns where it ends. Nothing for fewer than two names, as then the title says it.
double draw_legend(Canvas& canvas, const std::vector<std::string>& names, Swatch swatch, double left, double top);

}  // namespace gatesim::picture
