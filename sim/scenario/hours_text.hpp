// Hours of the week as people write them: "Mo-Fr 9-17 Europe/Berlin".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/weekly_hours.hpp"
#include "scenario/units.hpp"

namespace gatesim::units {

/// DAYS [TIMES] [ZONE], with one blank between them. Without times the days are whole, without a zone it is not stated.
/// Whether there is such a zone is not asked.
Reading<WeeklyHours> read_hours(std::string_view text);

/// "Mo-Fr", "Mo,We,Fr", "Fr-Mo": days from 0 = Monday on, each once. A day is written Mo, mon or Monday.
Reading<std::vector<int>> read_days(std::string_view text);

/// A time of day: "9", "9:00", "24:00", or a time since midnight ("9h30m").
Reading<Time> read_clock(std::string_view text);

/// From one time of day to another on the same day or, if that is not later, the next; 0 to 24 is the whole day.
WeeklyHours hours_on(const std::vector<int>& days, Time from, Time until);

/// The grammars, for the JSON Schema.
std::string hours_pattern();
std::string days_pattern();
std::string clock_pattern();

}  // namespace gatesim::units
