// Rows of comma-separated values as text (RFC 4180), for tables that are small enough to be put together in memory.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

namespace gatesim {

/// The shortest text that reads back as the same number; empty if there is none.
inline std::string csv_number(const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : "";
}

inline std::string csv_row(const std::vector<std::string>& fields) {
    std::string out;
    for (const std::string& field : fields) {
        if (&field != &fields.front()) out += ',';
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            out += field;
            continue;
        }
        out += '"';
        for (char c : field) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    return out + "\n";
}

}  // namespace gatesim
