// The tables of a team's own records, for `describe`, `list` and `schema`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gatesim {

/// What `describe` says of "entries.csv", "entries" or "entries.enqueued"; empty: there is no such table or column.
std::string own_table_text(const std::string& name);

/// Names that `describe` knows because of them.
std::vector<std::string> own_table_names();

/// Their columns, by file, as `schema tables` has them.
void add_own_tables(nlohmann::ordered_json& tables);

}  // namespace gatesim
