#include "picture/change_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/change_time_many.hpp"
#include "picture/legend.hpp"
#include "picture/style.hpp"

namespace gatesim::picture {

namespace {

/// Of many rows each so manieth has a label.
constexpr std::size_t kEvery = 5;
/// Lines of a piece on paper: a third of a page of A4, and a multiple of kEvery.
constexpr std::size_t kPiece = 35;
/// Lines of a folded picture, at most.
constexpr std::size_t kFolded = 150;
/// Half as wide as a cross, in pixels.
constexpr double kCross = 5;

std::string_view fill_of(Fate fate) {
    return fate == Fate::thrown_away ? "gone" : "";
}

/// Drops what belongs to no row or has no place in time.
void keep_drawable(ChangeTime& chart) {
    const auto row = [&](std::size_t number) { return number < chart.rows.size(); };
    std::erase_if(chart.bars, [&](const AttemptBar& b) {
        return !row(b.row) || !std::isfinite(b.from) || !std::isfinite(b.until) || b.until < b.from;
    });
    std::erase_if(chart.crosses, [&](const FailureCross& c) { return !row(c.row) || !std::isfinite(c.at); });
    std::erase_if(chart.arrows,
                  [&](const ResetArrow& a) { return !row(a.from_row) || !row(a.to_row) || !std::isfinite(a.at); });
}

void draw_labels(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Box& box, const Scale& x,
                 std::size_t first = 0, std::size_t last = kMostRows) {
    const bool few = chart.rows.size() <= kFewRows;
    for (std::size_t i = first; i < std::min(last, chart.rows.size()); i += few ? 1 : kEvery) {
        const StayRow& row = chart.rows[i];
        if (!few) canvas.line(0, lines.top(i), box.right, lines.top(i), "grid");
        const std::string said = row.label + (canvas.narrow() && few && !row.end.empty() ? "  " + row.end : "");
        if (canvas.narrow())
            canvas.text(0, few ? lines.top(i) - 3 : lines.top(i) + 10, shortened(said, canvas.width()),
                        few ? "" : "small");
        else
            canvas.text(box.left - 8, few ? lines.middle(i) + 4 : lines.top(i) + 10, shortened(said, box.left - 8), "",
                        Anchor::end);
        if (few && !canvas.narrow() && !row.end.empty()) {
            const bool crossed = std::any_of(chart.crosses.begin(), chart.crosses.end(), [&](const FailureCross& c) {
                return c.row == i && std::abs(x(c.at) - x(row.until)) < kCross;
            });
            canvas.text(x(row.until) + (crossed ? kCross + 4 : 5), lines.middle(i) + 4, row.end, "");
        }
    }
}

void draw_few(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x) {
    std::string waits;
    for (std::size_t i = 0; i < chart.rows.size(); ++i)
        waits += fmt::format("M{} {}H{}", coordinate(x(chart.rows[i].from)), coordinate(lines.middle(i)),
                             coordinate(x(chart.rows[i].until)));
    canvas.path(waits, "waits");
    for (const Fate fate : kFates)
        for (const AttemptBar& bar : chart.bars)
            if (bar.fate == fate)
                canvas.rect(x(bar.from), lines.top(bar.row), std::max(x(bar.until) - x(bar.from), 1.5), lines.height,
                            class_of(fate), bar.title, fill_of(fate));
}

void draw_few_marks(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x) {
    constexpr double kHead = 4, kSize = 5;
    for (const ResetArrow& arrow : chart.arrows) {
        const bool down = arrow.to_row > arrow.from_row;
        const double to = down ? lines.top(arrow.to_row) : lines.bottom(arrow.to_row);
        canvas.path(
            fmt::format("M{0} {1}V{2}M{3} {2}L{0} {4}L{5} {2}z", coordinate(x(arrow.at)),
                        coordinate(lines.middle(arrow.from_row)), coordinate(to + (down ? -kHead * 1.5 : kHead * 1.5)),
                        coordinate(x(arrow.at) - kHead), coordinate(to), coordinate(x(arrow.at) + kHead)),
            "arrow", arrow.title);
    }
    for (const FailureCross& cross : chart.crosses) {
        const std::string data = fmt::format("M{0} {1}l{2} {2}m0 -{2}l-{2} {2}", coordinate(x(cross.at) - kSize),
                                             coordinate(lines.middle(cross.row) - kSize), coordinate(kSize * 2));
        canvas.path(data, "halo");
        canvas.path(data, "cross", cross.title);
    }
}

/// The meaning of bars and marks; only of those that are there. Returns where it ends.
double draw_key(Canvas& canvas, const ChangeTime& chart) {
    double x = 0;
    double y = 2;
    const auto entry = [&](const std::string& name, const auto& draw) {
        const double wide = 44 + text_width(name);
        if (x > 0 && x + wide > canvas.width()) x = 0, y += 18;
        draw();
        canvas.text(x + 28, y + 12, name, "small");
        x += wide;
    };
    constexpr std::pair<Fate, const char*> kBars[] = {{Fate::landed, "landed"},
                                                      {Fate::ejected, "ejected"},
                                                      {Fate::thrown_away, "thrown away"},
                                                      {Fate::passed, "verdict served otherwise"},
                                                      {Fate::running, "still running"}};
    canvas.open_group("key");
    for (const auto& [fate, name] : kBars) {
        if (std::none_of(chart.bars.begin(), chart.bars.end(), [f = fate](const AttemptBar& b) { return b.fate == f; }))
            continue;
        entry(name, [&, f = fate] {
            // A style and no class, so that bars can be counted by their class.
            const std::string_view cls = class_of(f);
            canvas.rect(x + 2, y + 2, 20, 12, fmt::format("k-{}", cls), {}, f == Fate::thrown_away ? "gone" : "");
        });
    }
    if (!chart.crosses.empty())
        entry("build failed", [&] {
            canvas.path(fmt::format("M{} {}l10 10m0 -10l-10 10", coordinate(x + 7), coordinate(y + 3)), "k-cross");
        });
    if (!chart.arrows.empty())
        entry("starts again because of it", [&] {
            canvas.path(fmt::format("M{0} {1}v8m-4 0l4 6l4 -6z", coordinate(x + 12), coordinate(y + 1)), "k-arrow");
        });
    canvas.close_group();
    return y + 24;
}

Extent times_of(const ChangeTime& chart) {
    Extent out;
    for (const StayRow& row : chart.rows) out.add(row.from), out.add(row.until);
    for (const AttemptBar& bar : chart.bars) out.add(bar.from), out.add(bar.until);
    return out;
}

/// The panel below the rows; returns where it ends.
double draw_below(Canvas& canvas, const Panel& panel, double left, double right, double top, const Scale& x,
                  const std::string& label) {
    canvas.text(0, top + 14, panel.y.label, "strong");
    std::vector<std::string> names;
    for (const Series& series : panel.series) names.push_back(series.name);
    top = draw_legend(canvas, names, Swatch::line, 0, top + 20) + 6;
    const Box box{left, top, right, top + 90};
    Extent panel_x;
    Extent extent(panel.y.log);
    extend(panel, panel_x, extent);
    const Scale y(panel.y, extent, box.bottom, box.top, true);
    draw_x_axis(canvas, box, x, label);
    draw_y_axis(canvas, {left, top, right, top + 90}, y);
    draw_panel(canvas, box, panel, x, y);
    canvas.line(left, box.bottom, right, box.bottom, "base");
    return box.bottom + (label.empty() ? 24 : 42);
}

/// Folds a chart of too many rows; returns how many share a line now.
std::size_t folded(ChangeTime& chart, const Extent& times) {
    const std::size_t stays = chart.rows.size();
    const std::size_t rows_a_line = stays <= kMostRows ? 1 : (stays + kFolded - 1) / kFolded;
    const double pixel = (times.high() - times.low()) / width_of(chart.about.layout);
    if (rows_a_line > 1) fold(chart, rows_a_line, std::max(pixel, 1e-9));
    return rows_a_line;
}

/// Where lines and times are.
struct Frame {
    LinePlaces lines;
    Box box;
    Scale x;
};

/// Draws the meaning of bars and marks, and leaves room for the axis above many rows.
Frame frame_of(Canvas& canvas, const ChangeTime& chart, const Extent& times, std::size_t stays,
               std::size_t rows_a_line) {
    double left = canvas.narrow() ? 30 : 50;
    if (!canvas.narrow())
        for (const StayRow& row : chart.rows) left = std::max(left, std::min(text_width(row.label), 170.0) + 12);
    const double right = canvas.width() - (canvas.narrow() ? 6 : 34);
    double top = draw_key(canvas, chart);
    if (rows_a_line > 1) {
        canvas.text(0, top + 10, fmt::format("{} stays: {} share a line.", stays, rows_a_line), "faint");
        top += 20;
    }
    if (chart.rows.size() > kFewRows) top += 20;  // the time stands above, too: below it is out of sight
    const LinePlaces lines = lines_of(chart.rows.size(), top, canvas.narrow());
    // A telephone has no room for a margin, but the panel's labels need one.
    const Box box{canvas.narrow() && !chart.panel ? 0 : left, top, right,
                  top + lines.step * static_cast<double>(chart.rows.size()) + 2};
    return {lines, box, Scale(chart.time, times, box.left + 2, box.right, false)};
}

}  // namespace

std::string change_time_svg(ChangeTime chart) {
    keep_drawable(chart);
    const Extent times = times_of(chart);
    if (chart.rows.empty() || times.empty()) return nothing(chart.about);
    Canvas canvas(chart.about, 0);
    define_patterns(canvas);
    const std::size_t stays = chart.rows.size();
    const std::size_t rows_a_line = folded(chart, times);
    const Frame frame = frame_of(canvas, chart, times, stays, rows_a_line);
    const auto& [lines, box, x] = frame;
    const bool many = chart.rows.size() > kFewRows;
    if (many) draw_x_axis(canvas, {box.left, box.top - 22, box.right, box.top - 22}, x, "");
    draw_x_axis(canvas, box, x, chart.panel ? "" : chart.time.label);
    if (!many) {
        draw_labels(canvas, chart, lines, box, x);
        draw_few(canvas, chart, lines, x);
        draw_few_marks(canvas, chart, lines, x);
    } else {
        if (canvas.narrow() && !chart.about.shapes_of.empty()) {
            About wide = chart.about;
            wide.layout = Layout::wide;
            Canvas its(wide, 0);
            const Frame there = frame_of(its, chart, times, stays, rows_a_line);
            use_many(canvas, chart, lines, x, there.lines, there.x);
        } else {
            draw_many(canvas, chart, lines, x);
        }
        draw_many_marks(canvas, chart, lines, x);
        draw_labels(canvas, chart, lines, box, x);
    }
    double top = box.bottom + (chart.time.label.empty() || chart.panel ? 24 : 42);
    if (chart.panel) top = draw_below(canvas, *chart.panel, box.left, box.right, top + 8, x, chart.time.label);
    canvas.set_height(top);
    return canvas.finish();
}

std::string change_time_pieces(ChangeTime chart) {
    keep_drawable(chart);
    const Extent times = times_of(chart);
    if (chart.rows.size() <= kFewRows || times.empty()) return "";
    const std::size_t stays = chart.rows.size();
    const std::size_t rows_a_line = folded(chart, times);
    std::string out;
    for (std::size_t first = 0; first < chart.rows.size(); first += kPiece) {
        About about = chart.about;
        about.id += fmt::format("-{}", first / kPiece);
        if (first > 0) about.desc.clear();
        Canvas canvas(about, 0);
        define_gone(canvas);
        const std::size_t last = std::min(first + kPiece, chart.rows.size());
        // The picture whose bars are shown has the key above its rows; here it stands above the first piece only.
        Canvas its(chart.about, 0);
        const Frame there = frame_of(its, chart, times, stays, rows_a_line);
        const double top = first == 0 ? frame_of(canvas, chart, times, stays, rows_a_line).lines.first : 20;
        LinePlaces lines = there.lines;
        lines.first = top - lines.step * static_cast<double>(first);
        const Box box{there.box.left, top, there.box.right, top + lines.step * static_cast<double>(last - first) + 2};
        draw_x_axis(canvas, {box.left, top - 22, box.right, top - 22}, there.x, "");
        draw_x_axis(canvas, box, there.x, "", false);
        const double down = lines.first - there.lines.first;
        canvas.define(
            fmt::format("<clipPath id=\"{}-clip\"><rect x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
                        about.id, coordinate(box.top), coordinate(canvas.width()), coordinate(box.height())));
        canvas.open_clipped(about.id + "-clip");
        use_many(canvas, chart, lines, there.x, there.lines, there.x);
        use_marks(canvas, chart, down);
        canvas.close_group();
        draw_labels(canvas, chart, lines, box, there.x, first, last);
        canvas.set_height(box.bottom + 4);
        out += canvas.finish();
    }
    return out;
}

}  // namespace gatesim::picture
