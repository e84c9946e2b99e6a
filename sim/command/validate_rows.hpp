// The figures of one part of the time as rows of texts, for the terminal and for the page.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "command/validate_report.hpp"

namespace gatesim {

struct ValidateRow {
    std::string what;
    bool detail = false;               ///< belongs to the row above it
    std::string kind;                  ///< input, fitted or predicted
    std::array<std::string, 4> cells;  ///< seen, model, constant stays, free stays; empty: it has none; "-": not said
};

/// Of training time, or of test time.
std::vector<ValidateRow> validate_rows(const ValidateReport& report, bool of_test);

/// Of all the time, as far as it was recorded: tests for each stay, builds, node hours.
std::vector<ValidateRow> whole_rows(const ValidateReport& report);

std::string percent(double share);  ///< "57 %"
std::string two_digits(double value);
std::string in_minutes(double seconds);  ///< "36 min", or "no end"
/// A length that stands for one without an end: some replication never lets the change go.
bool no_end(double seconds);

}  // namespace gatesim
