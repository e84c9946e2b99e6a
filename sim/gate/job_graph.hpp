// The jobs of one attempt and who needs whom: the frozen job graph.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// The jobs that apply to a change, in configuration order, with their needs closed over: indices are into `jobs`.
struct JobGraph {
    std::vector<const Job*> jobs;
    std::vector<std::vector<std::uint16_t>> parents;      ///< all jobs that must have succeeded first, near and far
    std::vector<std::vector<std::uint16_t>> children;     ///< jobs that name this one among their needs
    std::vector<std::vector<std::uint16_t>> descendants;  ///< children of children too, in configuration order
    bool holds = false;                                   ///< some job holds the changes behind
    bool broken = false;                                  ///< a hard need does not apply: a configuration error
};

/// All jobs of these graphs, each once, in order of their first mention: what several changes have to pass together. Of
/// several variants of a job the strictest: one that votes, one that really runs.
std::unique_ptr<JobGraph> united(const std::vector<const JobGraph*>& graphs);

/// Whether a run of `graph` says all that a run of `part` would.
bool covers(const JobGraph& graph, const JobGraph& part);

/// Graphs of one project in one pipeline. A graph depends only on which jobs apply, so few are ever made.
class JobGraphs {
public:
    explicit JobGraphs(const ProjectPipeline& jobs);

    /// The graph of the jobs whose matchers (files, branches, kinds) accept the change. Stays valid for the life of
    /// this object. A change without known files matches every file matcher.
    const JobGraph& of(const Change& change);

private:
    const ProjectPipeline* config_;
    bool matchers_ = false;  ///< some job looks at the change
    std::map<std::vector<bool>, std::unique_ptr<JobGraph>> by_choice_;
    const JobGraph* whole_ = nullptr;
};

}  // namespace gatesim
