// Names of concurrency groups: what a job says, with placeholders, and what becomes of it for one run.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace gatesim {

/// What may stand in braces in a group's name, braces included. There are no others.
inline constexpr std::array<std::string_view, 4> kGroupPlaceholders = {"{change}", "{branch}", "{project}", "{job}"};

/// The first thing in braces that is no placeholder (to the end of the text where nothing closes it); none if all are.
inline std::optional<std::string> unknown_placeholder(std::string_view group) {
    for (std::size_t open = group.find('{'); open != group.npos; open = group.find('{', open + 1)) {
        bool known = false;
        for (const std::string_view one : kGroupPlaceholders) known |= group.substr(open, one.size()) == one;
        if (known) continue;
        const std::size_t close = group.find('}', open);
        return std::string(group.substr(open, close == group.npos ? close : close - open + 1));
    }
    return std::nullopt;
}

/// The group's name for a run: `values` in the order of kGroupPlaceholders. Upper and lower case are the same, as under
/// GitHub Actions (ASCII letters).
inline std::string group_name(std::string_view group, const std::array<std::string_view, 4>& values) {
    std::string name;
    for (std::size_t at = 0; at < group.size();) {
        std::size_t taken = 0;
        for (std::size_t i = 0; i < values.size() && taken == 0; ++i)
            if (group.substr(at, kGroupPlaceholders[i].size()) == kGroupPlaceholders[i]) {
                name += values[i];
                taken = kGroupPlaceholders[i].size();
            }
        if (taken == 0) name += group[at];
        at += taken == 0 ? 1 : taken;
    }
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

}  // namespace gatesim
