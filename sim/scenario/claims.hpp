// What a scenario claims of the world it stands for (`facts`).
//
// Read on demand and no part of Scenario: nothing that is simulated may depend on what should come out.
#pragma once

#include <vector>

#include "model/fact.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// The claims of a scenario, in the order of fact_kinds().
std::vector<Claim> claims_of(const Scenario& scenario);

}  // namespace gatesim
