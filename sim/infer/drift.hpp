// Whether lengths depend on when they were measured.
#pragma once

#include <vector>

#include "infer/figure.hpp"
#include "infer/training.hpp"

namespace gatesim::infer {

/// A length and when it began.
struct Timed {
    Moment at = 0;
    double log_length = 0;
};

/// The lengths of one stretch of time over those of all.
struct Stretch {
    Moment from = 0;
    double scale = 1;  ///< shrunk towards 1 as far as chance explains the difference
    std::size_t n = 0;
};

struct Drift {
    /// Share of the variance of log lengths that lies between stretches (random effects, one way). The interval is
    /// exact for stretches of one size.
    Value between;
    std::vector<Stretch> stretches;  ///< of those with five lengths and more; in order of time
    /// Of the stretch that began last by then; 1 before the first.
    double scale_at(Moment t) const;
    bool drifts() const { return between.value > 0.25 && between.low.value_or(0) > 0; }
};

/// By stretches of that length, counted from 1970: kDay, or six hours. Fewer than three stretches with five lengths:
/// nothing is known, `between` is 0 of 0.
Drift drift_of(const std::vector<Timed>& lengths, Time stretch);

}  // namespace gatesim::infer
