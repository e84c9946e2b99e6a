// The reference answers of a lesson, measured anew for another organisation.
#pragma once

#include <map>
#include <string>

#include "learn/checker.hpp"

namespace gatesim::learn {

/// Predictions and facts in solution/work.json are right for the lesson's own scenario. For another organisation what
/// is right is taken from a check of the solution: the goal that a prediction is held against, the answer of a
/// question. Wrong answers differ from the solution in what is wrong with them, so what they share with it changes,
/// too. Gives the files that change, by their path in the lesson's folder.
std::map<std::string, std::string> answers_for(const Lesson& lesson, const CheckOutcome& solved);

}  // namespace gatesim::learn
