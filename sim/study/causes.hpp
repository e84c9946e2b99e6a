// Of what ejections and waste consist, for reports.
#pragma once

#include <string>
#include <vector>

#include "study/summary.hpp"

namespace gatesim {

/// One cause, as a mean over the replications.
struct CauseShare {
    std::string name;         ///< "time_limit"
    std::string words;        ///< "time limit"
    double amount = 0;        ///< ejections, or node hours
    double share = 0;         ///< of the changes that arrived, or of all node hours
    std::string metric = {};  ///< whose mean the amount is: "ejections_time_limit"
};

/// Those that there were, the most frequent first.
std::vector<CauseShare> ejection_causes(const Summary& summary);
std::vector<CauseShare> waste_causes(const Summary& summary);

}  // namespace gatesim
