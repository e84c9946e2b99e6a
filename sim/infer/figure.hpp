// What is estimated, and how sure it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gatesim::infer {

/// A number with its 95 % interval. An end that is not there cannot be had from the data: it may be any number.
struct Value {
    double value = 0;
    std::optional<double> low, high;
    std::size_t n = 0;  ///< observations that it rests on
};

/// A line of notes.md and of the table: what was estimated, from how much, how.
struct Figure {
    std::string name;  ///< "jobs/unit/flake"
    std::string unit;  ///< "s", "share", "per h"; empty: a count or a factor
    Value value;
    std::string method;    ///< a few words
    std::string dropped;   ///< what was left out and why; empty: nothing
    bool guessed = false;  ///< not from data: it stands in the list of guesses as well
};

}  // namespace gatesim::infer
