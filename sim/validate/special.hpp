// What the record tells of one stretch of time that is not so at other times.
#pragma once

#include <optional>
#include <vector>

#include "validate/residuals.hpp"

namespace gatesim::validate {

/// Figures of a stretch, each beside what is usual in its part of the time. Lengths are in seconds.
struct Special {
    std::size_t came = 0, left = 0, ejected = 0;
    double usual_came = 0, usual_left = 0;   ///< means of a stretch as long
    std::size_t late = 0, early = 0;         ///< of those that left: over two hours after, and before, what was said
    std::optional<double> test, usual_test;  ///< median length of the tests that ended there; nothing: not recorded
};

Special special_of(const Record& record, const Forecast& forecast, const Spans& part, const Slice& stretch);

}  // namespace gatesim::validate
