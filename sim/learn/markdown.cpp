#include "learn/markdown.hpp"

#include <algorithm>
#include <sstream>

#include "learn/inline_marks.hpp"
#include "model/display_width.hpp"
#include "record/narrator.hpp"

namespace gatesim::learn {

namespace {

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return "";
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> out;
    std::string cell;
    bool code = false;
    for (const char c : line.substr(1)) {
        if (c == '`') code = !code;
        if (c == '|' && !code) {
            out.push_back(trimmed(cell));
            cell.clear();
        } else {
            cell += c;
        }
    }
    if (!trimmed(cell).empty()) out.push_back(trimmed(cell));
    return out;
}

bool is_rule(const std::string& line) {
    return line.size() > 2 && line.find_first_not_of("|-: ") == std::string::npos;
}

/// "- ", "* " or "12. ": the marker, or nothing.
std::string marker_of(const std::string& line) {
    if (line.starts_with("- ") || line.starts_with("* ")) return "-";
    std::size_t digits = 0;
    while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
    const bool numbered = digits > 0 && digits < 3 && line.compare(digits, 2, ". ") == 0;
    return numbered ? line.substr(0, digits + 1) : "";
}

/// Puts blocks together line by line.
class BlockReader {
public:
    void line(const std::string& raw) {
        const std::string line = trimmed(raw);
        if (line.starts_with("```")) {
            fenced_ = !fenced_;
            if (fenced_) begin(Block::Kind::code);
            return;
        }
        if (fenced_) {
            blocks.back().text += raw + "\n";
        } else if (line.empty()) {
            open_ = false;
        } else if (line[0] == '#') {
            begin(Block::Kind::heading);
            blocks.back().level = static_cast<int>(
                line.find_first_not_of('#') == std::string::npos ? line.size() : line.find_first_not_of('#'));
            blocks.back().text = trimmed(line.substr(static_cast<std::size_t>(blocks.back().level)));
            open_ = false;
        } else if (line[0] == '|') {
            table_line(line);
        } else {
            text_line(line);
        }
    }
    std::vector<Block> blocks;

private:
    void begin(Block::Kind kind) {
        blocks.emplace_back();
        blocks.back().kind = kind;
        open_ = kind != Block::Kind::code;
    }
    void table_line(const std::string& line) {
        if (!open_ || blocks.back().kind != Block::Kind::table) begin(Block::Kind::table);
        if (!is_rule(line)) blocks.back().rows.push_back(cells_of(line));
    }
    void text_line(const std::string& line) {
        const std::string marker = marker_of(line);
        if (!marker.empty()) {
            begin(Block::Kind::item);
            blocks.back().marker = marker;
            blocks.back().text = trimmed(line.substr(marker.size()));
            return;
        }
        const bool goes_on =
            open_ && (blocks.back().kind == Block::Kind::paragraph || blocks.back().kind == Block::Kind::item);
        if (!goes_on) begin(Block::Kind::paragraph);
        blocks.back().text += (blocks.back().text.empty() ? "" : " ") + line;
    }

    bool fenced_ = false, open_ = false;
};

std::string plain_line(const std::string& text) {
    std::string out;
    inline_marks(text, [&](const std::string&, const std::string& plain) { out += plain; });
    return out;
}

/// In columns; the last one is wrapped if the table is too wide.
std::string plain_table(const Block& block, std::size_t width) {
    std::vector<std::size_t> widths;
    for (const auto& row : block.rows)
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (widths.size() <= c) widths.push_back(0);
            widths[c] = std::max(widths[c], display_width(plain_line(row[c])));
        }
    std::string out;
    for (const auto& row : block.rows) {
        std::string line;
        std::size_t used = 0;
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string cell = plain_line(row[c]);
            const bool last = c + 1 == row.size();
            line += cell;
            if (!last) line += std::string(widths[c] - display_width(cell) + 2, ' ');
            if (!last) used += widths[c] + 2;
        }
        out += "  " + wrap(line, width - 2, std::min(used + 2, width / 2), 2) + "\n";
    }
    return out;
}

/// A command that does not fit goes on in the next line, as a shell takes it; what stands beside it goes below it.
std::string code_line(const std::string& line, std::size_t width) {
    const std::size_t first = line.find_first_not_of(' ');
    if (display_width(line) + 4 <= width || first == std::string::npos) return "    " + line + "\n";
    const std::size_t gap = line.find("   ", first);
    const std::size_t note = gap == std::string::npos ? gap : line.find_first_not_of(' ', gap);
    std::string out = "    ";
    for (const char c : wrap(line.substr(0, gap), width - 2, 8, 4))
        out += c == '\n' ? std::string(" \\\n") : std::string(1, c);
    if (note != std::string::npos) out += "\n        " + wrap(line.substr(note), width, 8, 8);
    return out + "\n";
}

std::string plain_block(const Block& block, std::size_t width, std::string (*heading)(const std::string&)) {
    switch (block.kind) {
        case Block::Kind::heading:
            return heading(plain_line(block.text)) + "\n";
        case Block::Kind::paragraph:
            return wrap(plain_line(block.text), width, 0) + "\n";
        case Block::Kind::item: {
            const std::size_t indent = block.marker.size() + 3;
            return "  " + block.marker + " " + wrap(plain_line(block.text), width, indent, indent) + "\n";
        }
        case Block::Kind::table:
            return plain_table(block, width);
        case Block::Kind::code:
            break;
    }
    std::string out, line;
    std::istringstream lines(block.text);
    while (std::getline(lines, line)) out += code_line(line, width);
    return out;
}

}  // namespace

std::vector<Block> read_markdown(const std::string& text) {
    BlockReader reader;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) reader.line(line);
    return std::move(reader.blocks);
}

std::string plain_markdown(const std::string& text, std::size_t width, std::string (*heading)(const std::string&)) {
    std::string out;
    Block::Kind before = Block::Kind::heading;
    for (const Block& block : read_markdown(text)) {
        const bool tight = block.kind == Block::Kind::item && before == Block::Kind::item;
        if (!out.empty() && !tight) out += "\n";
        out += plain_block(block, width, heading);
        before = block.kind;
    }
    return out;
}

}  // namespace gatesim::learn
