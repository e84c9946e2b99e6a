#include "measure/counts.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "chance/plain_math.hpp"
#include "measure/interval.hpp"

namespace gatesim {

Ends wilson_ends(std::size_t hits, std::size_t n) {
    if (n == 0) return {0, 1};
    const auto size = static_cast<double>(n);
    const double p = static_cast<double>(hits) / size, z2 = kZ * kZ;
    const double middle = (p + z2 / (2 * size)) / (1 + z2 / size);
    const double half = kZ / (1 + z2 / size) * std::sqrt(p * (1 - p) / size + z2 / (4 * size * size));
    return {hits == 0 ? 0 : std::max(0.0, middle - half), hits == n ? 1 : std::min(1.0, middle + half)};
}

Ends garwood_ends(double count) {
    using ChiSquared = boost::math::chi_squared_distribution<double, PlainMath>;
    const double tail = (1 - kLevel) / 2;
    const double low = count > 0 ? boost::math::quantile(ChiSquared(2 * count), tail) / 2 : 0;
    return {low, boost::math::quantile(boost::math::complement(ChiSquared(2 * count + 2), tail)) / 2};
}

}  // namespace gatesim
