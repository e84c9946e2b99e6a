// Strategies beside the products they are named after.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// What the original of that strategy or preset does and this one does not, a sentence each; empty if it has none.
/// SOURCES.md says the same (tests/house/citations.cmake).
std::vector<std::string> not_modelled(const std::string& strategy);

}  // namespace gatesim
