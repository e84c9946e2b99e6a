#include "correlate/hits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "correlate/builds.hpp"
#include "correlate/table.hpp"

namespace gatesim::correlate {

std::string recorded_hits(const std::string& path, const std::string& column, std::vector<RecordedHits>& out) {
    Table table;
    if (std::string trouble = read_table(path, table); !trouble.empty()) return trouble;
    const auto place = [&](const std::string& name) {
        return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) -
                                        table.columns.begin());
    };
    const std::size_t id = place(column), build = place("build");
    const std::size_t result = std::min(place("status"), place("result"));
    for (const auto& [at, name] :
         {std::pair{id, column}, {build, std::string("build")}, {result, std::string("status")}})
        if (at == table.columns.size())
            return fmt::format("{}: has no column \"{}\"; it has {}", path, name, fmt::join(table.columns, ", "));
    std::map<std::string, RecordedHits> by;
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& row : table.rows) {
        RecordedHits& one = by[row[id]];
        one.id = row[id];
        const Result how = result_of(row[result]);
        ++(how == Result::failed ? one.failed : how == Result::passed ? one.passed : one.other);
        if (!seen.insert({row[id], row[build]}).second) continue;
        one.failed_builds += how == Result::failed;
        one.passed_builds += how == Result::passed;
    }
    for (auto& [name, one] : by) out.push_back(std::move(one));
    return "";
}

}  // namespace gatesim::correlate
