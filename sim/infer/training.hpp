// What an estimate may see: what was known by the end of the training time, and nothing later.
#pragma once

#include "import/records.hpp"

namespace gatesim::infer {

using import::Moment;

struct Span {
    Moment from = kNever;
    Moment to = kNever;
    bool has(Moment t) const { return t != kNever && from <= t && t < to; }
    double hours() const { return seconds(to - from) / 3600; }
};

/// From the first instant that the records know completely to the last that they name. Where a queue was polled that
/// is the first poll: of what came and left before it nothing is known.
Span whole_span(const import::Records& records);

/// Leaves what belongs to the span: stays that came in it or still waited when it began, runs that began in it. What
/// happened after its end has not happened yet: a stay is open, a run unfinished. Runs point to the stays that are
/// left, or to none.
void keep_training(import::Records& records, const Span& span);

}  // namespace gatesim::infer
