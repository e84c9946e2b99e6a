#include "study/study.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "study/interrupt.hpp"
#include "study/process_pool.hpp"
#include "study/worker.hpp"

namespace gatesim {

namespace {

double elapsed_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What has come from the workers so far, by task number.
struct Collected {
    std::map<std::uint32_t, ReplicationRecord> records;
    std::map<std::uint32_t, double> running;
    std::map<std::uint32_t, StudyProblem> problems;
};

/// What counts after an interrupt: a replication that the interrupt cut is not like the others. Only if there is no
/// other, the first of them is better than nothing.
void drop_interrupted(std::map<std::uint32_t, ReplicationRecord>& records, Time until) {
    const auto whole = [&](const ReplicationRecord& r) { return !r.cut || until != kNever; };
    const bool any = std::any_of(records.begin(), records.end(), [&](const auto& r) { return whole(r.second); });
    bool first = true;
    for (auto it = records.begin(); it != records.end();) {
        const bool keep = any ? whole(it->second) : first;
        first = false;
        it = keep ? std::next(it) : records.erase(it);
    }
}

}  // namespace

Chance chance_in(const std::vector<ReplicationRecord>& records) {
    const bool some = std::any_of(records.begin(), records.end(), [](const ReplicationRecord& r) { return r.drew; });
    return some ? Chance::some : Chance::none;
}

const Pipeline* gate_of(const Scenario& scenario) {
    for (const Pipeline& pipeline : scenario.pipelines) {
        if (pipeline.manager == Manager::dependent) return &pipeline;
    }
    return nullptr;
}

Scenario without_gate(const Scenario& scenario) {
    Scenario out = scenario;
    for (Pipeline& pipeline : out.pipelines) {
        if (&pipeline - out.pipelines.data() != gate_of(scenario) - scenario.pipelines.data()) continue;
        pipeline.manager = Manager::independent;
        pipeline.ignore_dependencies = true;
        pipeline.freeze_hours = pipeline.pause_hours = {};
    }
    for (Pool& pool : out.pools) {
        pool.nodes = kUnlimited;
        pool.life.reset();
    }
    out.load.after_ejection = {};  // one run, one landing
    out.timeline.clear();
    return out;
}

StudyResult run_study(const Scenario& scenario, const StudyOptions& options) {
    const auto begin = std::chrono::steady_clock::now();
    Collected got;
    PoolTask task;
    task.work = [&](std::uint32_t number, const auto& say) { work_on_replication(scenario, options, number + 1, say); };
    task.hear = [&](std::uint32_t number, const std::string& line) {
        WorkerLine said = read_line(line);
        if (said.progress) got.running[number] = *said.progress;
        // Somebody ended the worker, and it obeyed: what it has is no replication.
        const bool stopped = said.record && said.record->cut && options.until == kNever && InterruptGuard::count() == 0;
        if (stopped) got.problems[number] = {"the worker process was asked to stop", 4, number + 1};
        if (said.record && !stopped) got.records[number] = std::move(*said.record);
        if (said.problem) got.problems[number] = *said.problem;
    };
    task.ended = [&](std::uint32_t number, const std::string& problem) {
        got.running.erase(number);
        if (got.records.count(number) || got.problems.count(number)) return;
        if (InterruptGuard::count() > 0) return;
        got.problems[number] = {problem.empty() ? "the worker process ended without a result" : problem, 4, number + 1};
    };
    task.tick = [&] {
        if (!options.progress) return;
        double running = 0;
        for (const auto& r : got.running) running += r.second;
        options.progress(static_cast<std::uint32_t>(got.records.size()), running);
    };
    task.enough = [&] { return !got.problems.empty(); };
    const PoolEnd end = run_in_processes(options.replications, options.jobs, task);

    StudyResult result;
    result.interrupted = end.interrupted && got.records.size() < options.replications;
    // A replication that was cut although nobody asked for that ended by the interrupt, even if it was the last one.
    for (const auto& r : got.records) result.interrupted |= end.interrupted && r.second.cut;
    if (!got.problems.empty()) result.problem = got.problems.begin()->second;
    if (result.interrupted) drop_interrupted(got.records, options.until);
    for (auto& r : got.records) {
        result.events += r.second.events;
        result.replications.push_back(std::move(r.second));
    }
    struct rusage own {};
    ::getrusage(RUSAGE_SELF, &own);
    result.peak_rss_mib = static_cast<double>(std::max(end.peak_rss_kib, own.ru_maxrss)) / 1024;
    result.wall_s = elapsed_since(begin);
    return result;
}

}  // namespace gatesim
