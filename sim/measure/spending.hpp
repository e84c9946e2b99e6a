// Looking several times without being fooled: how much of the error each look may spend.
#pragma once

#include <cstdint>
#include <vector>

namespace gatesim {

/// The level that the interval of a mean needs at each look so that, with probability `level`, the intervals of all
/// looks hold the true mean. `looks` are how many values there are then, ascending. The error is spent in proportion to
/// the values seen (Lan and DeMets 1983); the levels are exact for sums of normal values, whose looks are correlated
/// (Armitage, McPherson and Rowe 1969), so that they are less strict than Bonferroni's. A wrong look early is dear: the
/// first one spends little.
std::vector<double> spent_levels(double level, const std::vector<std::uint32_t>& looks);

/// 10, 15, 20, 30, 40, 60, 80 … at last `most`: the looks of a sequential test, one and a half or 4/3 times as many
/// each. A look too many costs little with spent_levels; one too few costs up to half of the replications.
std::vector<std::uint32_t> dense_looks(std::uint32_t least, std::uint32_t most);

}  // namespace gatesim
