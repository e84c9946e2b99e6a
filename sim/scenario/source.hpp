// The texts a scenario is made of: its file, the files it extends, and the values given on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gatesim::document {

struct Source {
    std::string name;    ///< as a message shows it
    std::string folder;  ///< what its relative file names are resolved against
};

/// By Position::source.
using Sources = std::vector<Source>;

/// Name of the source of values from the command line.
inline constexpr const char* kOverrideSource = "--set";

/// A larger scenario file is refused. Loads belong in load files, which have no limit.
inline constexpr std::size_t kLargestScenario = std::size_t{16} << 20;

/// What came of reading a file: its content, or why not.
struct FileText {
    std::string content;
    std::string problem;     ///< empty = read
    bool too_large = false;  ///< more than `limit` bytes
};

/// Reads a whole file of at most `limit` bytes (pipes included).
FileText read_file(const std::string& path, std::size_t limit);

/// Why `path` cannot be opened for reading; empty = it can (an endless or slow pipe is not touched).
std::string why_unreadable(const std::string& path);

}  // namespace gatesim::document
