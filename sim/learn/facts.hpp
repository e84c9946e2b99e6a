// Answers that stand in the tables of the learner's practice run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "learn/stage.hpp"
#include "study/study.hpp"

namespace gatesim::learn {

/// One table of one replication.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;

    /// Index of a column; the column must exist.
    std::size_t column(const std::string& name) const;
};

/// The tables of a run, by name.
using Tables = std::map<std::string, Table>;

/// Runs the learner's case once with the practice seed and reads its tables. What went wrong is in `problem`.
Tables practice_tables(const Scenario& scenario, std::uint64_t seed, const std::string& scratch, StudyProblem& problem);

/// All right answers: more than one where rows tie. Empty: no row fits.
std::vector<std::string> fact_values(const Fact& fact, const Tables& tables);

}  // namespace gatesim::learn
