// Claimed facts beside simulated ones: what is met, what is not, and what one look at reality cannot tell.
#pragma once

#include <optional>
#include <vector>

#include "measure/fact_meter.hpp"
#include "measure/interval.hpp"
#include "model/fact.hpp"

namespace gatesim {

enum class ClaimVerdict {
    within,     ///< the mean over replications lies within the tolerance
    undecided,  ///< it does not, but the real figure lies where 95 % of single replications do: reality was one of them
    explained,  ///< missed, and the claim says why
    missed,
    undefined,  ///< not defined in any replication (a period that is too short)
};

/// One number of a claim; of a profile, all of them.
struct ClaimRow {
    const Claim* claim = nullptr;
    std::size_t part = 0;  ///< of a profile: the one that lies farthest off
    double expected = 0;
    Estimate simulated;
    /// (simulated - expected) / expected; of a profile the sum of the distances over the sum of the expected numbers.
    /// Nothing if it is undefined.
    std::optional<double> miss;
    ClaimVerdict verdict = ClaimVerdict::undefined;
};

/// Fewer replications leave no verdict open: they do not show how single ones differ.
inline constexpr std::size_t kReplicationsToDoubt = 10;

/// One row for each claimed number, and one for each profile. `claims` must outlive it; `replications` are in any fixed
/// order.
std::vector<ClaimRow> weigh_claims(const std::vector<Claim>& claims, const std::vector<FactValues>& replications);

}  // namespace gatesim
