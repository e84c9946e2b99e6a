// `extends`: a scenario that starts from another one.
#pragma once

#include <optional>
#include <string>

#include "scenario/errors.hpp"
#include "scenario/node.hpp"
#include "scenario/source.hpp"

namespace gatesim::document {

/// Replaces `document` by its base with the document merged into it, as long as there is a base. The base is a file
/// relative to the folder in which the document stands, or a scenario next to that folder or in it. `path` is the
/// document's own file (empty for text without a file). False when there was an error.
bool resolve_extends(Node& document, const std::string& path, Sources& sources, Errors& errors);

}  // namespace gatesim::document
