// Files for a user that are not there yet: all of them or none, and nothing that is there is touched.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gatesim {

/// Names and contents, for one folder.
using NewFiles = std::vector<std::pair<std::string, std::string>>;

/// Why they cannot be made; empty = nothing is in the way. `folder` may be there or not.
std::string what_is_in_the_way(const std::string& folder, const NewFiles& files);

/// Makes them, each whole, the last one at the end; `folder` is made if it is not there, and then appears with all of
/// them. What went wrong, or empty; then nothing was left behind. Somebody else's file of the same name, even one that
/// comes at the same moment, stays as it is.
std::string make_files(const std::string& folder, const NewFiles& files);

}  // namespace gatesim
