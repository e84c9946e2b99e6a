// Which files the scenarios of this process were read from.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// The files of all scenarios that were loaded so far: what they were read from, and what they name. A command must not
/// write where it reads.
const std::vector<std::string>& files_read();

}  // namespace gatesim
