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

/// The same as a page.
std::string plan_page(const PlanReport& report);

/// The answer in sentences.
std::string plan_answer(const Plan& plan);

/// What a reader must know before believing it, a sentence or two each.
std::vector<std::string> plan_cautions(const Plan& plan);

}  // namespace gatesim
