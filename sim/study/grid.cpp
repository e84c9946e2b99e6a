#include "study/grid.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

#include "measure/mser.hpp"
#include "measure/slices.hpp"
#include "measure/warmup.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"
#include "study/question.hpp"
#include "study/worker.hpp"

namespace gatesim {

namespace {

bool is_steady(const Arm& arm) {
    return arm.scenario.period.kind == PeriodKind::steady;
}

class Grid {
public:
    Grid(const std::vector<Arm>& arms, const GridOptions& options, Journal& journal)
        : arms_(arms), options_(options), journal_(journal) {
        for (const Arm& arm : arms) shas_.push_back(sha256_of_arm(arm.scenario));
    }

    /// Runs what of replications 1 .. `count` is not in the journal yet, or of as many pilots. False: stop.
    bool run(std::uint32_t count, bool pilot);
    void find_warmup();
    /// What all arms have of replications 1 .. `count`. Records of a longer study in the same journal do not count.
    void collect(std::uint32_t count);

    GridResult result;
    GridProgress progress;

private:
    struct Task {
        std::size_t arm;
        std::uint32_t replication;
    };

    JournalKey key(std::size_t arm, std::uint32_t replication, bool pilot) const {
        const bool cut = !pilot && is_steady(arms_[arm]);
        return {shas_[arm], cut ? result.warmup.length : 0, replication};
    }
    bool has(const Task& task, bool pilot) const {
        const ReplicationRecord* record = journal_.find(key(task.arm, task.replication, pilot));
        return record && (!pilot || !record->series.empty());
    }
    StudyOptions study_options(const Task& task, bool pilot) const;
    void hear(const Task& task, bool pilot, WorkerLine said);
    bool run(const std::vector<Task>& tasks, bool pilot);
    Truncation truncation(std::size_t arm, std::uint32_t pilots) const;

    const std::vector<Arm>& arms_;
    const GridOptions& options_;
    Journal& journal_;
    std::vector<std::string> shas_;            ///< by arm: what its records go by
    std::map<std::uint32_t, double> running_;  ///< by task: how far it is
    std::vector<bool> finished_;               ///< by task
};

StudyOptions Grid::study_options(const Task& task, bool pilot) const {
    StudyOptions out;
    out.seed = options_.seed;
    out.until = options_.until;
    out.engine = options_.engine;
    out.series = pilot;
    out.warmup = key(task.arm, task.replication, pilot).warmup;
    return out;
}

void Grid::hear(const Task& task, bool pilot, WorkerLine said) {
    if (said.problem && result.problem.text.empty()) {
        result.problem = *said.problem;
        result.problem_arm = arms_[task.arm].label;
    }
    if (!said.record) return;
    // What was stopped before its end is not like the others.
    const bool stopped = said.record->cut && (options_.until == kNever || InterruptGuard::count() > 0);
    if (stopped && InterruptGuard::count() == 0 && result.problem.text.empty()) {
        result.problem = {"the worker process was asked to stop", 4, task.replication};
        result.problem_arm = arms_[task.arm].label;
    }
    if (stopped) return;
    said.record->example.clear();
    result.events += said.record->events;
    journal_.add(key(task.arm, task.replication, pilot), std::move(*said.record));
    if (!journal_.problem().text.empty() && result.problem.text.empty()) result.problem = journal_.problem();
}

bool Grid::run(const std::vector<Task>& tasks, bool pilot) {
    running_.clear();
    finished_.assign(tasks.size(), false);
    progress.total = static_cast<std::uint32_t>(tasks.size());
    progress.done = 0;
    PoolTask task;
    task.work = [&](std::uint32_t t, const auto& say) {
        work_on_replication(arms_[tasks[t].arm].scenario, study_options(tasks[t], pilot), tasks[t].replication, say);
    };
    task.hear = [&](std::uint32_t t, const std::string& line) {
        WorkerLine said = read_line(line);
        if (said.progress) running_[t] = *said.progress;
        if (!said.record && !said.problem) return;
        finished_[t] = true;
        hear(tasks[t], pilot, std::move(said));
    };
    task.ended = [&](std::uint32_t t, const std::string& problem) {
        running_.erase(t);
        ++progress.done;
        if (finished_[t] || InterruptGuard::count() > 0 || !result.problem.text.empty()) return;
        result.problem = {problem.empty() ? "the worker process ended without a result" : problem, 4,
                          tasks[t].replication};
        result.problem_arm = arms_[tasks[t].arm].label;
    };
    task.tick = [&] {
        progress.running = 0;
        for (const auto& r : running_) progress.running += r.second;
        if (options_.progress) options_.progress(progress);
    };
    task.enough = [&] { return !result.problem.text.empty(); };
    const PoolEnd end = run_in_processes(progress.total, options_.jobs, task);
    result.peak_rss_mib = std::max(result.peak_rss_mib, static_cast<double>(end.peak_rss_kib) / 1024);
    const bool all = std::all_of(tasks.begin(), tasks.end(), [&](const Task& t) { return has(t, pilot); });
    result.interrupted |= end.interrupted && !all;
    return all && result.problem.text.empty();
}

bool Grid::run(std::uint32_t count, bool pilot) {
    // Replication by replication, so that what is done at any moment can be compared.
    std::vector<Task> tasks;
    const std::uint32_t first = pilot ? kFirstWarmupRun : 1;
    for (std::uint32_t replication = first; replication < first + count; ++replication) {
        for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
            if (pilot && (!is_steady(arms_[arm]) || arms_[arm].scenario.period.length == kNever)) continue;
            if (!has({arm, replication}, pilot)) tasks.push_back({arm, replication});
        }
    }
    return tasks.empty() || run(tasks, pilot);
}

Truncation Grid::truncation(std::size_t arm, std::uint32_t pilots) const {
    std::vector<std::vector<double>> runs;
    for (std::uint32_t pilot = 0; pilot < pilots; ++pilot) {
        runs.push_back(journal_.find(key(arm, kFirstWarmupRun + pilot, true))->series);
        runs.back().resize(kSlices, 0.0);
    }
    return warmup_cut(runs);
}

void Grid::find_warmup() {
    Warmup& out = result.warmup;
    out.steady = std::any_of(arms_.begin(), arms_.end(), is_steady);
    for (const Arm& arm : arms_) out.stated = std::max(out.stated, warmup_of(arm.scenario));
    out.given = out.steady && options_.warmup.has_value();
    if (out.given) out.length = *options_.warmup;
    if (!out.steady || out.given) return;
    const std::uint32_t pilots = std::min(kWarmupRuns, options_.looks.back());
    if (!run(pilots, true)) return;
    Time longest = 0;
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
        if (!is_steady(arms_[arm])) continue;
        const Time period = arms_[arm].scenario.period.length;
        if (period == kNever) {
            out.found = false;
            continue;
        }
        const Truncation t = truncation(arm, pilots);
        out.found &= t.found;
        longest = std::max(longest, SliceMeans::slice_of(period) * static_cast<Time>(std::min(t.cut, kSlices / 2)));
    }
    out.length = longest;
}

