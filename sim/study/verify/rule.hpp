// When simulation agrees with theory.
#pragma once

#include <string>
#include <vector>

#include "study/verify/closed_form.hpp"

namespace gatesim {

enum class Agreement {
    agrees,     ///< within the tolerance, or within three standard errors, and those are within the tolerance
    differs,    ///< farther from theory than both
    too_noisy,  ///< not far from theory, but the standard error exceeds the tolerance: says nothing
};

/// `tolerance` in the unit of the numbers. A standard error below 0 stands for "unknown" (one replication).
Agreement judge(double theory, double tolerance, double mean, double standard_error);

/// "agrees", "differs", "too noisy".
std::string agreement_text(Agreement agreement);

/// A quantity as simulated: the ratio of the sums over replications, with the spread of the replications around it.
struct Measured {
    double mean = 0;
    double standard_error = -1;  ///< of `mean`; -1 = unknown
    double low = 0, high = 0;    ///< mean_interval of the linearised ratio; both `mean` if unknown
    std::size_t n = 0;           ///< replications
};

/// From what each replication added.
Measured measured(const std::vector<Share>& shares);

}  // namespace gatesim
