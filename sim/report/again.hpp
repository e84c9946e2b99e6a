// The commands that give a gate of a study the tables that a page with a replay needs.
#pragma once

#include <string>
#include <vector>

#include "report/folder.hpp"

namespace gatesim::report {

/// A `gatesim run` for each of those arms, with the same luck as its first replication in the study, and the
/// `gatesim report` that shows them side by side: lines to be copied. From the line that repeats the study (`again`);
/// none where the folder does not have it.
std::vector<std::string> runs_of(const StudyFolder& folder, const std::vector<std::size_t>& arms);

/// The line that makes the page of a comparison with those arms in a replay. It runs nothing again where the folder
/// keeps their tables.
std::vector<std::string> replay_of(const StudyFolder& folder, const std::vector<std::size_t>& arms);

}  // namespace gatesim::report
