// The part of a story that is about nodes which are not there: a pool without any, or with fewer than a job needs.

#include <fmt/format.h>

#include <algorithm>

#include "record/narrator.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

/// What pools can serve a job of a change; empty if no such job is known.
std::vector<PoolId> pools_for(const Scenario& scenario, ProjectId project, JobId job) {
    for (const ProjectPipeline& pipeline : scenario.projects[project].pipelines)
        for (const Job& known : pipeline.jobs) {
            if (known.id != job) continue;
            std::vector<PoolId> pools;
            for (PoolId p = 0; p < scenario.pools.size(); ++p)
                if (scenario.pools[p].serves(known.label)) pools.push_back(p);
            return pools;
        }
    return {};
}

std::string pool_text(const std::string& name, std::int64_t nodes) {
    return nodes == 0 ? fmt::format("pool {} has no nodes", name)
                      : fmt::format("pool {} has only {}", name, counted(nodes, "node", "nodes"));
}

}  // namespace

/// How many nodes a pool has now.
std::int64_t& Narrator::nodes_of(PoolId pool) {
    const auto& pools = cast_.scenario->pools;
    while (pool_nodes_.size() < pools.size()) pool_nodes_.push_back(pools[pool_nodes_.size()].most());
    return pool_nodes_[pool];
}

/// Why a request can only wait: "pool runners has no nodes". Empty if it can be served, or fails.
std::string Narrator::shortage(const LiveRequest& request) {
    if (!cast_.scenario || request.change >= cast_.changes.size()) return "";
    const Scenario& scenario = *cast_.scenario;
    bool waits = false;
    std::vector<std::string> words;
    for (PoolId p : pools_for(scenario, cast_.changes[request.change].project, request.job)) {
        const std::int64_t nodes = nodes_of(p);
        if (nodes == kUnlimited || nodes >= request.nodes) return "";
        waits |= scenario.pools[p].when_short == WhenShort::wait;
        words.push_back(pool_text(pool_name(cast_, p), nodes));
    }
    if (!waits) return "";
    const std::string needs = request.nodes > 1 ? fmt::format("it needs {} nodes, and ", request.nodes) : "";
    return needs + list_text(words);
}

void Narrator::tell_request(const LiveRequest& request) {
    if (detailed()) wanted_.push_back(request.id);
    if (const std::string why = shortage(request); !why.empty())
        gather(Group::Kind::short_of_nodes, request.attempt, request.job, 0, why);
}

/// The subject's requests that nobody has served.
std::vector<const LiveRequest*> Narrator::unserved(const Ledger& ledger) {
    std::vector<const LiveRequest*> out;
    for (RequestId id : wanted_) {
        const LiveRequest* request = ledger.request(id);
        if (request && request->waiting && request->granted == kNever) out.push_back(request);
    }
    wanted_.clear();
    for (const LiveRequest* request : out) wanted_.push_back(request->id);
    return out;
}

void Narrator::pool_changed(const Event& event, const Ledger& ledger) {
    if (!cast_.scenario) return;
    nodes_of(event.pool) = event.value;
    if (!detailed()) {
        const std::string nodes = event.value == kUnlimited ? "as many nodes as are wanted"
                                  : event.value == 0        ? "no nodes"
                                                            : counted(event.value, "node", "nodes");
        return line(event.at, fmt::format("Pool {} has {} now.", pool_name(cast_, event.pool), nodes));
    }
    for (const LiveRequest* request : unserved(ledger))
        if (const std::string why = shortage(*request); !why.empty())
            gather(Group::Kind::short_of_nodes, request->attempt, request->job, 0, why);
}

/// What the subject still waits for when the run is over.
void Narrator::note_unserved(const Ledger& ledger) {
    std::vector<std::string> jobs;
    std::string why;
    for (const LiveRequest* request : unserved(ledger)) {
        jobs.push_back(job_name(cast_, request->job));
        if (why.empty()) why = shortage(*request);
    }
    if (jobs.empty()) return;
    unserved_ = fmt::format("{} still {} for nodes{}", list_text(jobs), jobs.size() == 1 ? "waits" : "wait",
                            why.empty() ? "" : ": " + why);
}

}  // namespace gatesim
