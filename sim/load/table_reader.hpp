// The first record of a table: which documented column stands where.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "load/csv.hpp"

namespace gatesim {

/// A column of a file, for its reader, for `describe` and for the documentation.
struct LoadColumn {
    std::string_view name;
    bool required;          ///< in the header, and with a value in every row
    std::string_view help;  ///< meaning, unit, and what an empty field means
};

/// Reads records whose columns a header names, in any order. Unknown, missing and repeated columns, records of another
/// width and empty required fields are errors that name the place and, for a misspelt column, the nearest right one.
class TableReader {
public:
    /// Opens the file ("-" is standard input) and reads its header. `columns` must outlive the reader.
    static std::unique_ptr<TableReader> open(const std::string& path, std::span<const LoadColumn> columns,
                                             LoadError& error);
    /// The same of a file that may be a table of another kind: one that has the first column of `others` has those.
    static std::unique_ptr<TableReader> open_either(const std::string& path, std::span<const LoadColumn> columns,
                                                    std::span<const LoadColumn> others, LoadError& error);

    /// The next record; false at the end or on an error.
    bool next(LoadError& error);

    /// Whether the header has this column (an index into the columns given to open).
    bool has(std::size_t column) const { return position_[column] != kAbsent; }

    /// Its field in the present record; nothing if the column is absent or the field empty.
    const CsvField* field(std::size_t column) const;

    /// Whether it is a table of the other kind (open_either).
    bool other() const { return other_; }

    /// Where the present record begins.
    FilePlace place() const { return fields_.empty() ? FilePlace{} : fields_[0].place; }

    LoadError complain(FilePlace place, const std::string& what) const { return csv_->complain(place, what); }

    /// "\n  columns: project* branch …": a second line for a message about the header.
    std::string listing() const;

private:
    TableReader(std::unique_ptr<CsvStream> csv, std::span<const LoadColumn> columns)
        : csv_(std::move(csv)), columns_(columns) {}

    bool read_header(std::span<const LoadColumn> others, LoadError& error);
    std::string suggestion(std::string_view unknown) const;

    static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

    std::unique_ptr<CsvStream> csv_;
    std::span<const LoadColumn> columns_;
    std::vector<std::size_t> position_;  ///< of each column in the header, or kAbsent
    bool other_ = false;
    std::size_t width_ = 0;
    std::vector<CsvField> fields_;
};

/// A value for a message, in quotes: not too long, whole characters only.
std::string shown_value(std::string_view text);

}  // namespace gatesim
