// runs.csv as loads read it: one row is one execution of one job, for one stay.
#pragma once

#include <span>
#include <string>

#include "load/table_reader.hpp"
#include "model/scenario.hpp"
#include "truth/recorded.hpp"

namespace gatesim {

/// Its columns.
std::span<const LoadColumn> run_columns();

/// What is wrong with the bounds between which a run ended (microseconds; kNever: empty); empty if nothing is.
std::string why_no_bounds(Time started, Time ended, Time low, Time high);

/// The builds of ReplayLoad::builds, for the jobs of the scenario. Rows of no stay, of other jobs, that were skipped or
/// of which it is not known when they started and ended say nothing; of a cancelled, superseded or unfinished one it is
/// known that it would have taken longer. With them comes whose a red one was (load/recorded_blame.hpp). False, and
/// what is wrong with its place, if the file cannot be read.
bool read_recorded_builds(const Scenario& scenario, RecordedBuilds& out, LoadError& error);

}  // namespace gatesim
