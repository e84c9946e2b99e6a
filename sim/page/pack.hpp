// A replay as little text as possible, for a page that is mailed. The browser unpacks it with what it has
// (DecompressionStream) and some lines of script (player/unpack.js).
//
// base64 of gzip of columns (columns.hpp), in the order of pack_layout.hpp, which is the one place that says what
// follows what:
//   * Times are whole ticks: a second where every time of the replay is one, else a millisecond, or a microsecond where
//     all lasts less than a minute. A time is cut to its tick, so order is kept, and at the end of a tick the unpacked
//     replay says the same as the packed one.
//   * All different ticks stand once, in order. Everywhere else a time is its rank in that list, from 1; 0 = never.
//   * Most ranks, and many pointers, are written as the difference to where they are most likely: the end of a stopped
//     build to the end of its attempt, the nodes' hand-back to the end of the build. Most differences are then 0.
//   * A pointer is its index + 1; 0 = none.
//   * An attempt's chain is a pointer to the attempt ahead, as in Replay.
#pragma once

#include <string>
#include <string_view>

#include "page/replay.hpp"

namespace gatesim::page {

/// How long a tick of this replay is.
Time tick_of(const Replay& replay);

/// The replay with all times cut to ticks: what comes out of unpack(pack(…)).
Replay in_ticks(Replay replay);

/// Every character of it is a base64 digit or "=".
std::string pack(const Replay& replay);

/// Throws std::runtime_error where `text` is not what pack writes.
Replay unpack(std::string_view text);

}  // namespace gatesim::page
