// Goal and yours on the page of a lesson, as the last check found them.
#pragma once

#include <string>

namespace gatesim {

/// The page with a section at its beginning that has every goal of results.json beside what was reached. The page as it
/// is where there was no check yet, or none with a goal.
std::string with_goals(std::string page, const std::string& results);

}  // namespace gatesim
