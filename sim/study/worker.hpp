// What a worker process does: one replication with everything that listens to it.
#pragma once

#include <functional>
#include <string>

#include "study/study.hpp"

namespace gatesim {

/// Lines that a worker says: how far it is, and at last what came of it.
std::string progress_line(double share);
std::string result_line(const ReplicationRecord& record);
std::string problem_line(const StudyProblem& problem);

/// What a line from a worker means; exactly one of the three is set.
struct WorkerLine {
    std::optional<double> progress;
    std::optional<ReplicationRecord> record;
    std::optional<StudyProblem> problem;
};
WorkerLine read_line(const std::string& line);

/// Runs replication `number` and says its lines.
void work_on_replication(const Scenario& scenario, const StudyOptions& options, std::uint32_t number,
                         const std::function<void(const std::string&)>& say);

/// Whether the tables of that replication are kept.
bool keeps_tables(const StudyOptions& options, std::uint32_t number);

}  // namespace gatesim
