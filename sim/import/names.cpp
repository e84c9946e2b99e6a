// Words of the two tables, and what their columns mean.
#include <iterator>

#include "import/tables.hpp"
#include "load/entry_row.hpp"
#include "load/run_row.hpp"

namespace gatesim::import {


std::span<const LoadColumn> run_columns() {
    return gatesim::run_columns();
}

std::span<const OwnTable> own_tables() {
    static const OwnTable kTables[] = {
        {kEntriesFile, "One stay of one change in a queue, in the order in which they came", entry_columns()},
        {kRunsFile, "One execution of one job, in the order in which they were asked for", run_columns()}};
    return kTables;
}

const char* left_name(Left left) {
    static constexpr const char* kNames[] = {"open", "landed", "ejected", "withdrawn"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(Left::withdrawn) + 1);
    return kNames[static_cast<std::size_t>(left)];
}

const char* left_for_name(LeftFor cause) {
    static constexpr const char* kNames[] = {"", "failure", "conflict", "timeout", "manual", "unknown"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(LeftFor::unknown) + 1);
    return kNames[static_cast<std::size_t>(cause)];
}

const char* run_result_name(RunResult result) {
    static constexpr const char* kNames[] = {"success",    "failure", "timeout",   "cancelled",
                                             "superseded", "skipped", "no_result", "unfinished"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(RunResult::unfinished) + 1);
    return kNames[static_cast<std::size_t>(result)];
}

}  // namespace gatesim::import
