// Kinds of changes: what a job's `kinds` looks at, and how changes of a kind differ from the others.
#pragma once

#include <optional>
#include <string>

#include "chance/distribution.hpp"

namespace gatesim {

struct ChangeKind {
    std::string name;
    double share = 0;                   ///< of all changes; where people write, its weight among the kinds
    int priority = 0;                   ///< Change::priority
    std::optional<Distribution> lines;  ///< of its diff, at least 1; none: as for other changes
    std::optional<double> breaks;       ///< share of patch sets with a defect; none: Failures::defect
    bool single = false;                ///< Change::single
    bool jumps = false;                 ///< Change::jumps
};

}  // namespace gatesim
