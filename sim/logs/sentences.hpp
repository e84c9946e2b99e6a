// Texts with gaps: made up, and filled in.
#pragma once

#include <string>
#include <vector>

#include "logs/keyed.hpp"
#include "logs/style.hpp"
#include "model/time.hpp"

namespace gatesim::logs {

/// A sentence with gaps: what things do, or what trouble they have.
std::string made_up(const Style& style, Keyed& luck, bool trouble);

/// A trace with that end, its frames with names of their own.
std::string made_up_trace(const Style& style, Keyed& luck, const std::string& message);

/// What a build fills gaps with.
struct Facts {
    std::string node, region, job, change;
    std::uint64_t own = 0;  ///< whose names {own} are
};

/// Fills {n}, {word} … of a text. Other braces stay.
std::string filled(const std::string& text, const Style& style, const Facts& facts, Keyed& luck);

/// `when` is microseconds since 1970, `since` since the build's start.
void add_time(std::string& to, const std::string& pattern, Time when, Time since);

}  // namespace gatesim::logs
