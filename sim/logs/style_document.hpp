// From the text of a style to a style.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logs/style.hpp"

namespace gatesim::logs {

/// `base` says what holds for keys that the text does not state.
std::optional<Style> style_of(std::string_view text, const std::string& name, Style base,
                              std::vector<Diagnostic>& diagnostics);

}  // namespace gatesim::logs
