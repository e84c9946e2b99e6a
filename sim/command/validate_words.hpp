// Sentences about what validate found.
#pragma once

#include <string>
#include <vector>

#include "command/validate_report.hpp"

namespace gatesim {

/// The verdict with its figures, and why it is no better one.
std::string verdict_words(const ValidateReport& report);

/// What the record tells of a stretch: "9 of the 13 that left did so more than 2 h after the model's time". At least
/// one sentence.
std::string special_words(const validate::Special& special, const validate::Slice& slice);

/// What the two tables do not say, and what follows from that; a sentence each.
std::vector<std::string> unrecorded_words(const ValidateReport& report);

/// "2025-10-28T00:00:00Z".
std::string moment_words(const ValidateReport& report, Time since_start);

/// The first stretches of it: "2025-10-28T00:00:00Z to 2025-10-31T00:00:00Z".
std::vector<std::string> span_words(const ValidateReport& report, const validate::Spans& spans);

}  // namespace gatesim
