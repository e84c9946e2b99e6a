#include "picture/heat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/axis.hpp"
#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

/// Twelve steps of one colour. Text on the darkest still has a contrast of 4.5:1.
int shade(double value, const Extent& extent) {
    const double span = extent.high() - extent.low();
    const double share = span > 0 && std::isfinite(span) ? (value - extent.low()) / span : 0.5;
    return static_cast<int>(std::round(std::clamp(share, 0.0, 1.0) * 12));
}

void draw_cell(Canvas& canvas, const Box& box, const Cell& cell, const Extent& extent, const std::string& where) {
    if (!std::isfinite(cell.value)) return canvas.rect(box.left, box.top, box.width(), box.height(), "frame");
    canvas.rect(box.left, box.top, box.width(), box.height(), fmt::format("cell h{}", shade(cell.value, extent)),
                where + ": " + cell.text);
    if (cell.best || cell.tied)
        canvas.rect(box.left + 3, box.top + 3, box.width() - 6, box.height() - 6, cell.best ? "best" : "tied");
    const std::string mark = cell.best ? "★ " : cell.tied ? "≈ " : "";
    canvas.text((box.left + box.right) / 2, (box.top + box.bottom) / 2 + 4,
                shortened(mark + cell.text, box.width() - 6), cell.best ? "on strong" : "on", Anchor::middle);
}

}  // namespace

std::string heat_svg(const Heat& heat) {
    Extent extent;
    for (const auto& row : heat.cells)
        for (const Cell& cell : row) extent.add(cell.value);
    if (extent.empty() || heat.columns.empty()) return nothing(heat.about);
    Canvas canvas(heat.about, 0);
    double left = 0;
    for (const std::string& row : heat.rows) left = std::max(left, text_width(row));
    left = std::min(left, canvas.width() * 0.3) + 10;
    const double wide = std::min((canvas.width() - left) / static_cast<double>(heat.columns.size()), 140.0);
    const double high = 34;
    double top = heat.y_label.empty() ? 4 : 24;
    if (!heat.y_label.empty()) canvas.text(0, 14, heat.y_label, "strong");
    for (std::size_t r = 0; r < heat.cells.size(); ++r, top += high) {
        const std::string row = r < heat.rows.size() ? heat.rows[r] : "";
        canvas.text(left - 8, top + high / 2 + 4, shortened(row, left - 10), "", Anchor::end);
        for (std::size_t c = 0; c < std::min(heat.cells[r].size(), heat.columns.size()); ++c) {
            const double x = left + wide * static_cast<double>(c);
            draw_cell(canvas, {x, top, x + wide, top + high}, heat.cells[r][c], extent, row + ", " + heat.columns[c]);
        }
    }
    for (std::size_t c = 0; c < heat.columns.size(); ++c)
        canvas.text(left + wide * (static_cast<double>(c) + 0.5), top + 16, shortened(heat.columns[c], wide - 2), "",
                    Anchor::middle);
    if (!heat.x_label.empty())
        canvas.text(left + wide * static_cast<double>(heat.columns.size()) / 2, top + 34, heat.x_label, "strong",
                    Anchor::middle);
    canvas.set_height(top + (heat.x_label.empty() ? 24 : 42));
    return canvas.finish();
}

}  // namespace gatesim::picture
