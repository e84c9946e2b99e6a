// What a style of build logs may say, for `describe` and `schema`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace gatesim {

/// What `describe log-style` says; empty for any other name.
std::string log_style_text(const std::string& name);

/// The JSON Schema (draft 7) of a style.
std::string log_style_schema();

}  // namespace gatesim
