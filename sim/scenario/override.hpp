// `--set /pointer=value`: values from the command line.
#pragma once

#include <string>
#include <vector>

#include "scenario/errors.hpp"
#include "scenario/node.hpp"

namespace gatesim::document {

/// Applies overrides in order. The value is read as JSON, or taken as text if it is none; null takes the key away. A
/// pointer may lead to a key that is not there yet. `source` is the index of the source called "--set". False when
/// there was an error.
bool apply_overrides(Node& document, const std::vector<std::string>& sets, std::uint32_t source, Errors& errors);

}  // namespace gatesim::document
