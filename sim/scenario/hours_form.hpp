// Hours of the week, in one form wherever they stand: the table, and the values.
#pragma once

#include <string>
#include <vector>

#include "model/weekly_hours.hpp"
#include "scenario/decode.hpp"
#include "scenario/field.hpp"

namespace gatesim::document {

/// {"from": "9:00", "until": "17:00", "days": "Mo-Fr", "zone": "Europe/Berlin"}
const Object& hours_object();

/// The shapes of a key for hours: a text like "Mo-Fr 9-17 Europe/Berlin" or one of the words, an hours_object(), or a
/// list of these. The words are for the holder of the key to know; "always" means day and night everywhere.
Shapes hours_shapes(std::vector<std::string> words = {"always"});

/// Reads a value that the check has passed; a word is day and night. Reports an unknown zone, several zones in one
/// list, and hours that are none.
WeeklyHours decode_hours(Context& context, const View& view);

}  // namespace gatesim::document
