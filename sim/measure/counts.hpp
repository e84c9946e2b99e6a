// How sure a count is: 95 % intervals of a share of n, and of a number of events.
#pragma once

#include <cstddef>

namespace gatesim {

/// The standard normal's 97.5 % quantile.
inline constexpr double kZ = 1.959963984540054;

struct Ends {
    double low, high;
};

/// Wilson's interval of the share that `hits` of `n` are; of none it is unknown, from 0 to 1.
Ends wilson_ends(std::size_t hits, std::size_t n);

/// Garwood's exact interval of the mean number of events, of which `count` were seen.
Ends garwood_ends(double count);

}  // namespace gatesim
