#include "learn/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "load/csv.hpp"
#include "record/columns.hpp"

namespace gatesim::learn {

namespace {

using Row = std::vector<std::string>;

std::optional<double> number_in(const Row& row, std::size_t column) {
    return row[column].empty() ? std::nullopt : read_quantity(row[column]);
}

std::vector<const Row*> fitting(const Fact& fact, const Table& table) {
    std::vector<const Row*> out;
    for (const Row& row : table.rows) {
        const bool fits = std::all_of(fact.where.begin(), fact.where.end(), [&](const auto& condition) {
            return row[table.column(condition.first)] == condition.second;
        });
        if (fits) out.push_back(&row);
    }
    return out;
}

/// Those with the most (or the least) in the column; rows without a number there are left out.
std::vector<const Row*> extreme(const Fact& fact, const Table& table, const std::vector<const Row*>& rows) {
    const std::size_t by = table.column(fact.by);
    std::optional<double> top;
    for (const Row* row : rows) {
        const auto number = number_in(*row, by);
        if (number && (!top || (fact.most ? *number > *top : *number < *top))) top = number;
    }
    std::vector<const Row*> out;
    for (const Row* row : rows)
        if (top && number_in(*row, by) == top) out.push_back(row);
    return out;
}

std::vector<std::string> largest_columns(const Fact& fact, const Table& table, const Row& row) {
    double top = -1;
    for (const std::string& c : fact.largest) top = std::max(top, number_in(row, table.column(c)).value_or(-1));
    std::vector<std::string> out;
    for (const std::string& c : fact.largest)
        if (number_in(row, table.column(c)).value_or(-1) == top) out.push_back(c);
    return out;
}

Table read_table(const std::string& path, const TableDoc& doc, StudyProblem& problem) {
    Table out;
    for (const Column& c : doc.columns) out.columns.emplace_back(c.name);
    LoadError error;
    const auto csv = CsvStream::open(path, error);
    std::vector<CsvField> fields;
    while (csv && csv->next(fields, error)) {
        Row row;
        for (const CsvField& f : fields) row.push_back(f.text);
        row.resize(out.columns.size());
        out.rows.push_back(std::move(row));
    }
    if (error.kind != LoadError::Kind::none && problem.text.empty()) problem = {error.text, 4, 0};
    return out;
}

}  // namespace

std::size_t Table::column(const std::string& name) const {
    const auto it = std::find(columns.begin(), columns.end(), name);
    return static_cast<std::size_t>(it - columns.begin());
}

Tables practice_tables(const Scenario& scenario, std::uint64_t seed, const std::string& scratch,
                       StudyProblem& problem) {
    StudyOptions options;
    options.seed = seed;
    options.engine = "heap";
    options.tables = KeepTables::first;
    options.scratch = scratch;
    const StudyResult result = run_study(scenario, options);
    problem = result.problem;
    if (result.interrupted) problem = {"interrupted", 130, 0};
    Tables out;
    if (!problem.text.empty()) return out;
    for (const TableDoc& doc : table_docs()) out[doc.name] = read_table(scratch + "/1/" + doc.file(), doc, problem);
    return out;
}

std::vector<std::string> fact_values(const Fact& fact, const Tables& tables) {
    const Table& table = tables.at(fact.table);
    std::vector<const Row*> rows = fitting(fact, table);
    if (fact.count) return {std::to_string(rows.size())};
    if (!fact.sum.empty()) {
        double sum = 0;
        for (const Row* row : rows) sum += number_in(*row, table.column(fact.sum)).value_or(0);
        return {fmt::format("{:.10g}", sum)};
    }
    if (!fact.by.empty()) rows = extreme(fact, table, rows);
    std::vector<std::string> out;
    for (const Row* row : rows) {
        if (fact.largest.empty())
            out.push_back((*row)[table.column(fact.column)]);
        else
            for (std::string& c : largest_columns(fact, table, *row)) out.push_back(std::move(c));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace gatesim::learn
