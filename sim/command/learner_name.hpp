// What a learner is called: it decides their luck and stands on the class board.
#pragma once

#include <string>

namespace gatesim {

/// One line, no control characters, not too long; empty if the text is not UTF-8 or nothing is left of it.
std::string clean_name(const std::string& text);

/// Whether an image gives that name to everybody who starts it ("root", "student01"), so that it is nobody's.
bool is_nobodys(const std::string& name);

}  // namespace gatesim
