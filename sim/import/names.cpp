// Words of the two tables, and what their columns mean.
#include <iterator>

#include "import/tables.hpp"
#include "load/entry_row.hpp"

namespace gatesim::import {

namespace {

constexpr LoadColumn kRunColumns[] = {
    {"entry", false, "The stay that it ran for (entries.csv); of a group the last of its members. Empty: none."},
    {"group", false,
     "Number of the test that it was part of: all runs for one state that belong together. Empty: none."},
    {"base", false, "What it was tested on, as a name without meaning. Empty: unknown."},
    {"members", false,
     "The stays that were tested together, front first, with a blank between two. Empty: `entry` alone."},
    {"state", false, "Number of what was tested: equal numbers, equal code. Empty: unknown."},
    {"job", true, "Name of the job."},
    {"attempt", false, "Which execution of this job for this group, from 1. Empty: 1."},
    {"created", false, "When it was asked for: ISO 8601, UTC unless a zone is given, or Unix seconds. Empty: unknown."},
    {"queued", false, "From when on it waited for a machine, a time as above. Empty: unknown."},
    {"started", false, "When it began to run, a time as above. Empty: it did not, or unknown."},
    {"ended", false, "When it ended, a time as above. Empty: it did not, or unknown."},
    {"result", true, "success, failure, timeout, cancelled, superseded, skipped, no_result or unfinished."},
    {"voting", false, "1 if its failure counts, else 0. Empty: 1."},
    {"label", false, "What kind of machine it asks for. Empty: unknown."},
    {"runner", false, "The machine that ran it, as a name or a pseudonym. Empty: unknown."}};

}  // namespace

std::span<const LoadColumn> run_columns() {
    return kRunColumns;
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
