// entries.csv as loads and observations read it: one row is one stay of one change in a queue, and how it ended.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "load/table_reader.hpp"
#include "model/time.hpp"

namespace gatesim {

/// Its columns. The first of them tells such a table from other load files.
std::span<const LoadColumn> entry_columns();

/// One row. Times are microseconds since 1970-01-01 UTC, kNever where the field is empty.
struct EntryRow {
    std::int64_t entry = 0;
    std::string change, project, branch, author;
    Time enqueued = kNever;  ///< kNever only if `uploaded` is known
    Time uploaded = kNever;
    Time left = kNever;
    Time left_lo = kNever, left_hi = kNever;
    std::string outcome;  ///< landed, ejected, withdrawn or open
    std::string cause;    ///< of an ejection, as the column has it
    int priority = 0;
    bool jumps = false, solo = false;  ///< it was put to the front when it came; it was to be tested and landed alone

    /// When it left, or the middle of the time in which it did; kNever: it did not, or nobody knows.
    Time about_left() const;
};

/// The present record of a table with these columns. False, and what is wrong with its place, if it is not one.
bool read_entry_row(const TableReader& table, EntryRow& row, LoadError& error);

}  // namespace gatesim
