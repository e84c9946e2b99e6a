// Where a forecast of the queue is wrong: by day, by hour of the day, and its worst stretches.
#pragma once

#include <vector>

#include "validate/forecast.hpp"

namespace gatesim::validate {

/// Means over the instants of one slice of time.
struct Slice {
    Time from = 0;  ///< of a day or a stretch: from the period's start; of an hour: of the day (UTC)
    std::size_t instants = 0;
    double seen = 0, said = 0;
};

std::vector<Slice> by_day(const Record& record, const Forecast& forecast, const Spans& part);
std::vector<Slice> by_hour(const Record& record, const Forecast& forecast, const Spans& part);
/// The stretches of three hours with the largest distance between what was seen and what was said, worst first.
std::vector<Slice> worst_stretches(const Record& record, const Forecast& forecast, const Spans& part,
                                   std::size_t most = 5);

inline constexpr Time kStretch = 3 * kHour;

}  // namespace gatesim::validate
