// A table of a run directory, row by row, by the names of its columns.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "load/csv.hpp"
#include "model/time.hpp"

namespace gatesim::page {

/// Reads one table and keeps the rows of one replication. Columns that nobody asks for are passed over, so a newer
/// table with more columns can be read. The first error stays, and ends the reading.
class ReplayTable {
public:
    /// `columns` in the order of their numbers for text(), number() and time(); all must be in the header.
    ReplayTable(const std::string& folder, const std::string& name, std::int64_t replication,
                std::vector<std::string_view> columns);

    /// The next row of the replication; false at the end and on an error.
    bool next();

    const std::string& text(std::size_t column) const { return fields_[position_[column]].text; }
    /// A whole number; `otherwise` if the field is empty.
    std::int64_t number(std::size_t column, std::int64_t otherwise = -1);
    /// Seconds as microseconds, exactly; kNever if the field is empty.
    Time time(std::size_t column);

    /// What is wrong with a column of this row.
    void complain(std::size_t column, const std::string& what);

    /// What is wrong with the table as a whole.
    void refuse(const std::string& what);

    bool absent() const { return absent_; }
    const std::string& error() const { return error_.text; }

private:
    bool read_header(const std::vector<std::string_view>& columns);

    std::unique_ptr<CsvStream> csv_;
    std::vector<CsvField> fields_;
    std::vector<std::size_t> position_;
    std::vector<std::string> names_;
    std::size_t width_ = 0, replication_column_ = 0;
    std::string replication_;
    LoadError error_;
    bool absent_ = false;
};

}  // namespace gatesim::page
