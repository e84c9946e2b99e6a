// Objects of the field table that make up the load.
#pragma once

#include "scenario/field.hpp"

namespace gatesim::document {

const Object& footprint_object();

}  // namespace gatesim::document
