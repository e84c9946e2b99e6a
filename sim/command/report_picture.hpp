// One picture of a page, as a file of its own.
#pragma once

#include <optional>
#include <string>

namespace gatesim {

/// The picture of the figure with that id, as wide as a page, with its style. Nothing if the page has no such figure.
std::optional<std::string> picture_in(const std::string& page, const std::string& id);

/// The ids of a page's figures, for a sentence: "lead, queue and nodes".
std::string pictures_of(const std::string& page);

}  // namespace gatesim
