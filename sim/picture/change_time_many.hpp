// The shapes of a picture of changes and time that has many rows: a few long paths instead of an element a bar.
#pragma once

#include "picture/change_time.hpp"

namespace gatesim::picture {

/// Above so many rows nothing has a title, and not every row a label.
inline constexpr std::size_t kFewRows = 60;

/// Where the lines are.
struct LinePlaces {
    double first;   ///< the top of the first line
    double step;    ///< from one to the next
    double label;   ///< of it, above the bar
    double height;  ///< of a bar
    double top(std::size_t row) const { return first + step * static_cast<double>(row) + label; }
    double bottom(std::size_t row) const { return top(row) + height; }
    double middle(std::size_t row) const { return top(row) + height / 2; }
};

/// Several rows to a line: bars of one fate that touch become one, and marks that fall together are drawn once.
/// `pixel`: how much time one is.
void fold(ChangeTime& chart, std::size_t rows_a_line, double pixel);

LinePlaces lines_of(std::size_t rows, double first, bool narrow);

/// What is drawn of a chart, in its order: the fates of bars, what was lost on top of what was not.
inline constexpr Fate kFates[] = {Fate::passed, Fate::running, Fate::landed, Fate::ejected, Fate::thrown_away};
std::string_view class_of(Fate fate);

/// Waiting and bars. They get ids, so that another picture can show them once more.
void draw_many(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x);

/// The same of the picture `shapes_of`, which has other places for lines and times.
void use_many(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x,
              const LinePlaces& its_lines, const Scale& its_x);

/// Crosses and arrows. They have an id, too: `use_marks` shows them once more, as far down as they are there.
void use_marks(Canvas& canvas, const ChangeTime& chart, double down);
void draw_many_marks(Canvas& canvas, const ChangeTime& chart, const LinePlaces& lines, const Scale& x);

}  // namespace gatesim::picture
