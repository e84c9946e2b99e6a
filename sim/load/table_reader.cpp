#include "load/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gatesim {

namespace {

/// Edits (insert, delete, replace a byte) that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string shown_value(std::string_view text) {
    if (text.size() <= 60) return fmt::format("\"{}\"", text);
    std::size_t cut = 57;
    while (cut > 0 && (text[cut] & 0xC0) == 0x80) --cut;
    return fmt::format("\"{}...\"", text.substr(0, cut));
}

std::string TableReader::suggestion(std::string_view unknown) const {
    if (unknown.size() > 40) return {};
    std::string lower(unknown);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    const LoadColumn* best = nullptr;
    std::size_t least = std::max<std::size_t>(2, unknown.size() / 3) + 1;
    for (const LoadColumn& column : columns_) {
        const std::size_t edits = distance(lower, column.name);
        if (edits < least) least = edits, best = &column;
    }
    return best ? fmt::format("; did you mean \"{}\"?", best->name) : std::string{};
}

std::string TableReader::listing() const {
    std::string text = "\n  columns:";
    for (const LoadColumn& column : columns_) text += fmt::format(" {}{}", column.name, column.required ? "*" : "");
    return text + "   (* required)";
}

std::unique_ptr<TableReader> TableReader::open(const std::string& path, std::span<const LoadColumn> columns,
                                               LoadError& error) {
    return open_either(path, columns, {}, error);
}

std::unique_ptr<TableReader> TableReader::open_either(const std::string& path, std::span<const LoadColumn> columns,
                                                      std::span<const LoadColumn> others, LoadError& error) {
    auto csv = CsvStream::open(path, error);
    if (!csv) return nullptr;
    std::unique_ptr<TableReader> reader(new TableReader(std::move(csv), columns));
    if (!reader->read_header(others, error)) return nullptr;
    return reader;
}

bool TableReader::read_header(std::span<const LoadColumn> others, LoadError& error) {
    if (!csv_->next(fields_, error)) {
        if (error.kind == LoadError::Kind::none) {
            error = complain({1, 1}, "the file is empty; its first line names the columns" + listing());
        }
        return false;
    }
    other_ = !others.empty() && std::any_of(fields_.begin(), fields_.end(),
                                            [&](const CsvField& field) { return field.text == others[0].name; });
    if (other_) columns_ = others;
    position_.assign(columns_.size(), kAbsent);
    width_ = fields_.size();
    for (std::size_t i = 0; i < width_; ++i) {
        const std::string& name = fields_[i].text;
        const FilePlace place = fields_[i].place;
        const auto known =
            std::find_if(columns_.begin(), columns_.end(), [&](const auto& c) { return c.name == name; });
        if (known == columns_.end()) {
            error =
                complain(place, fmt::format("unknown column {}{}", shown_value(name), suggestion(name)) + listing());
            return false;
        }
        std::size_t& position = position_[static_cast<std::size_t>(known - columns_.begin())];
        if (position != kAbsent) {
            error =
                complain(place, fmt::format("column \"{}\" a second time; it is also field {}", name, position + 1));
            return false;
        }
        position = i;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!columns_[i].required || has(i)) continue;
        error = complain(place(), fmt::format("no column \"{}\"", columns_[i].name) + listing());
        return false;
    }
    return true;
}

const CsvField* TableReader::field(std::size_t column) const {
    if (!has(column)) return nullptr;
    const CsvField& found = fields_[position_[column]];
    return found.text.empty() ? nullptr : &found;
}

bool TableReader::next(LoadError& error) {
    if (!csv_->next(fields_, error)) return false;
    if (fields_.size() != width_) {
        error = complain(place(), fmt::format("{} fields, but the header has {}; a field with a comma needs quotes",
                                              fields_.size(), width_));
        return false;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!columns_[i].required || field(i)) continue;
        error =
            complain(fields_[position_[i]].place, fmt::format("\"{}\" is empty; every row needs it", columns_[i].name));
        return false;
    }
    return true;
}

}  // namespace gatesim
