// The few formulas that several estimates share.
#pragma once

#include <cstddef>
#include <vector>

#include "infer/figure.hpp"
#include "measure/counts.hpp"

namespace gatesim::infer {

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

}  // namespace gatesim::infer
