// report.html beside the other files of a folder.
#pragma once

#include <string>

#include "command/option.hpp"
#include "report/folder.hpp"

namespace gatesim {

/// The name of the page in a folder of ours.
inline constexpr const char* kReportFile = "report.html";

/// The replay of the runs that the page shows, as HTML; empty where their tables are not there, or hold more than a
/// page can carry.
std::string player_of(const report::StudyFolder& folder);

/// --report.
Option report_option();
/// --replay, of a comparison; and the arms that it names.
Option replay_option();
std::vector<std::string> replays_in(const Arguments& arguments);

/// Makes the page of `directory` from the files in it, of a comparison with the replays of the arms named, and writes
/// it there. Prints where it is, unless `quiet`. Empty, or what went wrong.
std::string write_report(const std::string& directory, bool quiet, const std::vector<std::string>& replays = {});

}  // namespace gatesim
