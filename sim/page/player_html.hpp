// The replay as part of a page: what to watch, and the player that shows it.
#pragma once

#include <span>
#include <string>

#include "page/replay.hpp"

namespace gatesim::page {

/// What the head of a page with a player must say: nothing comes from outside, and nothing goes there.
inline constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/// A section with a heading, the packed replays, style and script; to put once into a page, anywhere in its body. One
/// replay, or several gates with the same changes and the same luck, shown one below the other with one cursor; their
/// titles tell them apart. Without scripts, it says what would be here.
std::string player_html(std::span<const Replay> gates);

/// The same as a page of its own.
std::string player_page(const std::string& title, std::span<const Replay> gates);

}  // namespace gatesim::page
