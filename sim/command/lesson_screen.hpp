// What a learner sees: the table of goals, the list of lessons, pages of text.
#pragma once

#include <string>

#include "command/lesson_desk.hpp"

namespace gatesim {

/// Columns there are: COLUMNS or the terminal's, at least 40 and at most 100; 80 if nothing is known.
std::size_t screen_width();
/// Lines there are; 24 if nothing is known.
std::size_t screen_height();

/// Markdown for the terminal.
std::string page_text(const std::string& markdown);

/// Goal, yours and distance side by side, with what to say under each goal that is missed.
std::string outcome_text(const OpenLesson& open, const learn::CheckOutcome& outcome, const learn::Texts& texts,
                         const learn::LessonState& state);

/// The lessons with their state and minutes.
std::string list_text(Desk& desk);

/// What a verdict means and what to do next, in a sentence or two.
std::string advice_text(const OpenLesson& open, const learn::CheckOutcome& outcome);

}  // namespace gatesim
