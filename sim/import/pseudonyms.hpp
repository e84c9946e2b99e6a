// Hides who somebody is: names become numbers that the same key gives again, and another key does not.
#pragma once

#include <string>
#include <string_view>

#include "import/records.hpp"

namespace gatesim::import {

/// HMAC-SHA256 (RFC 2104), as 64 hexadecimal digits.
std::string hmac_sha256(std::string_view key, std::string_view text);

struct Names {
    bool keep = false;       ///< names stay as they are; but bots have none, and text stays printable
    bool hide_jobs = false;  ///< jobs get pseudonyms as well, also where the others keep their names
    std::string key;         ///< of the pseudonyms

    /// Whether a key is needed.
    bool hides() const { return !keep || hide_jobs; }
};

/// Gives people, projects, branches and machines pseudonyms: the first ten digits of the HMAC. Branches main, master
/// and stable… keep their names, and so do changes that are numbers ("101", "12,3") and kinds of machines; jobs do
/// unless `hide_jobs`. People whose name says that they are a program ("…[bot]") lose it. What does not print becomes
/// "?".
void hide_names(const Names& names, Records& records);

/// The key in `path`. If there is no such file, a new one of 32 random bytes as hexadecimal digits, which is not
/// written yet (`fresh`). Empty, or what went wrong.
std::string read_or_draw_key(const std::string& path, std::string& key, bool& fresh);

/// Writes a fresh key, which only its owner may read (mode 600), and makes the folders above it. Nothing that is there
/// is replaced. Empty, or what went wrong.
std::string write_key(const std::string& path, const std::string& key);

/// Where the key is if nobody says: $XDG_DATA_HOME/gatesim/import.key, or below ~/.local/share. Empty: there is no
/// home.
std::string usual_key_file();

}  // namespace gatesim::import
