// The warm-up that a scenario states for itself.
#pragma once

#include "model/people.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// The first part of the period that a scenario does not want measured (load.people.warmup); 0 = none.
inline Time warmup_of(const Scenario& scenario) {
    return scenario.load.people ? scenario.load.people->warmup : 0;
}

}  // namespace gatesim
