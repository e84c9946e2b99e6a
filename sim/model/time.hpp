// Time in the simulated world: a whole number of microseconds since the scenario's start.
//
// Integers make equal instants equal. Every quantity that reaches the calendar has been rounded here, once, so
// that two engines, two build types and two machines agree on which events coincide.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace gatesim {

/// A point in simulated time or a length of it, in microseconds. Negative lengths are never scheduled.
using Time = std::int64_t;

inline constexpr Time kMicrosecond = 1;
inline constexpr Time kSecond = 1'000'000;
inline constexpr Time kMinute = 60 * kSecond;
inline constexpr Time kHour = 60 * kMinute;
inline constexpr Time kDay = 24 * kHour;
inline constexpr Time kWeek = 7 * kDay;

/// Later than everything: "does not happen". Never add to it.
inline constexpr Time kNever = std::numeric_limits<Time>::max();

/// The longest time a scenario may name (about 1,000 years); sums of a few of them still fit.
inline constexpr Time kLongest = 1000 * 365 * kDay;

/// Seconds as a double, for printing and statistics only; exact below 2^53 microseconds (285 years).
constexpr double seconds(Time time) {
    return static_cast<double>(time) / 1e6;
}

/// The nearest microsecond; halves go to the even neighbour, whatever the build type. Values beyond kLongest
/// are cut to it, negative ones and NaN to zero, so that no draw can produce an impossible date.
inline Time from_seconds(double s) {
    if (!(s > 0)) return 0;
    const double micros = s * 1e6;
    if (micros >= static_cast<double>(kLongest)) return kLongest;
    return static_cast<Time>(std::nearbyint(micros));
}

}  // namespace gatesim
