// What the keys of a scenario mean, made from the field table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/parameter.hpp"

namespace gatesim {

/// A text for a person about a place in a scenario ("/jobs/*/duration", "/jobs/unit/duration", "" = the top level);
/// nothing if there is no such place. A strategy's parameters stand below /strategy.
std::optional<std::string> describe_pointer(std::string_view pointer,
                                            const std::vector<StrategyDescription>& strategies);

/// Every place that can be described, as a pattern, in reading order.
std::vector<std::string> all_pointers();

/// The place nearest in spelling, or "".
std::string nearest_pointer(std::string_view pointer);

}  // namespace gatesim
