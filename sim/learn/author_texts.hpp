// The author's test, the part about files and texts.
#pragma once

#include <string>
#include <vector>

#include "learn/lesson.hpp"
#include "learn/texts.hpp"

namespace gatesim::learn {

/// "wrong/NAME.json", by name.
std::vector<std::string> wrong_files(const Lesson& lesson);

/// Files that a lesson must have and has not, and files that nobody names.
std::vector<std::string> stray_files(const Lesson& lesson);

/// Tokens that stand for nothing, and numbers that were typed.
std::vector<std::string> text_troubles(const Lesson& lesson, const Figures& figures);

}  // namespace gatesim::learn
