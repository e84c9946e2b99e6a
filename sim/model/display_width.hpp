// How many columns a text takes on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gatesim {

namespace detail {

struct CodeRange {
    std::uint32_t first, last;
};

/// The code point that begins at `at`, which moves behind it. What is not UTF-8 counts as one character a byte.
inline std::uint32_t next_code(std::string_view text, std::size_t& at) {
    constexpr std::uint32_t kNone = 0xFFFD;
    const auto byte = static_cast<unsigned char>(text[at++]);
    if (byte < 0x80) return byte;
    if (byte < 0xC0 || byte >= 0xF8) return kNone;
    int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
    std::uint32_t code = more == 3 ? byte & 0x07u : more == 2 ? byte & 0x0Fu : byte & 0x1Fu;
    for (; more > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; --more)
        code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
    return more > 0 ? kNone : code;
}

inline int columns_of(std::uint32_t code) {
    // Marks that are set upon the character before; joiners; selectors of a variant.
    constexpr CodeRange kNone[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
                                   {0x064B, 0x065F}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948},
                                   {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
                                   {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
                                   {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
    // East Asian wide and full width, and pictures.
    constexpr CodeRange kTwo[] = {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
                                  {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x274C, 0x274C},   {0x2753, 0x2755},
                                  {0x2B50, 0x2B50},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
                                  {0x4E00, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
                                  {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                  {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};
    if (code < 0x20 || code == 0x7F) return 0;
    for (const CodeRange& r : kNone)
        if (code >= r.first && code <= r.last) return 0;
    for (const CodeRange& r : kTwo)
        if (code >= r.first && code <= r.last) return 2;
    return 1;
}

/// Behind a colour that begins at `at` (ESC [ … letter), or `at`.
inline std::size_t behind_escape(std::string_view text, std::size_t at) {
    if (text[at] != '\x1b' || at + 1 >= text.size() || text[at + 1] != '[') return at;
    std::size_t end = at + 2;
    while (end < text.size() && (text[end] < '@' || text[end] > '~')) ++end;
    return end < text.size() ? end + 1 : end;
}

}  // namespace detail

/// Columns, not bytes nor characters: wide ones take two, accents and colours none.
inline std::size_t display_width(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t behind = detail::behind_escape(text, at); behind != at) {
            at = behind;
            continue;
        }
        out += static_cast<std::size_t>(detail::columns_of(detail::next_code(text, at)));
    }
    return out;
}

/// The beginning of `text` that takes at most `width` columns; no character is cut.
inline std::string_view cut_to_width(std::string_view text, std::size_t width) {
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        if (const std::size_t behind = detail::behind_escape(text, at); behind != at) {
            at = behind;
            continue;
        }
        used += static_cast<std::size_t>(detail::columns_of(detail::next_code(text, at)));
        if (used > width) return text.substr(0, from);
    }
    return text;
}

}  // namespace gatesim