void Grid::collect(std::uint32_t count) {
    result.records.assign(arms_.size(), {});
    for (std::uint32_t replication = 1; replication <= count; ++replication) {
        std::vector<const ReplicationRecord*> row;
        for (std::size_t arm = 0; arm < arms_.size(); ++arm) row.push_back(journal_.find(key(arm, replication, false)));
        if (std::find(row.begin(), row.end(), nullptr) != row.end()) continue;
        for (std::size_t arm = 0; arm < arms_.size(); ++arm) result.records[arm].push_back(*row[arm]);
    }
}

}  // namespace

Series GridResult::values(std::size_t arm, std::size_t metric) const {
    Series out;
    for (const ReplicationRecord& r : records[arm]) out.push_back(r.values[metric]);
    return out;
}

Chance GridResult::chance_between(std::size_t arm, std::size_t other) const {
    if (what_runs[arm] == what_runs[other]) return Chance::none;
    for (std::size_t a : {arm, other})
        if (chance_in(records[a]) == Chance::some) return Chance::some;
    return Chance::none;
}

std::string journal_terms(const GridOptions& options) {
    std::string out = "seed " + std::to_string(options.seed);
    if (options.until != kNever) out += ", until " + std::to_string(options.until) + " us";
    return out;
}

GridResult run_grid(const std::vector<Arm>& arms, const GridOptions& options, Journal& journal,
                    const std::function<bool(const GridResult&)>& enough) {
    const auto begin = std::chrono::steady_clock::now();
    Grid grid(arms, options, journal);
    GridResult& result = grid.result;
    for (const Arm& arm : arms) result.what_runs.push_back(what_runs(arm.scenario));
    result.problem = journal.problem();
    grid.progress.looks = options.looks.size();
    if (result.problem.text.empty()) grid.find_warmup();
    for (std::uint32_t count : options.looks) {
        if (result.interrupted || !result.problem.text.empty()) break;
        grid.progress.look = ++result.look;
        const bool whole = grid.run(count, false);
        grid.collect(count);
        if (!whole) break;
        result.settled = enough(result);
        if (result.settled) break;
    }
    struct rusage own {};
    ::getrusage(RUSAGE_SELF, &own);
    result.peak_rss_mib = std::max(result.peak_rss_mib, static_cast<double>(own.ru_maxrss) / 1024);
    result.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::move(grid.result);
}

Warmup find_warmup(const Scenario& scenario, const GridOptions& options, StudyProblem& problem) {
    Journal none;
    const std::vector<Arm> arms = {{"", scenario}};
    Grid grid(arms, options, none);
    grid.find_warmup();
    problem = grid.result.problem;
    if (grid.result.interrupted) problem = {"interrupted before anything was done", 130, 0};
    return grid.result.warmup;
}

}  // namespace gatesim
