// Which jobs wait for which.
#pragma once

#include <map>
#include <vector>

#include "infer/figure.hpp"
#include "infer/tests.hpp"

namespace gatesim::infer {

struct Graph {
    /// By job what it waits for, without what follows from the rest. Jobs in order of their names' numbers.
    std::map<import::Texts::Id, std::vector<import::Texts::Id>> needs;
    /// Share of the starts of jobs with needs that come within a minute of the last end of those.
    Value explained;
};

/// A job waits for another if it never started before that one had succeeded, in 20 tests and more that ran both, if
/// most times (80 %) it is asked for, or starts, within a minute after the last that it waits for, and if that other
/// one was the last at least once (of what never is, nobody can say whether it is waited for).
/// When it waited for a machine is only known where runs have `queued`; else starts count.
Graph graph_of(const std::vector<Test>& tests);

}  // namespace gatesim::infer
