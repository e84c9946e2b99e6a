// The lines of a journal: JSON, and a sum (CRC-32) behind a tab. A line's sum covers the first line too, so that a line
// of one journal is none of another.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "study/journal.hpp"

namespace gatesim {

/// The first line of a journal for these terms, by this build of gatesim; without line end.
std::string journal_header(const std::string& terms);

/// A record's line in the journal with that header; with line end.
std::string journal_line(const std::string& header, const JournalKey& key, const ReplicationRecord& record);

/// What was read of a journal.
struct JournalText {
    std::string header;       ///< the first line; empty if it is none of a journal's, or damaged
    std::size_t lines = 0;    ///< without the first
    std::size_t damaged = 0;  ///< of those, so many are no result: their sum is another one
    bool torn = false;        ///< the last one has no line end
    std::map<JournalKey, ReplicationRecord> records;
};

/// Reads from a file that is open, from its beginning. Never more than a line is in memory.
JournalText read_journal(int descriptor);

}  // namespace gatesim
