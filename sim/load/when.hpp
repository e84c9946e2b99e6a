// Points in real time as people write them: ISO 8601 or Unix seconds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/time.hpp"

namespace gatesim {

/// Microseconds since 1970-01-01 UTC of "2013-06-24T04:57:13Z", "2013-06-24 06:57+02:00", "2013-06-24" or
/// "1372049833.25". Without a zone it is UTC. Years 1970 to 9999. On failure nothing, and `why` says what is wrong and
/// what is allowed.
std::optional<Time> parse_when(std::string_view text, std::string& why);

/// The other way round: "2013-06-24T04:57:13Z", with a fraction only where there is one.
std::string format_when(Time since_1970);

}  // namespace gatesim
