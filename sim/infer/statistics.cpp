#include "infer/statistics.hpp"

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
    const Ends ends = wilson_ends(hits, n);
    return {n == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(n), ends.low, ends.high, n};
}

Value poisson_rate(std::size_t count, double exposure) {
    if (exposure <= 0) return {0, 0.0, std::nullopt, count};
    const Ends ends = garwood_ends(static_cast<double>(count));
    return {static_cast<double>(count) / exposure, ends.low / exposure, ends.high / exposure, count};
}

double binomial_tail(std::size_t hits, std::size_t n, double chance) {
    if (hits == 0) return 1;
    if (hits > n || chance <= 0) return 0;
    if (chance >= 1) return 1;
    const boost::math::binomial_distribution<double, PlainMath> law(static_cast<double>(n), chance);
    return boost::math::cdf(boost::math::complement(law, static_cast<double>(hits) - 1));
}

}  // namespace gatesim::infer
