// The few formulas that several estimates share.
#pragma once

#include <cstddef>
#include <vector>

#include "infer/figure.hpp"

namespace gatesim::infer {

/// The standard normal's 97.5 % quantile.
inline constexpr double kZ = 1.959963984540054;

double normal_cdf(double z);
double normal_density(double z);
/// The value below which a chi-squared variable lies with that chance.
double chi_squared_quantile(double degrees, double chance);

/// A share of `n` with Wilson's interval; of none it is unknown, from 0 to 1.
Value wilson(std::size_t hits, std::size_t n);

/// A mean number of events, of which `count` were seen in `exposure`: Garwood's exact interval.
Value poisson_rate(std::size_t count, double exposure);

/// How likely `hits` or more of `n` are, each with that chance.
double binomial_tail(std::size_t hits, std::size_t n, double chance);

/// The smallest value that at least that share of the values does not exceed. Sorted, not empty.
double nearest_rank(const std::vector<double>& sorted, double share);

}  // namespace gatesim::infer
