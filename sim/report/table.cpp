#include "report/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <sstream>

#include "load/csv.hpp"

namespace gatesim::report {

std::optional<Table> Table::read(const std::string& path, std::uint32_t replication,
                                 const std::vector<std::string>& columns, std::string& problem) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(path, none)) return std::nullopt;
    LoadError error;
    const auto stream = CsvStream::open(path, error);
    std::vector<CsvField> fields;
    if (!stream || !stream->next(fields, error)) {
        problem = error.text.empty() ? path + ": is empty; a table begins with the names of its columns" : error.text;
        return std::nullopt;
    }
    if (fields.front().text != "replication") {
        problem = path + ": is no table of gatesim: its first column is not \"replication\"";
        return std::nullopt;
    }
    constexpr std::size_t kMissing = static_cast<std::size_t>(-1);
    std::vector<std::size_t> from(columns.size(), kMissing);
    for (std::size_t c = 0; c < columns.size(); ++c)
        for (std::size_t f = 0; f < fields.size(); ++f)
            if (fields[f].text == columns[c]) from[c] = f;
    const std::size_t wide = fields.size();
    const std::string wanted = fmt::format("{}", replication);
    Table out;
    out.columns_ = columns;
    while (stream->next(fields, error)) {
        if (fields.size() != wide) {
            problem =
                stream->complain(fields.front().place, fmt::format("{} fields instead of {}", fields.size(), wide))
                    .text;
            return std::nullopt;
        }
        if (fields.front().text != wanted) continue;
        for (const std::size_t f : from) out.cells_.push_back(f == kMissing ? "" : fields[f].text);
    }
    if (!error.text.empty()) {
        problem = error.text;
        return std::nullopt;
    }
    return out;
}

std::size_t Table::place(const std::string& column) const {
    return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin());
}

const std::string& Table::text(std::size_t row, const std::string& column) const {
    static const std::string kNothing;
    const std::size_t at = place(column);
    return at < columns_.size() ? cells_[row * columns_.size() + at] : kNothing;
}

double Table::number(std::size_t row, const std::string& column) const {
    const std::string& cell = text(row, column);
    double value = std::numeric_limits<double>::quiet_NaN();
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return error == std::errc() && end == cell.data() + cell.size() ? value : std::numeric_limits<double>::quiet_NaN();
}

std::vector<double> Table::numbers(const std::string& column) const {
    std::vector<double> out;
    for (std::size_t row = 0; row < rows(); ++row)
        if (const double value = number(row, column); value == value) out.push_back(value);
    return out;
}

}  // namespace gatesim::report
