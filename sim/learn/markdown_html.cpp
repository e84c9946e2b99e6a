#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "learn/inline_marks.hpp"
#include "learn/markdown.hpp"
#include "model/markup.hpp"

namespace gatesim::learn {

namespace {

std::string html_line(const std::string& text) {
    std::string out;
    inline_marks(text, [&](const std::string& html, const std::string&) { out += html; });
    return out;
}

/// On a narrow screen the table scrolls by itself, and the page stays where it is.
std::string html_table(const Block& block) {
    std::string out = "<div class=\"table\"><table>\n";
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
        out += "<tr>";
        const char* tag = r == 0 ? "th" : "td";
        for (const std::string& cell : block.rows[r]) out += fmt::format("<{0}>{1}</{0}>", tag, html_line(cell));
        out += "</tr>\n";
    }
    return out + "</table></div>\n";
}

/// Words keep together: an option is not parted behind its hyphens.
std::string html_words(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        out += text.substr(at, begin - at);
        if (end > begin) out += "<span class=\"w\">" + html_escaped(text.substr(begin, end - begin)) + "</span>";
        at = end;
    }
    return out;
}

/// Each line is a block of its own, so that what is too long goes on indented. What stands beside a command, behind
/// three blanks or more, goes below it as a whole where there is no room for both.
std::string html_code(const std::string& text) {
    std::string out, line;
    std::istringstream lines(text);
    while (std::getline(lines, line)) {
        const std::size_t first = line.find_first_not_of(' ');
        const std::size_t gap = first == std::string::npos ? first : line.find("   ", first);
        const std::size_t note = gap == std::string::npos ? gap : line.find_first_not_of(' ', gap);
        out += "<span class=\"line\">" + html_words(line.substr(0, note));
        if (note != std::string::npos) out += "<span class=\"note\">" + html_escaped(line.substr(note)) + "</span>";
        out += line.empty() ? " </span>" : "</span>";
    }
    return "<pre>" + out + "</pre>\n";
}

}  // namespace

std::string html_escaped(std::string_view text) {
    return escaped_markup(text);
}

std::string html_blocks(const std::vector<Block>& blocks) {
    std::string out, list;
    const auto close_list = [&] {
        if (!list.empty()) out += "</" + list + ">\n";
        list.clear();
    };
    for (const Block& block : blocks) {
        if (block.kind == Block::Kind::item) {
            const std::string wanted = block.marker == "-" ? "ul" : "ol";
            if (list != wanted) {
                close_list();
                const std::string number = block.marker.substr(0, block.marker.size() - 1);
                out +=
                    wanted == "ol" && number != "1" ? fmt::format("<ol start=\"{}\">\n", number) : "<" + wanted + ">\n";
                list = wanted;
            }
            out += "<li>" + html_line(block.text) + "</li>\n";
            continue;
        }
        close_list();
        switch (block.kind) {
            case Block::Kind::heading: {
                const int level = std::clamp(block.level + 1, 2, 6);
                out += fmt::format("<h{0}>{1}</h{0}>\n", level, html_line(block.text));
                break;
            }
            case Block::Kind::code:
                out += html_code(block.text);
                break;
            case Block::Kind::table:
                out += html_table(block);
                break;
            default:
                out += "<p>" + html_line(block.text) + "</p>\n";
        }
    }
    close_list();
    return out;
}

std::string html_markdown(const std::string& text) {
    return html_blocks(read_markdown(text));
}

}  // namespace gatesim::learn
