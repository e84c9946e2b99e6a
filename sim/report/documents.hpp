// The JSON documents of a folder, read back.
#pragma once

#include <string>

#include "report/folder.hpp"

namespace gatesim::report {

/// Fills `out` from summary.json, compare.json, sweep.json or calibrate.json, by out.kind. Empty, or what is wrong.
std::string read_document(const std::string& text, StudyFolder& out);

/// Pools and notes of a resolved scenario. What cannot be read is left out.
void read_scenario(const std::string& text, StudyFolder& out);

}  // namespace gatesim::report
