// Words of a command line that is printed to be typed again.
#pragma once

#include <string>

namespace gatesim {

/// A word as a shell takes it.
inline std::string shell_quoted(const std::string& word) {
    const char* safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+@%";
    if (!word.empty() && word.find_first_not_of(safe) == std::string::npos) return word;
    std::string out = "'";
    for (char c : word) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

}  // namespace gatesim
