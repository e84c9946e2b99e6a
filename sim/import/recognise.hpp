// Which forge a file comes from.
#pragma once

#include <string>
#include <vector>

#include "import/importer.hpp"
#include "load/csv.hpp"

namespace gatesim::import {

/// The forge of that name; for "auto" the one that knows most of what stands at the beginning of the files. Nothing,
/// and what there is, if there is none or several know as much. Standard input cannot be read twice: it needs a name.
const Forge* forge_of(const std::string& name, const std::vector<std::string>& files, LoadError& error);

/// By its name; nullptr: there is none.
const Forge* find_forge(const std::string& name);
/// "csv, gerrit, git …".
std::string forge_names();

}  // namespace gatesim::import
