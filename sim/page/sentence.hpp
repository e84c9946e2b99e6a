// Sentences with gaps: one for all rows that differ only by names.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "page/replay.hpp"

namespace gatesim::page {

/// What fills the gaps, in their order: the change behind it, the own change, job, pool, semaphore. Empty = none.
using Fillings = std::array<std::string_view, 5>;

/// The sentence with a gap wherever one of the names stands as a whole word.
std::string with_gaps(std::string_view sentence, const Fillings& names);

/// The other way round.
std::string filled(std::string_view sentence, const Fillings& names);

}  // namespace gatesim::page
