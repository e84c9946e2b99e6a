// How files come to lie on a learner's desk, so that nothing of theirs is lost.
#pragma once

#include <string>

namespace gatesim {

/// Writes a file whole or not at all; what went wrong has been printed.
bool write_whole(const std::string& path, const std::string& content);

/// Keeps a text beside the file, under the first free number; one that is kept already is not kept again. Gives its
/// name, or nothing.
std::string rescue(const std::string& path, const std::string& text);

/// Copies what a lesson hands out. `read_only`: it is there to look at. False: could not, which has been printed.
bool copy_file(const std::string& from, const std::string& to, bool read_only);

}  // namespace gatesim
