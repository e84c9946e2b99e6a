// What `plan` prints: the curve, what is excluded, what breaks first, the head-room and the answer.
#pragma once

#include <string>
#include <vector>

#include "study/plan_document.hpp"

namespace gatesim {

struct PlanReport {
    const std::vector<Arm>& cells;
    const GridOptions& options;
    const GridResult& grid;
    const Plan& plan;
    std::string directory, again;
};

/// The report, for a terminal or for plan.txt.
std::string plan_text(const PlanReport& report, bool terminal);

/// The answer in sentences.
std::string plan_answer(const Plan& plan);

}  // namespace gatesim
