// Which candidates are an author's own: they come again with a change, or a change brings them wherever it is tested.
#pragma once

#include <vector>

#include "correlate/candidates.hpp"

namespace gatesim::correlate {

Hits hits_of(const Runs& runs, const std::vector<std::uint32_t>& builds);

/// The candidates that are nobody's own, with their evidence; templates first.
std::vector<Candidate> without_authors(const Runs& runs, const std::vector<Feature>& features,
                                       const Candidates& candidates, const Rules& rules);

}  // namespace gatesim::correlate
