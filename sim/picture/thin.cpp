#include "picture/thin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gatesim::picture {

const double Point::kNoValue = std::numeric_limits<double>::quiet_NaN();

std::vector<Point> thinned(const std::vector<Point>& points, double from, double to, double pixels) {
    if (static_cast<double>(points.size()) <= pixels * 2 || !(to > from)) return points;
    std::vector<Point> out;
    const auto pixel_of = [&](const Point& p) { return std::floor((p.x - from) / (to - from) * pixels); };
    for (std::size_t i = 0; i < points.size();) {
        const std::size_t first = i;
        std::size_t low = i;
        std::size_t high = i;
        for (const double pixel = pixel_of(points[i]); i < points.size() && pixel_of(points[i]) == pixel; ++i) {
            if (points[i].y < points[low].y) low = i;
            if (points[i].y > points[high].y) high = i;
        }
        if (i == first) ++i;  // not a number: a pixel of its own
        std::vector<std::size_t> kept = {first, std::min(low, high), std::max(low, high), i - 1};
        kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
        for (const std::size_t k : kept) out.push_back(points[k]);
    }
    return out;
}

}  // namespace gatesim::picture
