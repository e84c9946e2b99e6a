// Several names in one cell of a table: a blank between two of them. What a name itself has of blanks, of "%" and of
// other bytes that do not print is written as "%" and two hex digits, so that any name comes back as it was.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim {

namespace list_cell {

inline bool prints(char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '%' && c != '\x7f';
}

inline std::string plain(std::string_view spelled) {
    std::string name;
    for (std::size_t i = 0; i < spelled.size(); ++i) {
        unsigned byte = 0;
        const char* const digits = spelled.data() + i + 1;
        const bool coded = spelled[i] == '%' && spelled.size() - i > 2 &&
                           std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        name += coded ? static_cast<char>(byte) : spelled[i];
        if (coded) i += 2;
    }
    return name;
}

}  // namespace list_cell

/// Adds a name to a cell.
inline void add_to_list(std::string& cell, std::string_view name) {
    if (!cell.empty()) cell += ' ';
    for (char c : name)
        list_cell::prints(c) ? cell += c : cell += fmt::format("%{:02x}", static_cast<unsigned char>(c));
}

/// The names of a cell. What is no "%" and two hex digits stays as it stands.
inline std::vector<std::string> names_in(std::string_view cell) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t end = std::min(cell.find(' ', at), cell.size());
        if (end > at) names.push_back(list_cell::plain(cell.substr(at, end - at)));
        at = end + 1;
    }
    return names;
}

}  // namespace gatesim
