#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

Scenario one_job(Pipeline pipeline, const Distribution& run, std::int64_t nodes) {
    Scenario s;
    s.name = "verify";
    s.pipelines = {std::move(pipeline)};
    s.labels = {"node"};
    Pool pool;
    pool.name = "node";
    pool.labels = {0};
    pool.nodes = nodes;
    s.pools = {pool};
    s.job_names = {"test"};
    Job job;
    job.id = 0;
    job.label = 0;
    job.duration = run;
    s.projects = {{"project", {{0, "", {job}}}}};
    return s;
}

}  // namespace

Scenario node_queue(std::int64_t nodes, const Distribution& run, double per_second, std::uint64_t changes) {
    Pipeline check;
    check.name = "check";
    check.manager = Manager::independent;
    Scenario s = one_job(std::move(check), run, nodes);
    let_arrive(s, per_second, changes);
    return s;
}

Scenario wide_gate(Time run, ParameterValues zuul) {
    Pipeline gate;
    gate.name = "gate";
    gate.strategy = {"zuul", std::move(zuul)};
    return one_job(std::move(gate), Distribution::constant(seconds(run)), kUnlimited);
}

void let_arrive(Scenario& scenario, double per_second, std::uint64_t changes) {
    ArrivalLoad& arrivals = scenario.load.arrivals.emplace();
    arrivals.per_second = per_second;
    arrivals.projects = {{0, 1.0}};
    arrivals.limit = changes;
}

void let_stand(Scenario& scenario, std::uint64_t changes) {
    ListedLoad& listed = scenario.load.listed.emplace();
    listed.changes.resize(changes);
    for (std::uint64_t i = 0; i < changes; ++i) {
        listed.changes[i].id = "c" + std::to_string(i + 1);
        listed.changes[i].enqueue_at = {{0, 0}};
    }
}

}  // namespace gatesim
