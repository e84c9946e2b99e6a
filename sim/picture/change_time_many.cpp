#include "picture/change_time_many.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gatesim::picture {

namespace {

/// A bar is a thick line: the least that can be written of it. Places are whole pixels.
class Strokes {
public:
    void add(double from, double until, double y) {
        const auto left = static_cast<int>(std::lround(from));
        const int right = std::max(left + 2, static_cast<int>(std::lround(until)));
        if (y != y_ || left < right_)
            data_ += fmt::format("M{} {}", left, coordinate(y));
        else if (left > right_)
            data_ += fmt::format("m{} 0", left - right_);
        data_ += fmt::format("h{}", right - left);
        y_ = y;
        right_ = right;
    }
    const std::string& data() const { return data_; }

private:
    std::string data_;
    double y_ = -1;
    int right_ = 0;
};

std::string bars_of(const ChangeTime& chart, Fate fate, const LinePlaces& lines, const Scale& x) {
    std::vector<const AttemptBar*> bars;
    for (const AttemptBar& bar : chart.bars)
        if (bar.fate == fate) bars.push_back(&bar);
    std::stable_sort(bars.begin(), bars.end(), [](const AttemptBar* a, const AttemptBar* b) {
        return a->row != b->row ? a->row < b->row : a->from < b->from;
    });
    Strokes out;
    for (const AttemptBar* bar : bars) out.add(x(bar->from), x(bar->until), lines.middle(bar->row));
    return out.data();
}

std::string id_of(const std::string& picture, Fate fate) {
    return fmt::format("{}-{}", picture, class_of(fate));
}

/// The pattern stands at the group and not at the shape: a picture that is not shown lends shapes, but no patterns.
std::string_view pattern_of(Fate fate) {
    return fate == Fate::thrown_away ? "gone" : "";
}

}  // namespace

LinePlaces lines_of(std::size_t rows, double first, bool narrow) {
    if (rows <= kFewRows) return narrow ? LinePlaces{first, 32, 15, 13} : LinePlaces{first, 26, 3, 20};
    return {first, 12, 1, 10};
}

std::string_view class_of(Fate fate) {
    switch (fate) {
        case Fate::landed:
            return "landed";
        case Fate::ejected:
            return "ejected";
        case Fate::thrown_away:
            return "thrown";
        case Fate::running:
            return "running";
        case Fate::passed:
            return "passed";
    }
    return "";
}

void draw_many(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x) {
    Strokes waits;
    for (std::size_t i = 0; i < chart.rows.size(); ++i)
        waits.add(x(chart.rows[i].from), x(chart.rows[i].until), lines.middle(i));
    canvas.open_group("", canvas.id() + "-waits");
    canvas.path(waits.data(), "m-waits");
    canvas.close_group();
    for (const Fate fate : kFates) {
        const std::string data = bars_of(chart, fate, lines, x);
        if (data.empty()) continue;
        canvas.open_group("", "", pattern_of(fate));
        canvas.open_group("", id_of(canvas.id(), fate));
        canvas.path(data, fmt::format("many m-{}", class_of(fate)));
        // An edge is a thinner line on top of a thicker one.
        if (fate == Fate::ejected || fate == Fate::passed) canvas.path(data, fmt::format("many i-{}", class_of(fate)));
        canvas.close_group();
        canvas.close_group();
    }
}

void use_many(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x,
              const LinePlaces& its_lines, const Scale& its_x) {
    const double a = (x.to() - x.from()) / (its_x.to() - its_x.from());
    const std::string place = fmt::format("matrix({:.6f} 0 0 1 {} {})", a, coordinate(x.from() - a * its_x.from()),
                                          coordinate(lines.first - its_lines.first));
    canvas.use(chart.about.shapes_of + "-waits", place);
    for (const Fate fate : kFates)
        if (std::any_of(chart.bars.begin(), chart.bars.end(), [&](const AttemptBar& b) { return b.fate == fate; }))
            canvas.use(id_of(chart.about.shapes_of, fate), place, pattern_of(fate));
}

void draw_many_marks(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x) {
    std::string arrows, crosses;
    for (const ResetArrow& arrow : chart.arrows) {
        const bool down = arrow.to_row > arrow.from_row;
        arrows +=
            fmt::format("M{} {}V{}m-2 {}l2 {}l2 {}", std::lround(x(arrow.at)), coordinate(lines.middle(arrow.from_row)),
                        coordinate(down ? lines.top(arrow.to_row) : lines.bottom(arrow.to_row)), down ? -4 : 4,
                        down ? 4 : -4, down ? -4 : 4);
    }
    for (const FailureCross& cross : chart.crosses)
        crosses +=
            fmt::format("M{} {}l6 6m0-6l-6 6", std::lround(x(cross.at)) - 3, coordinate(lines.middle(cross.row) - 3));
    canvas.open_group("", canvas.id() + "-marks");
    if (!arrows.empty()) canvas.path(arrows, "m-arrow");
    if (!crosses.empty()) canvas.path(crosses, "m-cross");
    canvas.close_group();
}

void use_marks(Canvas& canvas, const ChangeTime& chart, double down) {
    canvas.use(chart.about.shapes_of + "-marks", fmt::format("translate(0 {})", coordinate(down)));
}

}  // namespace gatesim::picture
