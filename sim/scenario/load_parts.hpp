// The parts of `load`.
#pragma once

#include "scenario/field.hpp"

namespace gatesim::document {

/// Changes listed one by one, and what happens to them.
const Object& changes_object();
const Object& event_object();
const Object& footprint_object();

Shape pipeline_name();

}  // namespace gatesim::document
