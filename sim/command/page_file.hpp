// Pages at a place where a file of the user's may lie.
#pragma once

#include <string>

namespace gatesim {

/// Writes a page to a file that is new, or a page of ours; what else is there stays as it is. Empty, or what went
/// wrong.
std::string write_page_file(const std::string& path, const std::string& page);

}  // namespace gatesim
