// report.html beside the other files of a folder.
#pragma once

#include <string>

#include "command/option.hpp"

namespace gatesim {

/// The name of the page in a folder of ours.
inline constexpr const char* kReportFile = "report.html";

/// --report.
Option report_option();

/// Makes the page of `directory` from the files in it and writes it there. Prints where it is, unless `quiet`. Empty,
/// or what went wrong.
std::string write_report(const std::string& directory, bool quiet);

}  // namespace gatesim
