// Where a steady state begins: the rule MSER-5 (White 1997; found the best of 44 by Hoad, Robinson and Davies 2010).
#pragma once

#include <cstddef>
#include <vector>

namespace gatesim {

/// Means of a series in batches of this many.
inline constexpr std::size_t kMserBatch = 5;

struct Truncation {
    std::size_t cut = 0;  ///< how many values at the beginning are warm-up; a multiple of kMserBatch
    bool found = true;    ///< false: the best cut lies in the second half, so the series is too short to tell
};

/// Cuts where the mean of what is left has the smallest estimated error: the cut d that minimises
/// sum over the batches i >= d of (Y_i - mean of those)^2 / (n - d)^2, where Y are means of five values each. The last
/// five batches are never all that is left. On ties the earliest cut.
Truncation mser5(const std::vector<double>& series);

}  // namespace gatesim
