// From files to records: finds the forge, cuts the files, hands their records over, and makes of what comes out the
// tables that are written.
#pragma once

#include <string>
#include <vector>

#include "import/importer.hpp"
#include "import/pseudonyms.hpp"
#include "load/csv.hpp"

namespace gatesim::import {

struct ImportOptions {
    std::string forge;               ///< name of one, or "auto"
    std::vector<std::string> files;  ///< names; "-" is standard input
    Moment since = kNever;           ///< stays that came before are left out; kNever: none
    Moment until = kNever;           ///< stays that came then or later are left out; kNever: none
    std::string branch, project;     ///< only their stays; empty: of all
    Time shift = 0;                  ///< is added to all times
    Names names;                     ///< how they are hidden
};

/// A stretch of time in which nothing is recorded.
struct Gap {
    Moment from = 0, to = 0;
};

/// What `import` says in the end.
struct ImportResult {
    const Forge* forge = nullptr;
    Records records;
    Intake intake;
    std::uint64_t changes = 0, groups = 0, jobs = 0;
    Moment from = kNever, to = kNever;  ///< first and last time in the tables; kNever: there is none
    std::vector<Gap> gaps;              ///< longer than a day
};

/// False, and what is wrong, if a file cannot be read, or no forge is known for it. A file that is broken in places
/// gives what it has.
bool import_files(const ImportOptions& options, ImportResult& result, LoadError& error);

/// The same for what the driver was given already: leaves out what the options leave out, orders, hides names, counts.
void finish_import(const ImportOptions& options, ImportResult& result);

/// The document of --json, which is import.json: with a line end.
std::string import_json(const ImportResult& result);
/// The table at the end, for a person.
std::string import_text(const ImportResult& result);

}  // namespace gatesim::import
