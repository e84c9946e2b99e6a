// Pages for the room: the projector's in big type, and sheets to print. One file, no network, no solutions, no hints.
#pragma once

#include <string>
#include <vector>

#include "learn/lesson.hpp"

namespace gatesim::learn {

struct PageLesson {
    Lesson lesson;
    std::string story;  ///< README.md, filled
};

/// For the wall: story and task, a screenful a lesson; the goals by their texts.
std::string projector_page(const std::vector<PageLesson>& lessons, const std::string& title);

/// A4 or Letter, a page a lesson: objectives, task, room for predictions, a table to fill in.
std::string sheet_page(const std::vector<PageLesson>& lessons, const std::string& title);

}  // namespace gatesim::learn
