// Whether a folder is one of ours, and whether a file in it is, by what stands in them. For folders of version 0.1.0,
// which have no list of files.
#pragma once

#include <string>

namespace gatesim {

enum class FolderKind {
    empty,  ///< or it holds nothing but what a killed command of ours left
    ours,   ///< it has a run.json or a journal of ours, or our list of files
    foreign,
    unreadable,
};

/// `told`: the name of a file in a foreign folder, or why it cannot be read.
FolderKind look_at(const std::string& folder, std::string& told);

/// Whether a file is one that gatesim writes under that name. Never true for a name that gatesim does not write.
bool is_ours_unlisted(const std::string& folder, const std::string& name);

/// The number N of "journal-N.jsonl", 0 of "journal.jsonl"; -1 for other names.
int journal_number(const std::string& name);

}  // namespace gatesim
