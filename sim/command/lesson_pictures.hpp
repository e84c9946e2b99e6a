// The pictures for the board: drawn from runs of the lesson itself, with the drawing code of reports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learn/lesson.hpp"
#include "learn/texts.hpp"

namespace gatesim {

/// A picture as SVG, as wide as a column or a telephone.
struct BoardPicture {
    std::string id, text;  ///< the text is filled
    bool shown = false;    ///< learners may see it
    std::string half, narrow;
};

/// Draws them; `only_shown`: those that learners may see. A run for learners to see has a luck that is nobody's
/// practice luck. Nothing if one cannot be made, which has been printed.
std::optional<std::vector<BoardPicture>> draw_pictures(const learn::Lesson& lesson, const learn::Texts& texts,
                                                       bool only_shown);

/// As a figure of HTML, with its text below.
std::string figure_html(const BoardPicture& picture);

}  // namespace gatesim
