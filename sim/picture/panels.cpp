#include "picture/panels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "picture/legend.hpp"

namespace gatesim::picture {

namespace {

std::vector<std::string> names_of(const Panel& panel) {
    std::vector<std::string> out;
    for (const Series& series : panel.series) out.push_back(series.name);
    return out;
}

double y_room(const Lines& lines, double height) {
    double room = 0;
    for (const Panel& panel : lines.panels) {
        Extent x;
        Extent y(panel.y.log);
        extend(panel, x, y);
        room = std::max(room, label_room(Scale(panel.y, y, height, 0, true)));
    }
    return room;
}

}  // namespace

std::string lines_svg(const Lines& lines) {
    Extent whole;
    for (const Panel& panel : lines.panels) {
        Extent y(panel.y.log);
        extend(panel, whole, y);
    }
    if (whole.empty()) return nothing(lines.about);
    const double height = lines.height > 0 ? lines.height : lines.panels.size() > 1 ? 110 : 240;
    Canvas canvas(lines.about, 0);
    const double left = y_room(lines, height);
    const double right = canvas.width() - 10;
    const Scale x(lines.x, whole, left, right, false);
    double top = 0;
    for (std::size_t i = 0; i < lines.panels.size(); ++i) {
        const Panel& panel = lines.panels[i];
        const bool last = i + 1 == lines.panels.size();
        if (!panel.y.label.empty()) canvas.text(0, top + 14, panel.y.label, "strong");
        top += panel.y.label.empty() ? 8 : 24;
        top = draw_legend(canvas, names_of(panel), Swatch::line, 0, top) + 4;
        const Box box{left, top, right, top + height};
        Extent panel_x;
        Extent extent(panel.y.log);
        extend(panel, panel_x, extent);
        const Scale y(panel.y, extent, box.bottom, box.top, true);
        draw_x_axis(canvas, box, x, lines.x.label, last);
        draw_y_axis(canvas, box, y);
        if (extent.empty())
            canvas.text((left + right) / 2, top + height / 2, "nothing to show", "faint", Anchor::middle);
        draw_panel(canvas, box, panel, x, y);
        canvas.line(left, box.bottom, right, box.bottom, "base");
        top = box.bottom + (last ? lines.x.label.empty() ? 24 : 42 : 18);
    }
    canvas.set_height(top);
    return canvas.finish();
}

Lines occupation(const About& about, const Axis& time, const std::vector<Pool>& pools) {
    Lines out{about, time, {}, pools.size() > 1 ? 80.0 : 140.0};
    for (const Pool& pool : pools) {
        Panel panel;
        panel.y.label = pool.name + ", busy nodes";
        panel.y.from_zero = true;
        panel.series.push_back({pool.name, pool.busy, true, true, false});
        if (pool.size > 0) panel.references.push_back({pool.size, fmt::format("{:.4g} nodes", pool.size)});
        out.panels.push_back(std::move(panel));
    }
    return out;
}

}  // namespace gatesim::picture
