// A document against the field table: keys, types, units, ranges.
#pragma once

#include "scenario/errors.hpp"
#include "scenario/field.hpp"

namespace gatesim::document {

/// Adds an error for everything in `value` that `shapes` do not allow. What passes can be decoded without looking
/// again.
void check(const View& value, const Shapes& shapes, Errors& errors);

/// The shape of `shapes` that takes a value of the node's JSON type; nullptr if none does.
const Shape* fitting(const Shapes& shapes, const Node& node);

}  // namespace gatesim::document
