// Load files: what importers write and scenarios replay. One row is one enqueue of one change; a change may return.
// A table of stays (entries.csv, load/entry_row.hpp) is one as well: what it has besides becomes `left` and `priority`.
//
// The first record names the columns, in any order; load_columns() documents them. A file may leave out the optional
// ones, but needs at least one of the three times. Read row by row in constant memory, so a file, a pipe and /dev/stdin
// of any length do. In which order rows may stand: row_queue.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "load/table_reader.hpp"
#include "model/time.hpp"

namespace gatesim {

/// All columns in the order in which importers write them.
std::span<const LoadColumn> load_columns();

/// One row. Times are microseconds since 1970-01-01 UTC, kNever where the field is empty.
struct LoadRow {
    std::string project;
    std::string branch = "master";
    std::string change;
    int patchset = 1;
    std::string author;
    Time uploaded = kNever;
    Time enqueued = kNever;
    Time landed = kNever;
    std::vector<std::string> depends_on;
    std::string series;
    std::string kind = "code";
    std::optional<std::int64_t> files;
    std::optional<std::int64_t> lines;
    std::vector<std::string> paths;
    std::int64_t entry = 0;            ///< number of its stay, of a table of stays
    int priority = 0;                  ///< the same
    bool jumps = false, solo = false;  ///< the same
    Time left = kNever;   ///< the same: when it left the queue, or about then; kNever: unknown, or it is still there
    bool stayed = false;  ///< the same: it had not left when the record ended, or `left` is known
    FilePlace place;      ///< where the row begins in the file, for messages

    /// "project/change/branch": tells apart the same Change-Id on two branches or in two projects.
    std::string id() const { return project + "/" + change + "/" + branch; }
};

class LoadFileReader {
public:
    /// Opens the file ("-" is standard input) and reads its header. Nothing, and an error, if either fails.
    static std::unique_ptr<LoadFileReader> open(const std::string& path, LoadError& error);

    /// The next row. False at the end (no error) or on an error, which ends the reading.
    bool next(LoadRow& row, LoadError& error);

    /// Whether the header has this column.
    bool has(std::string_view column) const;

    /// An error about a row that was read, for what only its user can know ("project is not in the scenario").
    LoadError complain(const LoadRow& row, const std::string& what) const { return table_->complain(row.place, what); }

private:
    explicit LoadFileReader(std::unique_ptr<TableReader> table) : table_(std::move(table)) {}

    bool read(LoadRow& row, LoadError& error);
    bool read_stay(LoadRow& row, LoadError& error);

    std::unique_ptr<TableReader> table_;
    bool over_ = false;
};

}  // namespace gatesim
