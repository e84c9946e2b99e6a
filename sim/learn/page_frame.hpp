// What all pages for the room share.
#pragma once

#include <string>

#include "learn/lesson.hpp"

namespace gatesim::learn {

/// A whole page. It is one file and asks for nothing from outside. `style` adds to what code and tables look like
/// everywhere.
std::string framed(const std::string& title, const std::string& style, const std::string& body);

/// "05 Bet on the future", as HTML.
std::string lesson_title(const Lesson& lesson);

/// Text of a manifest as HTML: without the marks of code.
std::string plain_html(std::string text);

/// The story without its first heading, which is the lesson's title again.
std::string without_title(const std::string& story);

}  // namespace gatesim::learn
