// Records of which only uploads and landings are known: the history of a branch, say.
#pragma once

#include <optional>

#include "import/records.hpp"
#include "infer/figure.hpp"
#include "infer/training.hpp"

namespace gatesim::infer {

/// Whether nobody recorded when some stay began.
bool lacks_enqueues(const import::Records& records);

/// How long a change takes through the gate when nothing stands in its way, in seconds: half of the 1st percentile of
/// the times from upload to landing, since the fastest were tested twice (check, and gate) and approved at once. Of
/// what landed in the span, if one is given.
Value fastest_gate(const import::Records& records, const std::optional<Span>& span);

/// Lets every stay whose beginning nobody recorded begin that long before it ended.
void assume_enqueues(import::Records& records, Time gate);

}  // namespace gatesim::infer
