// What there is of a kind, a line each: what `list` prints, and `describe` of the kind's name.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// "metrics": all of them. Empty if there is no such kind.
std::string list_of(const std::string& topic);

/// "scenarios", "strategies" ...
std::vector<std::string> list_topics();

}  // namespace gatesim
