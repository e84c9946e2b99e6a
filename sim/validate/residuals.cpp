#include "validate/residuals.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace gatesim::validate {

namespace {

std::vector<Slice> slices(const Record& record, const Forecast& forecast, const Spans& part,
                          const std::function<Time(Time)>& slice_of) {
    std::map<Time, Slice> found;
    const std::vector<double> queue = record.queue();
    for (std::size_t k = 0; k < record.instants.size(); ++k) {
        const Time instant = record.instants[k];
        if (!part.holds(instant)) continue;
        Slice& slice = found[slice_of(instant)];
        ++slice.instants;
        slice.said += forecast.queue[k];
        slice.seen += queue[k];
    }
    std::vector<Slice> out;
    for (auto& [from, slice] : found) {
        slice.from = from;
        slice.seen /= static_cast<double>(slice.instants);
        slice.said /= static_cast<double>(slice.instants);
        out.push_back(slice);
    }
    return out;
}

Time hour_of_day(Time moment) {
    return moment / kHour % 24 * kHour;
}

}  // namespace

std::vector<Slice> by_day(const Record& record, const Forecast& forecast, const Spans& part) {
    return slices(record, forecast, part,
                  [&](Time time) { return (record.origin + time) / kDay * kDay - record.origin; });
}

std::vector<Slice> by_hour(const Record& record, const Forecast& forecast, const Spans& part) {
    return slices(record, forecast, part, [&](Time time) { return hour_of_day(record.origin + time); });
}

std::vector<Slice> worst_stretches(const Record& record, const Forecast& forecast, const Spans& part,
                                   std::size_t most) {
    std::vector<Slice> out = slices(record, forecast, part, [](Time time) { return time / kStretch * kStretch; });
    std::stable_sort(out.begin(), out.end(), [](const Slice& a, const Slice& b) {
        return std::abs(a.said - a.seen) > std::abs(b.said - b.seen);
    });
    out.resize(std::min(out.size(), most));
    return out;
}

}  // namespace gatesim::validate
