// One table of a run directory, read for a page: only the columns that are asked for, only one replication.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gatesim::report {

class Table {
public:
    /// Rows of that replication. Nothing if there is no such file; a file that is no table of ours (it cannot be read,
    /// a row has too few fields, it has no column `replication`) is told in `problem`. Columns that an older version
    /// did not write are empty.
    static std::optional<Table> read(const std::string& path, std::uint32_t replication,
                                     const std::vector<std::string>& columns, std::string& problem);

    std::size_t rows() const { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
    const std::string& text(std::size_t row, const std::string& column) const;
    /// Not a number where the cell is empty or holds none.
    double number(std::size_t row, const std::string& column) const;
    /// All numbers of a column, without the empty ones.
    std::vector<double> numbers(const std::string& column) const;

private:
    std::size_t place(const std::string& column) const;

    std::vector<std::string> columns_;
    std::vector<std::string> cells_;
};

}  // namespace gatesim::report
