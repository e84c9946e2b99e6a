// run --logs: build logs beside the run's own folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command/command.hpp"
#include "logs/log_writer.hpp"
#include "study/log_folder.hpp"
#include "study/study.hpp"
#include "study/wanted_logs.hpp"

namespace gatesim {

/// --logs, --log-style and --log-passed.
std::vector<Option> log_options();

/// What a person asked for in that way; without --logs it does nothing.
class RunLogs {
public:
    /// `run_folder` is where the run's own files go. See problem().
    RunLogs(const Arguments& arguments, const std::string& run_folder);

    const StudyProblem& problem() const { return problem_; }
    /// Who writes them.
    MakeLogs maker() const;

    /// Brings them to their place, or says that there are none. Empty, or what went wrong.
    std::string finish(bool interrupted);

private:
    void begin(const Arguments& arguments, const std::string& run_folder);

    StudyProblem problem_;
    logs::LogOptions options_;
    std::unique_ptr<LogFolder> folder_;
};

}  // namespace gatesim
