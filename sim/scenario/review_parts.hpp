// The parts of `load.people.review`, and what other people of a scenario share with reviewers: hours and zones.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/review.hpp"
#include "scenario/decode.hpp"
#include "scenario/field.hpp"

namespace gatesim::document {

// Tables.
const Object& review_object();
const Object& hours_object();  ///< {"from": "9h", "until": "17h", "days": ["mon"]}
const Object& zones_object();  ///< {"Europe/Berlin": 3, "UTC": 1}

/// The shapes of a key for working hours: "always", or hours_object().
Shapes hours_shapes();

// Values that the check has passed.
ReviewLoad decode_review(Context& context, const View& view);
WeeklyHours decode_hours(Context& context, const View& view);
/// Reports zones that are not known, and weights that are all 0.
std::vector<std::pair<std::string, double>> decode_zones(Context& context, const View& view);
/// {"nova": 3}; reports projects that are not known, and weights that are all 0.
std::vector<std::pair<ProjectId, double>> decode_project_weights(Context& context, const View& view);

}  // namespace gatesim::document
