// What a reader of a run must know about its load.
#pragma once

#include <vector>

#include "study/summary.hpp"

namespace gatesim {

/// Adds: "no_hours" where a rate by day is spread over the night, too; "missed_events" where scripted events came
/// before their changes.
void warn_of_load(const Scenario& scenario, const std::vector<ReplicationRecord>& replications,
                  std::vector<Warning>& warnings);

}  // namespace gatesim
