// A scenario that says what really happened: the week under each rule and without a gate, beside reality.
#pragma once

#include <string>

#include "model/scenario.hpp"
#include "study/file_rows.hpp"
#include "study/study.hpp"

namespace gatesim {

/// Runs the rules of `observed` (a rule that equals the scenario's own strategy is not run again) and the control, and
/// gives the table. `main` must hold landings. Empty if there is nothing to compare with; then `problem` may say what
/// went wrong. Rows of what was observed that name no change of the load are no landings to compare with; they are
/// counted in `files`.
std::string compare_with_reality(
    const Scenario& scenario, const StudyOptions& options, const StudyResult& main,
    const std::function<StudyResult(const Scenario&, const StudyOptions&, const std::string&)>& run,
    std::vector<FileRows>& files, StudyProblem& problem);

}  // namespace gatesim
