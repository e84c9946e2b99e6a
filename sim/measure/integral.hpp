// The area under a step function of simulated time, for averages over time.
#pragma once

#include <algorithm>

#include "model/time.hpp"

namespace gatesim {

/// Integrates a value that changes at instants, from `from` (what comes before is not counted) up to a limit (the
/// period's end; nor is what comes later). In units of value x microseconds.
class Integral {
public:
    explicit Integral(Time limit = kNever, Time from = 0) : limit_(limit), since_(from) {}

    /// The value from `at` on. Times must not go back.
    void set(Time at, double value) {
        advance(at);
        value_ = value;
    }
    void add(Time at, double difference) { set(at, value_ + difference); }
    double value() const { return value_; }

    /// The area from `from` to `at` (or the limit).
    double until(Time at) {
        advance(at);
        return area_;
    }

private:
    void advance(Time at) {
        const Time to = std::min(at, limit_);
        if (to > since_) {
            area_ += value_ * static_cast<double>(to - since_);
            since_ = to;
        }
    }

    Time limit_;
    Time since_;
    double value_ = 0;
    double area_ = 0;
};

}  // namespace gatesim
