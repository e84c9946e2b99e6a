// A line without what changes from run to run: numbers, times, hexadecimal words, addresses and the folders of paths.
// Lines that differ in nothing else have one shape. A shape is turned back into a pattern for RE2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::correlate {

// What stands in a shape for what was taken out. They are control characters, so no text is mistaken for them.
constexpr char kNumber = '\x01';   ///< numbers, times, addresses, identifiers
constexpr char kFolders = '\x02';  ///< "/var/lib/" of "/var/lib/x"
constexpr char kAny = '\x03';      ///< a word that differs between the shapes of a template
constexpr char kBlanks = '\x04';   ///< a tab, or several blanks; a single blank stays

constexpr std::size_t kLongestShape = 320;  ///< bytes; what stands behind is not compared

/// Writes the shape of a line into `shape` (its memory is used again). What stands in front of the first letter is left
/// out, so is a time at the beginning, with names of months and days in it.
void mask(std::string_view line, std::string& shape);

/// Whether it is Jan … Dec, Mon … Sun or UTC.
bool is_month_or_day_name(std::string_view word);

/// A 64-bit digest, the same on every machine.
std::uint64_t digest(std::string_view text, std::uint64_t seed = 0);

/// The words of a shape, each with the blank in front of it (none for the first).
std::vector<std::string> words_of_shape(std::string_view shape);

/// A pattern that matches the lines of that shape; gaps at both ends are left out. Empty if nothing literal is left.
std::string pattern_of(std::string_view shape);

/// The longest literal piece of a shape; what a quick search looks for.
std::string longest_literal(std::string_view shape);

/// The shape for people: "#" for numbers, "…" for words.
std::string shown_shape(std::string_view shape);

}  // namespace gatesim::correlate
