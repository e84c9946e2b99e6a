#include "measure/sample.hpp"

#include <algorithm>

#include "measure/ranks.hpp"

namespace gatesim {

std::optional<double> TimeSample::mean() const {
    if (values_.empty()) return std::nullopt;
    // Whole seconds and the rest apart: a sum of microseconds alone could leave the range that int64 holds.
    std::int64_t whole = 0;
    std::int64_t rest = 0;
    for (Time v : values_) {
        whole += v / kSecond;
        rest += v % kSecond;
    }
    return (static_cast<double>(whole) + seconds(rest)) / static_cast<double>(values_.size());
}

std::optional<double> TimeSample::percentile(int percent) {
    if (values_.empty()) return std::nullopt;
    if (!sorted_) {
        std::sort(values_.begin(), values_.end());
        sorted_ = true;
    }
    return seconds(nearest_rank(values_, percent));
}

}  // namespace gatesim
