// What a learner sees: the table of goals, the list of lessons, pages of text.
#pragma once

#include <string>

#include "command/lesson_desk.hpp"
#include "learn/reference.hpp"

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

/// The learner's figures beside those of the reference; empty if there are none.
std::string beside_text(const std::vector<learn::Beside>& lines, const learn::Texts& texts);

/// Each line by itself, what does not fit goes on below it.
std::string wrapped_lines(const std::string& text);

/// What went wrong in a run: the reason in full, and of what was going on only as much as fits the screen. The longest
/// lines are what was said to a program, and the last events are in most cases arrivals.
std::string trouble_text(const std::string& trouble);

/// What the learner's program wrote to its standard error; nothing if it was silent.
std::string said_text(const std::string& said);

/// The lessons with their state and minutes.
std::string list_text(Desk& desk);

/// What a verdict means and what to do next, in a sentence or two.
std::string advice_text(const OpenLesson& open, const learn::CheckOutcome& outcome);

}  // namespace gatesim
