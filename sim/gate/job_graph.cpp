#include "gate/job_graph.hpp"

#include <algorithm>

#include "model/applies.hpp"

namespace gatesim {
namespace {

std::unique_ptr<JobGraph> build_graph(const std::vector<const Job*>& jobs) {
    auto graph = std::make_unique<JobGraph>();
    graph->jobs = jobs;
    const std::size_t n = jobs.size();
    graph->children.resize(n);
    graph->parents.resize(n);
    graph->descendants.resize(n);
    auto index_of = [&](JobId id) {
        return static_cast<std::size_t>(
            std::find_if(jobs.begin(), jobs.end(), [&](const Job* j) { return j->id == id; }) - jobs.begin());
    };
    for (std::size_t i = 0; i < n; ++i) {
        graph->holds |= jobs[i]->hold_following_changes;
        for (const JobNeed& need : jobs[i]->needs) {
            const std::size_t parent = index_of(need.job);
            if (parent < n)
                graph->children[parent].push_back(static_cast<std::uint16_t>(i));
            else if (!need.soft)
                graph->broken = true;
        }
    }
    for (std::size_t i = 0; i < n; ++i) {  // closure by a walk from every job; graphs are small
        std::vector<bool> seen(n, false);
        std::vector<std::uint16_t> open = graph->children[i];
        while (!open.empty()) {
            const std::uint16_t child = open.back();
            open.pop_back();
            if (seen[child]) continue;
            seen[child] = true;
            open.insert(open.end(), graph->children[child].begin(), graph->children[child].end());
        }
        for (std::size_t c = 0; c < n; ++c)
            if (seen[c]) {
                graph->descendants[i].push_back(static_cast<std::uint16_t>(c));
                graph->parents[c].push_back(static_cast<std::uint16_t>(i));
            }
    }
    return graph;
}

}  // namespace

/// Variants of one job: a run that votes serves those for whom it does not, a real one those for whom it is a no-op.
static int strictness(const Job& job) {
    return (job.voting ? 2 : 0) + (job.noop ? 0 : 1);
}

bool covers(const JobGraph& graph, const JobGraph& part) {
    return &graph == &part || std::all_of(part.jobs.begin(), part.jobs.end(), [&](const Job* job) {
        return !job->voting || std::any_of(graph.jobs.begin(), graph.jobs.end(), [&](const Job* other) {
            return other->id == job->id && strictness(*other) >= strictness(*job);
        });
    });
}

std::unique_ptr<JobGraph> united(const std::vector<const JobGraph*>& graphs) {
    std::vector<const Job*> jobs;
    bool broken = false;
    for (const JobGraph* graph : graphs) {
        broken |= graph->broken;
        for (const Job* job : graph->jobs) {
            auto known = std::find_if(jobs.begin(), jobs.end(), [&](const Job* k) { return k->id == job->id; });
            if (known == jobs.end())
                jobs.push_back(job);
            else if (strictness(*job) > strictness(**known))
                *known = job;
        }
    }
    auto graph = build_graph(jobs);
    graph->broken |= broken;
    return graph;
}

JobGraphs::JobGraphs(const ProjectPipeline& jobs) : config_(&jobs) {
    for (const Job& job : jobs.jobs)
        matchers_ |= !job.files.empty() || !job.irrelevant_files.empty() || !job.branches.empty() || !job.kinds.empty();
}

const JobGraph& JobGraphs::of(const Change& change) {
    if (!matchers_ && whole_) return *whole_;
    std::vector<bool> choice;
    std::vector<const Job*> jobs;
    for (const Job& job : config_->jobs) {
        choice.push_back(job_applies(job, change));
        if (choice.back()) jobs.push_back(&job);
    }
    std::unique_ptr<JobGraph>& graph = by_choice_[choice];
    if (!graph) graph = build_graph(jobs);
    if (!matchers_) whole_ = graph.get();
    return *graph;
}

}  // namespace gatesim
