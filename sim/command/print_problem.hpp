// What went wrong in a study, for a person.
#pragma once

#include <fmt/format.h>

#include <string>

#include "command/terminal.hpp"
#include "study/study.hpp"

namespace gatesim {

/// "gatesim run: replication 3: …" on stderr. Returns the problem's exit code.
inline int print_problem(const std::string& command, const StudyProblem& problem) {
    print_err(fmt::format("gatesim {}: {}{}\n", command,
                          problem.replication ? fmt::format("replication {}: ", problem.replication) : "",
                          problem.text));
    return problem.exit_code;
}

}  // namespace gatesim
