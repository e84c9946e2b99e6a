// The little of Markdown that lessons use: headings, paragraphs, lists, tables, code, emphasis. For a terminal, and as
// HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatesim::learn {

/// One block of a text.
struct Block {
    enum class Kind { heading, paragraph, item, code, table };
    Kind kind = Kind::paragraph;
    int level = 1;                               ///< of a heading
    std::string marker;                          ///< of an item: "-" or "1."
    std::string text;                            ///< paragraphs in one line; code as it stands
    std::vector<std::vector<std::string>> rows;  ///< of a table; the first is its head
};

std::vector<Block> read_markdown(const std::string& text);

/// Wrapped to `width` columns, without marks of emphasis. Headings come through `heading`.
std::string plain_markdown(const std::string& text, std::size_t width, std::string (*heading)(const std::string& text));

/// A fragment of HTML; everything in it is escaped.
std::string html_markdown(const std::string& text);
std::string html_blocks(const std::vector<Block>& blocks);

std::string html_escaped(std::string_view text);

}  // namespace gatesim::learn
