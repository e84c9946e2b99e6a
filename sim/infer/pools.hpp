// How many machines there are, as far as it can be seen.
#pragma once

#include <map>
#include <vector>

#include "infer/graph.hpp"

namespace gatesim::infer {

struct PoolSeen {
    std::size_t most = 0;   ///< that ran at once
    bool limited = false;   ///< runs waited while as many ran as ever did: `nodes` is how many there are
    std::size_t nodes = 0;  ///< the plateau; `most` if it is not limited: there are at least as many
    double waited = 0;      ///< share of the busy time in which something waited at the plateau
    double busy = 0;        ///< share of the time in which all nodes were taken, if limited
    Value boot;             ///< s, from when it was asked for to the start where nodes were free; median
    std::size_t runs = 0;
};

/// By label (0: none was given). Runs of tests that nobody needed any more count: they held their machines.
/// A run waits from when it was queued (created), but not before the jobs ended that it waits for. It takes a node from
/// its start less the boot time. Limited if for 5 % of the busy time and more something waits while as many are taken
/// as in 95 % of all waiting, if more than those run in less than 5 %, and if half of all waiting and more is while the
/// pool is full (95 % of those nodes).
std::map<import::Texts::Id, PoolSeen> pools_of(const std::vector<Test>& tests, const Graph& graph, const Span& span);

/// By job how long its runs waited for a machine, or for what nobody knows: from when they were asked for, but not
/// before the jobs ended that they wait for, to the start. s, sorted. First attempts only.
std::map<import::Texts::Id, std::vector<double>> waits_of(const std::vector<Test>& tests, const Graph& graph);

}  // namespace gatesim::infer
