// The parts of `load` that list changes one by one.
#pragma once

#include "scenario/field.hpp"

namespace gatesim::document {

const Object& changes_object();
const Object& event_object();

Shape pipeline_name();

}  // namespace gatesim::document
