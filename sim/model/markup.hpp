// Text in HTML and XML.
#pragma once

#include <string>
#include <string_view>

#include "model/display_width.hpp"

namespace gatesim {

/// With &, <, > and both quotes as entities, and without what XML forbids (control characters, bytes that are not
/// UTF-8): safe between tags and in attributes. Whole texts only: a byte of a longer character alone is no UTF-8.
inline std::string escaped_markup(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const std::uint32_t code = detail::next_code(text, at);
        const bool allowed = code == '\t' || code == '\n' || (code >= 0x20 && code < 0xD800) ||
                             (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code < 0x110000);
        if (code == '&')
            out += "&amp;";
        else if (code == '<')
            out += "&lt;";
        else if (code == '>')
            out += "&gt;";
        else if (code == '"')
            out += "&quot;";
        else if (code == '\'')
            out += "&#39;";
        else if (code == 0xFFFD)
            out += "\xEF\xBF\xBD";
        else if (allowed)
            out += text.substr(from, at - from);
    }
    return out;
}

}  // namespace gatesim
