// Cycles among things that need each other.
#pragma once

#include <cstdint>
#include <vector>

namespace gatesim::document {

/// needs[i] lists what i needs. Gives one cycle, in the order in which each needs the next; empty if there is none.
std::vector<std::uint32_t> find_cycle(const std::vector<std::vector<std::uint32_t>>& needs);

}  // namespace gatesim::document
