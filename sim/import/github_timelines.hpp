// Whose timelines are, where they do not say so.
#pragma once

#include "import/github_groups.hpp"
#include "import/github_rows.hpp"

namespace gatesim::import::github {

inline constexpr std::uint64_t kNoNumber = 1ull << 62;  ///< pull requests from here on have no number

/// Gives a pull request to every event of Rows::events that has none. What was merged says whose its timeline is, if it
/// is the head of a group; else it is somebody's: kNoNumber + 1, 2 … in the order of their first events. Pages of one
/// timeline that share an event are one, and so is what came twice, with or without ids.
void find_pulls(Rows& rows, const Groups& groups);

}  // namespace gatesim::import::github
