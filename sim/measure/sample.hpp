// Single measurements of one replication, and the statistics asked of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// Times measured one by one. Percentiles are exact: the smallest measured value that at least the stated share of all
/// values does not exceed (nearest rank).
class TimeSample {
public:
    void add(Time value) {
        values_.push_back(value);
        sorted_ = false;
    }
    std::size_t size() const { return values_.size(); }

    /// How many are longer than this.
    std::size_t over(Time limit) const {
        return static_cast<std::size_t>(
            std::count_if(values_.begin(), values_.end(), [limit](Time value) { return value > limit; }));
    }

    /// Seconds; nothing if there are no values.
    std::optional<double> mean() const;
    /// `percent` in (0, 100]. Seconds.
    std::optional<double> percentile(int percent);

private:
    std::vector<Time> values_;
    bool sorted_ = true;
};

}  // namespace gatesim
