// The averages of a step function over equal slices of the period, for what looks at how a value develops: warm-up,
// overload.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// Into how many slices a period is cut: a hundred batches of five (MSER-5).
inline constexpr std::size_t kSlices = 500;

/// Follows a value that changes at instants. Flat memory; keeps nothing if the period has no length.
class SliceMeans {
public:
    explicit SliceMeans(Time period)
        : slice_(slice_of(period)), areas_(slice_ == 0 ? 0 : kSlices, 0.0), end_(slice_ * static_cast<Time>(kSlices)) {}

    /// The length of one slice, rounded down (the last microseconds of the period belong to none); 0 without a length.
    static Time slice_of(Time period) { return period == kNever ? 0 : period / static_cast<Time>(kSlices); }

    /// From `at` on the value is larger by `difference`. Times must not go back.
    void add(Time at, double difference) {
        spread(areas_, at);
        since_ = std::max(since_, std::min(at, end_));
        value_ += difference;
    }

    /// The averages, if nothing changes any more until `now`; after `now` they count as 0.
    std::vector<double> means(Time now) const {
        std::vector<double> out = areas_;
        spread(out, now);
        for (double& area : out) area /= static_cast<double>(slice_);
        return out;
    }

private:
    /// Adds the area between the last change and `at`.
    void spread(std::vector<double>& areas, Time at) const {
        const Time to = std::min(at, end_);
        for (Time from = since_; from < to;) {
            const Time next = std::min(to, (from / slice_ + 1) * slice_);
            areas[static_cast<std::size_t>(from / slice_)] += value_ * static_cast<double>(next - from);
            from = next;
        }
    }

    Time slice_;
    std::vector<double> areas_;
    Time end_;
    Time since_ = 0;
    double value_ = 0;
};

}  // namespace gatesim
