// Fewer points where a pixel holds many: what is drawn looks the same, and the file stays small.
#pragma once

#include <vector>

namespace gatesim::picture {

struct Point {
    double x = 0;
    double y = 0;
    /// Ends of an interval; not a number = none.
    double low = kNoValue, high = kNoValue;

    static const double kNoValue;
};

/// Points in order of x, at most about four for each pixel of `from` to `to`: the first, the lowest, the highest and
/// the last of it, in their order, so that no peak is lost. The same list where there are few.
std::vector<Point> thinned(const std::vector<Point>& points, double from, double to, double pixels);

}  // namespace gatesim::picture
