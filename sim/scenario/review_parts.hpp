// The parts of `load.people.review`, and what other people of a scenario share with reviewers: zones.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/review.hpp"
#include "scenario/decode.hpp"
#include "scenario/field.hpp"
#include "scenario/hours_form.hpp"

namespace gatesim::document {

// Tables.
const Object& review_object();
const Object& zones_object();  ///< {"Europe/Berlin": 3, "UTC": 1}

// Values that the check has passed.
ReviewLoad decode_review(Context& context, const View& view);
/// Reports zones that are not known, and weights that are all 0.
std::vector<std::pair<std::string, double>> decode_zones(Context& context, const View& view);
/// {"nova": 3}; reports projects that are not known, and weights that are all 0.
std::vector<std::pair<ProjectId, double>> decode_project_weights(Context& context, const View& view);

}  // namespace gatesim::document
