#include "infer/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "chance/plain_math.hpp"

namespace gatesim::infer {

double normal_cdf(double z) {
    return std::erfc(-z / std::sqrt(2.0)) / 2;
}

double normal_density(double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * 3.141592653589793);
}

double chi_squared_quantile(double degrees, double chance) {
    return boost::math::quantile(boost::math::chi_squared_distribution<double, PlainMath>(degrees), chance);
}

Value wilson(std::size_t hits, std::size_t n) {
    if (n == 0) return {0, 0.0, 1.0, 0};
    const auto size = static_cast<double>(n);
    const double p = static_cast<double>(hits) / size, z2 = kZ * kZ;
    const double middle = (p + z2 / (2 * size)) / (1 + z2 / size);
    const double half = kZ / (1 + z2 / size) * std::sqrt(p * (1 - p) / size + z2 / (4 * size * size));
    return {p, hits == 0 ? 0 : std::max(0.0, middle - half), hits == n ? 1 : std::min(1.0, middle + half), n};
}

Value poisson_rate(std::size_t count, double exposure) {
    if (exposure <= 0) return {0, 0.0, std::nullopt, count};
    const auto k = static_cast<double>(count);
    const double low = count == 0 ? 0 : chi_squared_quantile(2 * k, 0.025) / 2;
    return {k / exposure, low / exposure, chi_squared_quantile(2 * k + 2, 0.975) / 2 / exposure, count};
}

double binomial_tail(std::size_t hits, std::size_t n, double chance) {
    if (hits == 0) return 1;
    if (hits > n || chance <= 0) return 0;
    if (chance >= 1) return 1;
    const boost::math::binomial_distribution<double, PlainMath> law(static_cast<double>(n), chance);
    return boost::math::cdf(boost::math::complement(law, static_cast<double>(hits) - 1));
}

double nearest_rank(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

}  // namespace gatesim::infer
