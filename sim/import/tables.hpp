// entries.csv and runs.csv: a team's own records as two tables. Whoever has another forge writes them with twenty lines
// of his own.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "import/records.hpp"
#include "load/table_reader.hpp"

namespace gatesim::import {

inline constexpr const char* kEntriesFile = "entries.csv";
inline constexpr const char* kRunsFile = "runs.csv";

/// Columns of runs.csv, in the order in which they are written; those of entries.csv are entry_columns()
/// (load/entry_row.hpp), because loads read them as well.
std::span<const LoadColumn> run_columns();

/// A table for readers: its file, what a row is, and its columns.
struct OwnTable {
    const char* file;
    const char* row;
    std::span<const LoadColumn> columns;
};
std::span<const OwnTable> own_tables();

/// The tables as text. `entry` is the number of a row of entries.csv, from 1; members have a blank between two.
std::string entries_csv(const Records& records);
std::string runs_csv(const Records& records);

/// The same in pieces, for tables that are longer than memory should hold twice.
using TextSink = std::function<void(std::string_view)>;
void write_entries(const Records& records, const TextSink& sink);
void write_runs(const Records& records, const TextSink& sink);

/// Reads FOLDER/entries.csv, and FOLDER/runs.csv if it is there. Rows may stand in any order. False, and what is wrong
/// with its place, if that fails.
bool read_tables(const std::string& folder, Records& records, LoadError& error);

/// "landed", "ejected" …, and back (nothing if it is no such word).
const char* left_name(Left left);
const char* left_for_name(LeftFor cause);
const char* run_result_name(RunResult result);

}  // namespace gatesim::import
