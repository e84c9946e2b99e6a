// Days and hours of UTC, for times since a start.
#pragma once

#include <cstdint>

#include "model/time.hpp"

namespace gatesim {

struct UtcClock {
    std::int64_t start_unix = 0;

    std::int64_t unix_of(Time at) const {
        const Time rest = at % kSecond;
        return start_unix + (at - rest) / kSecond - (rest < 0 ? 1 : 0);
    }
    /// Days since 1 January 1970.
    std::int64_t day(Time at) const {
        const std::int64_t t = unix_of(at);
        return (t - ((t % 86400) + 86400) % 86400) / 86400;
    }
    /// Monday = 0; 1 January 1970 was a Thursday.
    static int weekday(std::int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }
    int hour(Time at) const { return static_cast<int>((unix_of(at) - day(at) * 86400) / 3600); }
};

}  // namespace gatesim
