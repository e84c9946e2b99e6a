// The JSON Schema of scenarios, made from the field table.
#pragma once

#include <string>
#include <vector>

#include "model/parameter.hpp"

namespace gatesim {

/// JSON Schema (draft 7), as it is checked in under scenarios/schema/scenario.json; ends with a newline. A document
/// with `extends` is a patch: nothing is required of it, and null takes keys away.
std::string scenario_schema(const std::vector<StrategyDescription>& strategies);

}  // namespace gatesim
