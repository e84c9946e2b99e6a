// What theory says of cars that are tested on each other.
#pragma once

namespace gatesim::theory {

/// Chance that the change at `position` (from 1) lands when every run fails with chance `fails`, all start together,
/// all that are red leave, and those behind the first red one run again. (Benton's model: patience of nobody.)
double lands_where_any_red_leaves(double fails, int position);

/// Changes that leave for the fault of a broken one ahead of `followers`, when each leaves as soon as it is red and all
/// take independent times of about the same length: H(k+1) - 1. The culprit is the next to finish with chance 1/(k+1);
/// otherwise any of the others goes, and what stood behind that one starts too late to matter.
double innocents_behind_a_broken_car(int followers);

}  // namespace gatesim::theory
