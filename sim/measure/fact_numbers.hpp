// Statistics of measured facts that are worth testing by themselves.
#pragma once

#include <utility>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// The exponent a of a discrete power law (k from 1 on, weight k to the power of -a) that makes these counts likeliest;
/// NaN if they cannot tell (none, or all 1). Between 1.01 and 20.
double power_law_exponent(const std::vector<int>& counts);

/// Part of the sum that the largest tenth of the counts (at least one) holds; NaN without counts.
double top_tenth_share(std::vector<int> counts);

/// The most and the least that `width` numbers in a row add up to, each over the mean of as many; NaN if there are
/// fewer than `least` numbers.
std::pair<double, double> extreme_stretches(const std::vector<double>& numbers, std::size_t most_width,
                                            std::size_t least_width, std::size_t least);

/// Fewest of the times, which are sorted, in any 24 hours from `from` on that are over by `until`; NaN if none are.
/// Such a stretch begins with `from`, or right after one of the times.
double fewest_in_a_day(const std::vector<Time>& times, Time from, Time until);

}  // namespace gatesim
