// Two classes of failed builds told apart by their logs, to see how far logs go where somebody has labelled them.
#pragma once

#include <string>
#include <vector>

#include "correlate/logs.hpp"

namespace gatesim::correlate {

struct Classes {
    std::vector<std::string> names;  ///< the two, by name
    std::vector<std::size_t> sizes;  ///< builds of each
    std::vector<bool> right;         ///< of each labelled build with a log, in the order of the table
    std::vector<std::vector<std::size_t>> table = {{0, 0}, {0, 0}};  ///< [is][said]
};

/// Leave-one-out: each build is given the class of the three others whose logs are most like its own. Like: the cosine
/// of the sets of shapes (mask.hpp), a rare shape counting more (logarithm of builds over those that show it).
/// Returns what is wrong (no such column, not two classes, too few or too many builds), or nothing.
std::string tell_apart(Logs& logs, const std::string& column, Classes& out);

}  // namespace gatesim::correlate
