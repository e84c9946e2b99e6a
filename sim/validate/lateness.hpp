// Departures by how far what was said of them is from when they were seen.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "validate/forecast.hpp"

namespace gatesim::validate {

/// From much too early to much too late, and at last those that do not leave at all in most replications.
inline constexpr std::size_t kLateClasses = 10;
inline constexpr std::size_t kNearClass = 4;  ///< within 30 minutes, as Scores::within_30min counts

/// "1 to 2 h too early", "within 30 min".
const std::string& late_class_name(std::size_t number);

/// How many of the stays that ended in `part` are in each class. What was seen is a stretch of time: what was said
/// within it is neither early nor late.
std::array<std::size_t, kLateClasses> late_classes(const Record& record, const Forecast& forecast, const Spans& part);

/// By how much it is outside of the time in which the stay was seen to leave; below 0 = too early; kNever = never.
Time late_by(const Stay& stay, Time said);

}  // namespace gatesim::validate
