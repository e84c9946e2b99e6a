// The two curves of validate, as a picture of its own and as one of the page.
#pragma once

#include "command/validate_report.hpp"
#include "picture/panels.hpp"

namespace gatesim {

/// What the two trivial models are called in pictures and tables.
inline constexpr const char* kConstantName = "A: equal stays";
inline constexpr const char* kFreeName = "B: M/G/inf";

/// The better of them in test time.
const char* trivial_name(const ValidateReport& report);

/// Dates, of seconds since the start.
picture::Axis date_axis(const ValidateReport& report);

/// The queue as it was seen, the model's median with its band, and the better trivial model; training time is shaded.
/// Of a long record means over hours or days.
picture::Lines queue_lines(const ValidateReport& report, const picture::About& about);
/// The same in words.
std::string queue_words(const ValidateReport& report);

}  // namespace gatesim
