// The tables of a comparison: what a report needs to draw its arms over time, and to replay them.
#pragma once

#include <string>
#include <vector>

#include "study/grid.hpp"

namespace gatesim {

/// Runs replication 1 of every arm once more, with the luck of the comparison, and keeps its tables in a folder of its
/// own below `directory` (report::arm_folder). An interrupt leaves out what is not done. Empty, or what went wrong.
std::string keep_tables_of_arms(const std::vector<Arm>& arms, const GridOptions& options, const std::string& directory);

}  // namespace gatesim
