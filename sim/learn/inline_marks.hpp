// Emphasis and code inside a line of Markdown: shared by the terminal's pages and HTML.
#pragma once

#include <string>

#include "learn/markdown.hpp"
#include "model/markup.hpp"

namespace gatesim::learn {

/// Goes through a line: code spans, and what stands between marks of emphasis.
template <class Out>
void inline_marks(const std::string& text, Out out) {
    bool code = false, strong = false, slanted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '`') {
            code = !code;
            out(code ? "<code>" : "</code>", "`");
        } else if (!code && text.compare(i, 2, "**") == 0) {
            strong = !strong;
            ++i;
            out(strong ? "<strong>" : "</strong>", "");
        } else if (!code && text[i] == '*' &&
                   (slanted || (i + 1 < text.size() && text[i + 1] != ' ' && text[i + 1] != '*'))) {
            slanted = !slanted;
            out(slanted ? "<em>" : "</em>", "");
        } else {
            std::size_t next = i;
            detail::next_code(text, next);
            const std::string one = text.substr(i, next - i);
            out(html_escaped(one), one);
            i = next - 1;
        }
    }
}

}  // namespace gatesim::learn
