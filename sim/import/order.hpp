// One order and one numbering for equal records, in whatever order they were read.
#pragma once

#include "import/records.hpp"

namespace gatesim::import {

/// Sorts stays and runs as records.hpp says, and numbers groups, states and bases by where they come first. What is
/// equal in all else is ordered by the numbers that its group and state had.
void put_in_order(Records& records);

/// Takes out the stays that `stays` is false for (a value a stay) and the runs that were for them, or that were for a
/// group of which nobody is left.
void keep_stays(Records& records, const std::vector<bool>& stays);

}  // namespace gatesim::import
