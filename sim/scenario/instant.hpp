// Dates and times of the calendar people use: ISO 8601, with IANA time zones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scenario/units.hpp"

namespace gatesim::units {

/// Microseconds since 1970 (UTC) of "2013-06-24", "2013-06-24T09:30", "2013-06-24T09:30:15.5Z" or "…+02:00".
/// Without an offset the time is local in `zone` (an IANA name that `zone_problem` accepts); of a local time that
/// occurs twice the first is meant, one that is skipped means the moment of the skip.
Reading<std::int64_t> read_instant(std::string_view text, const std::string& zone);

/// Whether it is written like a date (so that a message can say what is wrong with it as a date).
bool looks_like_instant(std::string_view text);

/// Why `zone` is not a time zone known here; empty = it is.
std::string zone_problem(const std::string& zone);

/// The known zone nearest in spelling, or "".
std::string nearest_zone(const std::string& zone);

/// The grammar, for the JSON Schema.
extern const char* const kInstantPattern;

}  // namespace gatesim::units
