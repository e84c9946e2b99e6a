// What became of the rows of the files that a scenario names: how many were read, used, and left out for which reason.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "study/study.hpp"

namespace gatesim {

/// Rows that were not used, for one reason.
struct LeftOut {
    std::string code;  ///< stays the same over versions: "before_start"
    double rows = 0;   ///< a mean over replications
    std::string text;  ///< "before the period begins"
};

struct FileRows {
    std::string name;
    double read = 0;
    std::vector<LeftOut> left_out;                 ///< all reasons there are, also those of no row
    std::string builds;                            ///< the table of builds that a replay takes; empty = it takes none
    double builds_recorded = 0, builds_drawn = 0;  ///< builds that went as it says, and others; means

    double used() const;
};

/// The load file's; nothing if the scenario has none.
std::optional<FileRows> load_file_rows(const Scenario& scenario, const std::vector<ReplicationRecord>& replications);

/// A few lines for a person, with their line ends: a file a line, and below it a line for each reason that left out a
/// row. `troubled`: only files of which a row was left out.
std::string file_rows_text(const std::vector<FileRows>& files, bool troubled);

}  // namespace gatesim
