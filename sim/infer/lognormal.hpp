// A log-normal law through lengths of which some are known, some lie between two bounds, and some were only longer.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "infer/figure.hpp"

namespace gatesim::infer {

/// A length in seconds: `low` == `high` if it is known; `high` infinite if all that is known is that it was longer
/// than `low`. Positive.
struct Length {
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    bool exact() const { return low == high; }
};

struct LogNormal {
    Value median;  ///< s
    Value sigma;   ///< of the logarithm
    double log_likelihood(const std::vector<Length>& lengths) const;
};

/// The law of the greatest likelihood: log f of the known, log(F(high) - F(low)) of the bounded, log(1 - F(low)) of the
/// longer ones. Found by EM (Dempster, Laird and Rubin 1977). Where all are known its intervals are Student's and chi
/// squared on the logarithms; else they come from the curvature of the likelihood. Nothing with fewer than two known
/// or bounded lengths.
std::optional<LogNormal> fit_lognormal(const std::vector<Length>& lengths);

}  // namespace gatesim::infer
