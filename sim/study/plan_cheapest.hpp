// Of all configurations that keep the promises: the cheapest.
#pragma once

#include "study/plan.hpp"
#include "study/plan_order.hpp"

namespace gatesim {

/// Sets `cheapest` and its ties. Without a metric to minimise: the lowest price of the nodes provided, then the fewest
/// nodes, then the smallest values. With one, candidates are measured on the same luck and left out one after another
/// once they are known to take more, by a difference that matters; of those that are left the smallest is named.
/// Candidates are the answer and all others that were seen and are known to keep the promises. False: stop.
bool choose_cheapest(const PlanTerms& terms, const PlanOrder& order, PlanSource& source, PlanFound& found);

}  // namespace gatesim
