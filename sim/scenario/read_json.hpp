// JSON text -> Node, with positions and limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "scenario/errors.hpp"
#include "scenario/node.hpp"

namespace gatesim::document {

/// Deeper nesting is refused.
inline constexpr std::size_t kDeepest = 64;

/// More values than this in one document are refused: a load that large belongs in a load file.
inline constexpr std::size_t kMostValues = 1'000'000;

/// Reads one document. Comments (`//` and `/* */`) are allowed, trailing commas are not; a key may stand once in its
/// object. A syntax error ends the reading; nothing is given when there was any error. `source` names the text in
/// positions.
std::optional<Node> read_json(std::string_view text, std::uint32_t source, Errors& errors);

/// Offset of the first byte that is not UTF-8, or that is a NUL; npos if there is none.
std::size_t first_bad_byte(std::string_view text);

/// Whether there is none.
inline bool is_utf8(std::string_view text) {
    return first_bad_byte(text) == std::string_view::npos;
}

}  // namespace gatesim::document
