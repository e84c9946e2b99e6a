// The parts of `load`.
#pragma once

#include "scenario/field.hpp"

namespace gatesim::document {

/// Changes listed one by one, and what happens to them.
const Object& changes_object();
const Object& event_object();
const Object& footprint_object();

const Object& arrival_kinds_object();

Shape pipeline_name();
Shape job_names();

}  // namespace gatesim::document
