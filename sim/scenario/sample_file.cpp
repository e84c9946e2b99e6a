// The file of an empirical distribution: values of one column, of all rows or of some.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "load/csv.hpp"
#include "scenario/decode.hpp"

namespace gatesim::document {

namespace {

constexpr const char* kForm = "comma-separated values (RFC 4180)";

/// Columns that a row must match, by index.
using Filter = std::vector<std::pair<std::size_t, std::string>>;

/// The index of the named column; reports a missing one at `view`.
std::optional<std::size_t> find_column(Context& context, const View& view, const std::string& name,
                                       const std::vector<std::string>& header) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    context.errors.add(view, fmt::format("the file has no column {}", quote(name)), nearest(name, header),
                       fmt::format("columns: {}", listing(header)));
    return std::nullopt;
}

std::optional<double> read_seconds(const std::string& text) {
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value) || value < 0) return std::nullopt;
    return value;
}

/// The names in the first record; nothing, and a report, if one stands there twice.
std::optional<std::vector<std::string>> header_of(Context& context, const View& file, const CsvStream& csv,
                                                  const std::vector<CsvField>& row) {
    std::vector<std::string> header;
    for (const CsvField& field : row) {
        if (std::find(header.begin(), header.end(), field.text) != header.end() && !field.text.empty()) {
            context.errors.add(
                file, csv.complain(field.place, fmt::format("column {} a second time", quote(field.text))).text, "",
                kForm);
            return std::nullopt;
        }
        header.push_back(field.text);
    }
    return header;
}

/// The column of the values and those that a row must match, by index; nothing if one is missing, which is reported.
struct Wanted {
    std::size_t column = 0;
    Filter filter;
};
std::optional<Wanted> find_wanted(Context& context, const View& view, const std::vector<std::string>& header) {
    Wanted out;
    const View column = *view.find("column");
    const auto wanted = find_column(context, column, column.node->text, header);
    bool known = wanted.has_value();
    if (known) out.column = *wanted;
    if (const auto where = view.find("where")) {
        for (std::size_t i = 0; i < where->node->members.size(); ++i) {
            const Member& member = where->node->members[i];
            if (member.key == "notes") continue;
            const auto index = find_column(context, where->child(i), member.key, header);
            if (index) out.filter.emplace_back(*index, member.value.text);
            known = known && index.has_value();
        }
    }
    return known ? std::optional(std::move(out)) : std::nullopt;
}

/// The values, in the order of the file; nothing if something is wrong with it, which is reported.
std::optional<std::vector<double>> read_values(Context& context, const View& view, CsvStream& csv) {
    constexpr std::size_t kMostValues = 50'000'000;
    const View file = *view.find("file");
    LoadError error;
    std::vector<CsvField> row;
    if (!csv.next(row, error)) {
        if (error.text.empty())
            context.errors.add(file, fmt::format("{} holds no header", quote(file.node->text)), "",
                               "a CSV file whose first line names the columns");
        else
            context.errors.add(file, error.text, "", kForm);
        return std::nullopt;
    }
    const auto header = header_of(context, file, csv, row);
    const auto wanted = header ? find_wanted(context, view, *header) : std::nullopt;
    if (!wanted) return std::nullopt;
    std::vector<double> values;
    while (values.size() < kMostValues && csv.next(row, error)) {
        if (row.size() != header->size()) {
            error = csv.complain(row[0].place, fmt::format("{} fields, but the header has {}; a field with a comma "
                                                           "needs quotes",
                                                           row.size(), header->size()));
            break;
        }
        const CsvField& field = row[wanted->column];
        const bool counts = std::all_of(wanted->filter.begin(), wanted->filter.end(),
                                        [&](const auto& f) { return row[f.first].text == f.second; });
        if (!counts || field.text.empty()) continue;
        const auto value = read_seconds(field.text);
        if (!value) {
            error = csv.complain(field.place, fmt::format("{} is not a number of seconds", quote(field.text)));
            context.errors.add(*view.find("column"), error.text, "", "a number from 0, in seconds");
            return std::nullopt;
        }
        values.push_back(*value);
    }
    if (error.text.empty()) return values;
    context.errors.add(file, error.text, "", kForm);
    return std::nullopt;
}

}  // namespace

std::shared_ptr<const std::vector<double>> read_sample(Context& context, const View& view) {
    const View file = *view.find("file");
    if (!note_file(context, file)) return nullptr;
    LoadError error;
    const auto csv = CsvStream::open(context.path_of(file.node->text), error, file.node->text);
    if (!csv) {
        context.errors.add(file, error.text);
        return nullptr;
    }
    auto values = read_values(context, view, *csv);
    if (!values) return nullptr;
    if (values->empty()) {
        context.errors.add(view, fmt::format("no row of {} has a value", quote(file.node->text)), "",
                           "at least one row that `where` matches, with a value in the column");
        return nullptr;
    }
    std::sort(values->begin(), values->end());
    return std::make_shared<const std::vector<double>>(std::move(*values));
}

}  // namespace gatesim::document
