// The lines of one log, plain or gzip, in bounded memory. What cannot be read ends there, and is told once.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gatesim::correlate {

constexpr std::size_t kLongestLine = 1 << 14;  ///< bytes that are looked at; the rest of a longer line is passed over
constexpr std::size_t kToldLine = 1 << 20;     ///< a line longer than this is told

using LineSink = std::function<void(std::string_view)>;

/// What was odd about a log. All else in it is read.
struct LogFaults {
    std::string text;         ///< one sentence with the file's name; empty = nothing
    std::uint64_t bytes = 0;  ///< of text, unpacked
    bool unreadable = false;  ///< nothing of it was read
};

/// Gives each line without its end; bytes that are not UTF-8 come as '?'. A file with NUL bytes in its first 4096 is
/// binary, and not read.
LogFaults read_lines(const std::string& path, const LineSink& sink);

/// The same of a text in memory.
void read_text(std::string_view text, const LineSink& sink);

/// Replaces bytes that are not UTF-8 by '?' and returns how many there were.
std::uint64_t clean_utf8(char* text, std::size_t size);

}  // namespace gatesim::correlate
