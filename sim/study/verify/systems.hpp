// The small systems that closed forms speak of, as scenarios: one project, one job, nothing else.
#pragma once

#include <cstdint>

#include "model/scenario.hpp"

namespace gatesim {

/// A pipeline that lands nothing, whose one job runs on a pool of `nodes` that are up at once: a queue for nodes.
/// `changes` arrive as a Poisson stream.
Scenario node_queue(std::int64_t nodes, const Distribution& run, double per_second, std::uint64_t changes);

/// A gate with nodes without limit, one job that always takes `run`, and no load yet.
Scenario wide_gate(Time run, ParameterValues zuul);

/// Lets `changes` arrive as a Poisson stream.
void let_arrive(Scenario& scenario, double per_second, std::uint64_t changes);

/// Lets all `changes` be there at time 0.
void let_stand(Scenario& scenario, std::uint64_t changes);

}  // namespace gatesim
