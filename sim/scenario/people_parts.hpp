// The parts of `load.people`.
#pragma once

#include <memory>

#include "model/people.hpp"
#include "scenario/decode.hpp"
#include "scenario/field.hpp"

namespace gatesim::document {

const Object& people_object();
const Object& written_kinds_object();
/// Sizes of changes: {p50, p95}.
const Object& lines_object();
const Object& new_changes_object();
const Object& rework_object();
const Object& after_check_object();
const Object& after_gate_object();

/// Reads a checked `load.people`; all else that the scenario names must be known already.
std::shared_ptr<const PeopleLoad> decode_people(Context& context, const View& view);

}  // namespace gatesim::document
