// Who waited in GitHub's queue, and how it ended: from timelines and polls where there are some, else from groups.
#pragma once

#include <vector>

#include "import/github_groups.hpp"

namespace gatesim::import::github {

struct Stay {
    std::uint64_t pull = 0;
    Texts::Id project = 0, branch = 0, author = 0;
    Moment enqueued = kNever;
    Moment left = kNever, left_lo = kNever, left_hi = kNever;
    Left outcome = Left::open;
    LeftFor cause = LeftFor::none;
    bool came_seen = false;            ///< `enqueued` was recorded; else its first group began then
    bool end_seen = false;             ///< a timeline says how it ended
    bool end_known = false;            ///< the queue was seen without it
    bool mergeable = false;            ///< the last poll that saw it said so
    bool jumps = false, solo = false;  ///< some poll that saw it said so
};

/// All stays, in the order of pull requests and time; notes in each group whose it was (Group::stay, members).
std::vector<Stay> stays_of(Rows& rows, Groups& groups, Intake& intake);

}  // namespace gatesim::import::github
