// What every forge's records must be before they are written: so that what is written can be read.
#pragma once

#include "import/importer.hpp"

namespace gatesim::import {

/// By how much clocks of two machines may differ. What is more than that out of order is wrong.
inline constexpr Time kClockSkew = 5 * kSecond;

/// Moves times that are a little before what they must follow (and counts them as repaired), drops stays and runs whose
/// times cannot be, and forgets bounds that say nothing. All times are from 1970 to 9999 after it, ends are not before
/// beginnings, and every stay has a beginning.
void make_consistent(Records& records, Intake& intake);

}  // namespace gatesim::import
