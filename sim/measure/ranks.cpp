#include "measure/ranks.hpp"

#include <limits>

namespace gatesim {

double quantile_of_sorted(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double place = static_cast<double>(sorted.size() - 1) * share;
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = place - static_cast<double>(below);
    // Nothing times infinity, and what lies between two infinite values, would be no number.
    if (part == 0 || sorted[above] == sorted[below]) return sorted[below];
    return sorted[below] + part * (sorted[above] - sorted[below]);
}

}  // namespace gatesim
