// What really happened to the changes of a load: a table beside a load file, one row a change.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "load/table_reader.hpp"
#include "model/time.hpp"

namespace gatesim {

/// The columns of such a table.
std::span<const LoadColumn> observed_columns();

struct ObservedRow {
    std::string project;
    std::string branch = "master";
    std::string change;
    Time landed = 0;    ///< microseconds since 1970-01-01 UTC
    bool exact = true;  ///< false: an estimate
    FilePlace place;    ///< where the row begins in the file, for messages

    /// As LoadRow::id().
    std::string id() const { return project + "/" + change + "/" + branch; }
};

/// Reads the whole table; false and an error if something is wrong with it. The same change twice is an error, and so
/// is a landing outside its own bounds. A table of stays (entries.csv) serves as well: its landings are what was
/// observed, of a change that landed twice the first.
bool read_observed_file(const std::string& path, std::vector<ObservedRow>& rows, LoadError& error);

}  // namespace gatesim
