// A value of the scenario that may be another one from some time of the run on (the timeline).
#pragma once

#include <algorithm>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// Holds from a time on, up to the next step.
template <class T>
struct Step {
    Time from = 0;
    T value{};
};

/// `first`, then each step from its time on. Steps are in order of time; of two with one time the later counts.
template <class T>
struct Varying {
    T first{};
    std::vector<Step<T>> steps;

    Varying() = default;
    Varying(T value) : first(value) {}  // a plain value is one that never changes

    T at(Time time) const {
        T value = first;
        for (const Step<T>& step : steps) {
            if (step.from > time) break;
            value = step.value;
        }
        return value;
    }

    /// The largest it ever is.
    T highest() const {
        T most = first;
        for (const Step<T>& step : steps) most = std::max(most, step.value);
        return most;
    }

    bool varies() const { return !steps.empty(); }
};

}  // namespace gatesim
