// Pages and pictures at a place where a file of the user's may lie.
#pragma once

#include <string>

namespace gatesim {

/// Writes a page, or a picture as SVG, to a file that is new, or a page or picture of ours; what else is there stays as it is. Empty, or what went
/// wrong.
std::string write_page_file(const std::string& path, const std::string& page);

}  // namespace gatesim
