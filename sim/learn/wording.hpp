// Goals, measurements and distances in words.
#pragma once

#include <string>

#include "learn/checker.hpp"
#include "measure/interval.hpp"

namespace gatesim::learn {

/// Fills `goal`, `yours`, `distance` and the numbers of a finding from what was measured.
void put_into_words(const Check& check, const Series& measure, const Series& goal, Finding& finding);

/// Takes the goal out of a finding that did not pass: what is left is the direction, and how far it is in round words.
void hide_goal(Finding& finding);

/// "2.5 h", "5 %", "12": a number of that unit, three digits.
std::string amount_text(double value, const std::string& unit);

/// "2.5 h ± 0.1", "6.1 ± 0.8".
std::string estimate_text(const Estimate& estimate, const std::string& unit);

}  // namespace gatesim::learn
