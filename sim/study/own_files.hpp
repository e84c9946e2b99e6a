// Which files in a folder are gatesim's. Nothing else in it is ever replaced or removed.
//
// A list beside the files says what was written there, with a sum of the content: a file that is not listed, or whose
// content is another one, is the user's. Folders of version 0.1.0 have no list; there a file is ours by what stands in
// it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gatesim {

/// The list's name. A folder that has one is a folder of ours.
inline constexpr const char* kManifest = ".gatesim-files.json";

/// No link, no pipe, no folder: a file.
bool is_regular(const std::string& path);

/// What was written into a folder.
class Manifest {
public:
    Manifest() = default;
    /// Reads the folder's list, if it has one.
    explicit Manifest(const std::string& folder);

    bool listed() const { return listed_; }
    /// Whether the file of that name in `folder` is one that gatesim wrote, as it wrote it.
    bool owns(const std::string& folder, const std::string& name) const;
    /// Notes the file as it is now in `folder`, beside what the name stood for before.
    void note(const std::string& folder, const std::string& name);
    /// Forgets what these names stood for.
    void forget(const std::vector<std::string>& names);
    /// Keeps the list in `folder`. Empty, or what went wrong.
    std::string write(const std::string& folder) const;

private:
    std::map<std::string, std::vector<std::string>> files_;  ///< sums by name
    bool listed_ = false;
};

/// Why a command must not write `names` into the folder `path`; empty = it may. Nothing is touched. Allowed are a
/// folder that is not there or empty, and one that bears our mark (run.json, the header of a journal, our list of
/// files), does not hold what the command reads (`inputs`), and has no file of somebody else's under one of the names.
std::string why_not_into(const std::string& path, const std::vector<std::string>& inputs,
                         const std::vector<std::string>& names);

/// Brings files from a folder aside into `folder`, which exists: those of `written` replace what is there, and what is
/// ours of `stale` goes. Whenever it is killed, the folder is one of ours and the next run can go over it. Empty, or
/// what went wrong.
std::string replace_files(const std::string& aside, const std::string& folder, const std::vector<std::string>& written,
                          const std::vector<std::string>& stale);

}  // namespace gatesim
