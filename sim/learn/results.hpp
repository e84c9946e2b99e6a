// results.json: what came of a check, for programs.
#pragma once

#include <string>

#include "learn/checker.hpp"
#include "learn/texts.hpp"

namespace gatesim::learn {

/// The document, with its last line end. Messages are filled.
std::string results_json(const Lesson& lesson, const CheckOutcome& outcome, const Texts& texts);

}  // namespace gatesim::learn
