// Where an axis has its marks, and what stands there: round values, for numbers, lengths of time and dates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gatesim::picture {

struct Tick {
    double at;
    std::string label;
};

/// What the values of an axis are. Lengths are in seconds ("10 min", "1 h 30", "2 d"); dates are seconds since the
/// start of the axis.
enum class Kind { number, duration, date };

/// Ticks within [low, high], about `wanted` of them and 12 at most; none where the axis is wider than a double can say.
/// Steps are 1, 2 or 5 times a power of ten. Empty if low or high is not finite or low > high.
std::vector<Tick> number_ticks(double low, double high, int wanted);

/// Powers of ten, with 2 and 5 between them where there are few. Both ends must be above zero.
std::vector<Tick> log_ticks(double low, double high, int wanted);

/// Steps that people count time in: 1, 2, 5, 10, 15, 30 s and min, 1, 2, 3, 6, 12 h, 1, 2, 7, 14 d, …
std::vector<Tick> duration_ticks(double low, double high, int wanted);

/// As log_ticks, for lengths of time: 1 s, 10 s, 1 min, 10 min, 1 h, 6 h, 1 d, 7 d …
std::vector<Tick> log_duration_ticks(double low, double high);

/// Full hours, midnights, Mondays, firsts of a month or a year (UTC). `start_unix` is the date of 0.
std::vector<Tick> date_ticks(double low, double high, std::int64_t start_unix, int wanted);

/// "1,250", "0.05", "1e+20": short, with the digits that a step of that size needs.
std::string number_label(double value, double step);
/// "45 s", "10 min", "1 h 30", "2 d", "1 d 6 h".
std::string duration_label(double seconds);

}  // namespace gatesim::picture
