// The folder that `import` writes: entries.csv, runs.csv and import.json, all or none.
#pragma once

#include <string>
#include <vector>

#include "import/driver.hpp"

namespace gatesim {

/// Why the tables must not go into this folder, where `files` are read; empty = they may. Nothing is touched.
std::string why_not_import_into(const std::string& folder, const std::vector<std::string>& files);

/// Writes them. Empty, or what went wrong: then the folder is as it was.
std::string write_import(const std::string& folder, const import::ImportResult& result);

/// Why the key must not be where it is: in the folder that is given away. Empty = it may.
std::string key_in_folder(const std::string& key, const std::string& folder);

}  // namespace gatesim
