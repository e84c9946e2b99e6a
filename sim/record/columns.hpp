// The tables of a run directory: every column with its unit and meaning. From this one list come the header rows,
// `describe`, and the documentation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatesim {

struct Column {
    const char* name;
    const char* unit;     ///< "" = text
    const char* meaning;  ///< or formula; what an empty field means
};

struct TableDoc {
    const char* name;  ///< file name without ".csv"
    const char* row;   ///< what a row is, and the order of rows
    std::vector<Column> columns;

    std::string file() const { return std::string(name) + ".csv"; }
    /// The header row with its line end.
    std::string header() const;
};

/// The tables of every run, in the order of the documentation: changes, builds, nodes, queue, resets, stays,
/// attempts, waits.
const std::vector<TableDoc>& table_docs();

/// Those that only some runs have as well: reviews (with people), node_lives (with pools that live), races (with
/// races).
const std::vector<TableDoc>& optional_table_docs();

/// A table of either kind by name, or nullptr.
const TableDoc* find_table(std::string_view name);

}  // namespace gatesim
