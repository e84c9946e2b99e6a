#include "command/own_table_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/terminal.hpp"
#include "import/tables.hpp"
#include "record/narrator.hpp"

namespace gatesim {

namespace {

using import::OwnTable;

std::string line(const LoadColumn& column) {
    const std::string head = fmt::format("  {:<18}", fmt::format("{}{}", column.name, column.required ? "*" : ""));
    return head + wrap(std::string(column.help), 80, 20, std::max<std::size_t>(20, head.size())) + "\n";
}

/// "entries" of "entries.csv".
std::string short_name(const OwnTable& table) {
    const std::string file = table.file;
    return file.substr(0, file.find('.'));
}

}  // namespace

std::string own_table_text(const std::string& name) {
    for (const OwnTable& table : import::own_tables()) {
        const std::string begins = short_name(table);
        const std::string rest = name.substr(std::min(begins.size(), name.size()));
        if (name.substr(0, begins.size()) != begins || (!rest.empty() && rest[0] != '.')) continue;
        std::string out = styled(table.file, Style::strong) + "  (table of a team's own records)\n\n";
        if (rest.empty() || rest == ".csv") {
            out += wrap(std::string(table.row) +
                            ". `import` writes it; so may you. Columns may stand in any order; those "
                            "with a * must be there. RFC 4180.",
                        80, 0) +
                   "\n\n";
            for (const LoadColumn& column : table.columns) out += line(column);
            return out;
        }
        for (const LoadColumn& column : table.columns)
            if (rest.substr(1) == column.name) return out + line(column);
    }
    return "";
}

std::vector<std::string> own_table_names() {
    std::vector<std::string> out;
    for (const OwnTable& table : import::own_tables()) {
        out.push_back(table.file);
        for (const LoadColumn& column : table.columns)
            out.push_back(fmt::format("{}.{}", short_name(table), column.name));
    }
    return out;
}

void add_own_tables(nlohmann::ordered_json& tables) {
    for (const OwnTable& table : import::own_tables()) {
        tables[table.file]["row"] = table.row;
        for (const LoadColumn& column : table.columns)
            tables[table.file]["columns"].push_back(
                {{"name", column.name}, {"required", column.required}, {"meaning", column.help}});
    }
}

}  // namespace gatesim
