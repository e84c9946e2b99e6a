// From GitHub's rows to records.
#pragma once

#include "import/github_rows.hpp"

namespace gatesim::import::github {

/// Rows were folded. Empties them. Counts what is used and what is dropped.
void fill_records(Rows& rows, Records& records, Intake& intake);

}  // namespace gatesim::import::github
