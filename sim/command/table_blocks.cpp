#include "command/table_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/report_text.hpp"
#include "model/display_width.hpp"
#include "record/narrator.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kGap = 2;

struct Layout {
    bool named = true;      ///< units stand beside the numbers
    bool own_line = false;  ///< labels stand above their rows
};

struct Widths {
    std::size_t label = 0, value = 0, difference = 0, mark = 0;
};

/// What a row begins with: two blanks and the label, or, below the label, six.
std::size_t margin(const Widths& widths, Layout layout) {
    return layout.own_line ? 6 : kGap + widths.label + kGap;
}

std::size_t whole(const Widths& widths, Layout layout) {
    std::size_t out = margin(widths, layout) + widths.value;
    if (widths.difference > 0) out += kGap + widths.difference;
    if (widths.mark > 0) out += kGap + widths.mark;
    return out;
}

using Rows = std::vector<std::vector<TableRow>>;  // by block

Rows rows_of(const std::vector<TableBlock>& blocks, Layout layout) {
    Rows out;
    for (const TableBlock& block : blocks)
        out.push_back(block.rows(layout.named ? block.unit : PrintUnit{"", block.unit.divisor}));
    return out;
}

Widths widths_of(const Rows& rows) {
    Widths out;
    for (const auto& block : rows) {
        for (const TableRow& row : block) {
            out.label = std::max(out.label, display_width(row.label));
            out.value = std::max(out.value, display_width(row.value));
            out.difference = std::max(out.difference, display_width(row.difference));
            out.mark = std::max(out.mark, display_width(row.mark));
        }
    }
    return out;
}

std::string heading(const TableBlock& block, Layout layout) {
    std::string out = block.name;
    if (!layout.named && !block.unit.text.empty()) out += fmt::format(" [{}]", block.unit.text);
    if (!block.about.empty()) out += "  " + block.about;
    return out;
}

std::string row_text(const TableRow& row, const Widths& widths, Layout layout) {
    std::string out = "  ";
    const auto cell = [&](const std::string& text, std::size_t width) {
        out += text + std::string(width - std::min(width, display_width(text)) + kGap, ' ');
    };
    if (layout.own_line)
        out += row.label + "\n" + std::string(margin(widths, layout), ' ');
    else
        cell(row.label, widths.label);
    cell(row.value, widths.value);
    if (widths.difference > 0) cell(row.difference, widths.difference);
    return without_blanks(out + row.mark) + "\n";
}

}  // namespace

std::string about_text(const Metric& metric) {
    return fmt::format("{}; {}", metric.brief, direction_text(metric.direction));
}

std::string blocks_text(const std::vector<TableBlock>& blocks, std::size_t width) {
    Layout layout;
    Rows rows;
    Widths widths;
    for (const Layout attempt : {Layout{true, false}, Layout{false, false}, Layout{false, true}}) {
        layout = attempt;
        rows = rows_of(blocks, layout);
        widths = widths_of(rows);
        if (whole(widths, layout) <= width) break;
    }
    std::string out;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        out += "\n" + wrap(heading(blocks[b], layout), width, 2) + "\n";
        for (const TableRow& row : rows[b]) out += row_text(row, widths, layout);
    }
    return out;
}

}  // namespace gatesim
