// The zoo of scenarios: each a random one in which one thing goes wrong as thoroughly as it can.
#pragma once

#include <cstdint>

#include "model/scenario.hpp"

namespace gatesim {

/// How many kinds there are.
inline constexpr std::uint64_t kExtremes = 9;

/// Makes a random scenario extreme: everything broken, everything refused, everything in conflict, all at once and in
/// no time, a chain of needs, everybody back at once, one bad node, first runs that fail, nobody who votes.
void make_extreme(Scenario& scenario, std::uint64_t kind);

}  // namespace gatesim
