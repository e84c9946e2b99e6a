// The size of a change, in lines of its diff.
#pragma once

#include <algorithm>
#include <cmath>

#include "chance/distribution.hpp"

namespace gatesim {

/// The quantile `u` of sizes: whole, at least one line.
inline double lines_at(const Distribution& lines, double u) {
    return std::max(1.0, std::round(lines.quantile(u)));
}

/// The same, as a change carries it.
inline int lines_of_change(double lines) {
    return static_cast<int>(std::min(lines, 1e9));
}

}  // namespace gatesim
