// Parts of validate's page that draw.
#pragma once

#include "command/validate_report.hpp"
#include "report/page.hpp"

namespace gatesim {

/// How early or late the model's departures are.
void add_departures(report::Page& page, const ValidateReport& report);
/// Where in the day and on which days the model's queue is too long or too short, and the worst stretches.
void add_residuals(report::Page& page, const ValidateReport& report);

}  // namespace gatesim
