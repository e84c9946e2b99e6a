#include "validate/special.hpp"

#include <algorithm>

#include "validate/lateness.hpp"

namespace gatesim::validate {

namespace {

constexpr Time kFar = 2 * kHour;

/// Median length of the tests whose end is in that time.
template <class Where>
std::optional<double> median_test(const Record& record, const Where& where) {
    std::vector<double> lengths;
    for (const Test& test : record.tests)
        if (where.holds(test.to)) lengths.push_back(seconds(test.to - test.from));
    if (lengths.empty()) return std::nullopt;
    return quantile_of(std::move(lengths), 0.5);
}

}  // namespace

Special special_of(const Record& record, const Forecast& forecast, const Spans& part, const Slice& stretch) {
    Special out;
    const Span span{stretch.from, stretch.from + kStretch};
    double came = 0, left = 0, length = 0;
    for (std::size_t i = 0; i < record.stays.size(); ++i) {
        const Stay& stay = record.stays[i];
        out.came += span.holds(stay.enqueued) ? 1 : 0;
        came += part.holds(stay.enqueued) ? 1 : 0;
        if (!stay.gone()) continue;
        left += part.holds(stay.left()) ? 1 : 0;
        if (!span.holds(stay.left())) continue;
        ++out.left;
        out.ejected += stay.ejected ? 1 : 0;
        const Time late = late_by(stay, forecast.left[i]);
        out.late += late < -kFar ? 1 : 0;  // what was said is too early: it left later than that
        out.early += late > kFar ? 1 : 0;
    }
    for (const Span& one : part.list)
        length += static_cast<double>(std::max<Time>(0, std::min(one.to, record.length) - std::max<Time>(one.from, 0)));
    const double stretches = std::max(1.0, length / static_cast<double>(kStretch));
    out.usual_came = came / stretches;
    out.usual_left = left / stretches;
    out.test = median_test(record, span);
    out.usual_test = median_test(record, part);
    return out;
}

}  // namespace gatesim::validate
