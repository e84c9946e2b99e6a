// A heat map: a cell for each pair of two things, its value as text, the best marked.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "picture/canvas.hpp"

namespace gatesim::picture {

struct Cell {
    double value = std::numeric_limits<double>::quiet_NaN();  ///< darker = higher; not a number = an empty cell
    std::string text = {};
    bool best = false;  ///< a thick frame and a star
    bool tied = false;  ///< cannot be told from the best: a dashed frame and "≈"
};

struct Heat {
    About about;
    std::string x_label = {}, y_label = {};
    std::vector<std::string> columns = {}, rows = {};
    std::vector<std::vector<Cell>> cells = {};  ///< by row
};

std::string heat_svg(const Heat& heat);

}  // namespace gatesim::picture
