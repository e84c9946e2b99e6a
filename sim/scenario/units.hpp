// Quantities as people write them: "45m", "2%", "83/day", "0.12 USD/h", "80 MiB".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/arrival_load.hpp"
#include "model/time.hpp"

namespace gatesim::units {

/// A value, or a clause that says why the text is none ("it has no unit").
template <class T>
struct Reading {
    std::optional<T> value;
    std::string problem;
};

/// A length of time: one or more numbers with us, ms, s, m, h, d or w: "45m", "1.5h", "1h30m", "0s". Not negative.
Reading<Time> read_time(std::string_view text);

/// A share as a fraction: "2%" is 0.02. Not negative; may be above 100%.
Reading<double> read_share(std::string_view text);

/// A rate in events a second: "300/h", "83/day". "40/weekday" is 40 on each of five days a week, spread over all seven.
Reading<double> read_rate(std::string_view text);

/// By what unit a rate that can be read is stated (minutes and seconds count as hours).
RatePer rate_per(std::string_view text);

/// A price in USD an hour: "0.12 USD/h", "3 USD/day".
Reading<double> read_price(std::string_view text);

/// A size in bytes: "80 MiB" (B KiB MiB GiB TiB, and kB MB GB TB by thousands).
Reading<double> read_size(std::string_view text);

/// What the text is, if it is a quantity: "a time", "a share", "a rate", "a price", "a size", "a bare number"; else "".
std::string_view what_is(std::string_view text);

/// A time as a person would write it: "1h30m", "45s", "1.5s", "250us".
std::string print_time(Time time);

/// The same grammars as regular expressions, for the JSON Schema.
extern const char* const kTimePattern;
extern const char* const kSharePattern;
extern const char* const kRatePattern;
extern const char* const kPricePattern;

}  // namespace gatesim::units
