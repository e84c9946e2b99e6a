// Builds that a CI service recorded, as a stream of passed and failed. The records are not part of the project.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gatesim {

/// Where recorded data are looked for: the folder that GATESIM_DATA names, else ../shared/data beside the current one.
std::string data_folder();

/// By project, in the order of the study that they come from: 1 = passed, 0 = failed, errored or canceled.
using RecordedBuilds = std::map<std::string, std::vector<char>>;

/// Reads a table of builds with the columns project, status and package_row (the place of the build among those of its
/// project, from 0, none left out), in any order of rows, compressed by gzip. Nothing, and why in `trouble`, if it is
/// not there or is not such a table.
RecordedBuilds read_recorded_builds(const std::string& path, std::string& trouble);

}  // namespace gatesim
