// Order statistics: what share of the values lies below which value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace gatesim {

/// The smallest value that at least so many percent of the values do not exceed (nearest rank). Sorted, not empty;
/// `percent` in (0, 100].
template <class T>
const T& nearest_rank(const std::vector<T>& sorted, int percent) {
    const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

/// Quantile of a sorted list by linear interpolation between its values; NaN if it is empty. Values may be infinite.
double quantile_of_sorted(const std::vector<double>& sorted, double share);

}  // namespace gatesim
