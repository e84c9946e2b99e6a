// Pages for the room: the projector's in big type, sheets to print, and the teacher's own. One file, no network. What
// learners see has no solutions and no hints.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "learn/lesson.hpp"

namespace gatesim::learn {

/// Texts of the lesson are filled.
struct PageLesson {
    Lesson lesson;
    std::string story;                      ///< README.md
    std::string learner;                    ///< whose sheet it is; empty: anybody's
    std::vector<std::string> figures = {};  ///< pictures that learners may see, as HTML
};

/// For the wall: story and task, cut into slides of a screen each; then a slide for each picture.
std::string projector_page(const std::vector<PageLesson>& lessons, const std::string& title);

/// A4 or Letter, a page a lesson: objectives, task, a line for every answer, a table for what was tried; pictures on
/// a page of their own, for the back.
std::string sheet_page(const std::vector<PageLesson>& lessons, const std::string& title);

/// Texts of the lesson are filled.
struct TeacherLesson {
    Lesson lesson;
    std::string notes, why;  ///< instructor.md, solution/why.md
    std::vector<std::string> hints;
    std::string solution;                                       ///< solution/work.json
    std::vector<std::pair<std::string, std::string>> programs;  ///< of the solution, by name
    std::vector<std::string> figures = {};                      ///< what to draw on the board, as HTML
};

/// All that a teacher wants beside a lesson, without its title, as Markdown.
std::string teacher_markdown(const TeacherLesson& lesson);

/// With the figures below what the notes say of the board.
std::string teacher_page(const std::vector<TeacherLesson>& lessons, const std::string& title);

}  // namespace gatesim::learn
