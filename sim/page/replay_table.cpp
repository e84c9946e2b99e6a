#include "page/replay_table.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "load/table_reader.hpp"

namespace gatesim::page {

namespace {

/// "12.5" -> 12,500,000. False if it is no such number. Never through a double: the tables are exact.
bool parse_micros(std::string_view text, Time& out) {
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    std::string fraction(dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1));
    if (whole.empty() || fraction.size() > 6 || (dot != std::string_view::npos && fraction.empty())) return false;
    fraction.resize(6, '0');
    std::int64_t seconds = 0, micros = 0;
    const auto a = std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
    const auto b = std::from_chars(fraction.data(), fraction.data() + 6, micros);
    if (a.ec != std::errc{} || a.ptr != whole.data() + whole.size() || b.ec != std::errc{} ||
        b.ptr != fraction.data() + 6 || seconds < 0 || seconds > kLongest / kSecond)
        return false;
    out = seconds * kSecond + micros;
    return true;
}

}  // namespace

ReplayTable::ReplayTable(const std::string& folder, const std::string& name, std::int64_t replication,
                         std::vector<std::string_view> columns)
    : names_(columns.begin(), columns.end()), replication_(fmt::format("{}", replication)) {
    const std::string path = folder + "/" + name + ".csv";
    if (::access(path.c_str(), F_OK) != 0) {
        absent_ = true;
        error_ = {LoadError::Kind::unreadable, path + " is not there"};
        return;
    }
    std::error_code none;
    if (!std::filesystem::is_regular_file(path, none)) {  // a pipe would be waited for
        error_ = {LoadError::Kind::unreadable, path + " is not a regular file"};
        return;
    }
    csv_ = CsvStream::open(path, error_);
    if (csv_ && !read_header(columns)) csv_.reset();
}

bool ReplayTable::read_header(const std::vector<std::string_view>& columns) {
    if (!csv_->next(fields_, error_)) {
        if (error_.text.empty()) error_ = csv_->complain({}, "the table has no header");
        return false;
    }
    width_ = fields_.size();
    const auto find = [&](std::string_view name) {
        return static_cast<std::size_t>(
            std::find_if(fields_.begin(), fields_.end(), [&](const CsvField& f) { return f.text == name; }) -
            fields_.begin());
    };
    replication_column_ = find("replication");
    for (const std::string_view column : columns) position_.push_back(find(column));
    for (std::size_t i = 0; i <= columns.size(); ++i) {
        if ((i < columns.size() ? position_[i] : replication_column_) < width_) continue;
        // A table of an earlier version: the same as if it were not there.
        absent_ = true;
        error_ = csv_->complain({}, fmt::format("there is no column {}; the run is from another version of gatesim",
                                                i < columns.size() ? columns[i] : "replication"));
        return false;
    }
    return true;
}

bool ReplayTable::next() {
    while (csv_ && error_.text.empty() && csv_->next(fields_, error_)) {
        if (fields_.size() != width_) {
            error_ = csv_->complain(fields_[0].place,
                                    fmt::format("{} fields where the header has {}", fields_.size(), width_));
            return false;
        }
        if (fields_[replication_column_].text == replication_) return true;
    }
    return false;
}

std::int64_t ReplayTable::number(std::size_t column, std::int64_t otherwise) {
    const std::string& field = text(column);
    if (field.empty()) return otherwise;
    std::int64_t value = 0;
    const char* const end = field.data() + field.size();
    const auto read = std::from_chars(field.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || value < 0)
        complain(column, fmt::format("{} is not a whole number", shown_value(field)));
    return value;
}

Time ReplayTable::time(std::size_t column) {
    const std::string& field = text(column);
    Time value = kNever;
    if (!field.empty() && !parse_micros(field, value))
        complain(column, fmt::format("{} is not a time in seconds", shown_value(field)));
    return value;
}

void ReplayTable::complain(std::size_t column, const std::string& what) {
    if (error_.text.empty())
        error_ = csv_->complain(fields_[position_[column]].place, fmt::format("{}: {}", names_[column], what));
}

void ReplayTable::refuse(const std::string& what) {
    if (error_.text.empty()) error_ = {LoadError::Kind::malformed, fmt::format("{}: {}", csv_->path(), what)};
}

}  // namespace gatesim::page
