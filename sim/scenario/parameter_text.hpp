// Values of strategies' parameters as a person writes them.
#pragma once

#include <string>

#include "model/parameter.hpp"

namespace gatesim {

/// For a reader: "2%", "45m", "true", "bisect".
std::string value_text(const Parameter& parameter, const ParameterValue& value);

/// For a scenario, as JSON: 0.02, "45m", true, "bisect".
std::string value_json(const Parameter& parameter, const ParameterValue& value);

}  // namespace gatesim
