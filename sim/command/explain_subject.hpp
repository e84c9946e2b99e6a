// What `explain` repeats: a replication of a scenario, or of a run that was kept.
#pragma once

#include <optional>
#include <string>

#include "command/option.hpp"
#include "measure/metric.hpp"
#include "study/replication.hpp"

namespace gatesim {

/// A scenario, its seed, and, from a run directory, the values that must come out again.
struct ExplainSubject {
    Scenario scenario;
    ReplicationOptions options;
    MetricValues recorded;
    Time warmup = 0;  ///< left out of `recorded`
    std::string source;
};

/// From a scenario or, without one, from --run or the run directory below out/ that was written last. What is wrong has
/// been printed, and `code` is set, if there is nothing.
std::optional<ExplainSubject> find_explain_subject(const Arguments& arguments, int& code);

/// Prints what is wrong; gives the exit code.
int explain_failed(const std::string& what, int code);

}  // namespace gatesim
