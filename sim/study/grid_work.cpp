#include "study/grid_work.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "measure/slices.hpp"
#include "measure/warmup.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"
#include "study/question.hpp"

namespace gatesim {

namespace {

bool is_steady(const Arm& arm) {
    return arm.scenario.period.kind == PeriodKind::steady;
}

}  // namespace

Grid::Grid(const std::vector<Arm>& arms, const GridOptions& options, Journal& journal)
    : arms_(arms), options_(options), journal_(journal) {
    Warmup& warmup = result.warmup;
    for (const Arm& arm : arms) {
        shas_.push_back(sha256_of_arm(arm.scenario));
        warmup.steady |= is_steady(arm);
        warmup.stated = std::max(warmup.stated, warmup_of(arm.scenario));
    }
    warmup.given = warmup.steady && options.warmup.has_value();
    if (warmup.given) warmup.length = *options.warmup;
}

JournalKey Grid::key(const GridTask& task) const {
    const bool cut = !task.pilot && is_steady(arms_[task.arm]);
    return {shas_[task.arm], cut ? result.warmup.length : 0, task.replication};
}

bool Grid::has(const GridTask& task) const {
    const ReplicationRecord* there = record(task);
    return there && (!task.pilot || !there->series.empty());
}

StudyOptions Grid::study_options(const GridTask& task) const {
    StudyOptions out;
    out.seed = options_.seed;
    out.until = options_.until;
    out.engine = options_.engine;
    out.series = task.pilot;
    out.warmup = key(task).warmup;
    return out;
}

void Grid::hear(const GridTask& task, WorkerLine said) {
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
    journal_.add(key(task), std::move(*said.record));
    if (!journal_.problem().text.empty() && result.problem.text.empty()) result.problem = journal_.problem();
}

bool Grid::run(const std::vector<GridTask>& wanted) {
    if (wanted.empty()) return true;
    running_.clear();
    finished_.assign(wanted.size(), false);
    progress.total = static_cast<std::uint32_t>(wanted.size());
    progress.done = 0;
    PoolTask task;
    task.work = [&](std::uint32_t t, const auto& say) {
        work_on_replication(arms_[wanted[t].arm].scenario, study_options(wanted[t]), wanted[t].replication, say);
    };
    task.hear = [&](std::uint32_t t, const std::string& line) {
        WorkerLine said = read_line(line);
        if (said.progress) running_[t] = *said.progress;
        if (!said.record && !said.problem) return;
        finished_[t] = true;
        hear(wanted[t], std::move(said));
    };
    task.ended = [&](std::uint32_t t, const std::string& problem) {
        running_.erase(t);
        ++progress.done;
        if (finished_[t] || InterruptGuard::count() > 0 || !result.problem.text.empty()) return;
        result.problem = {problem.empty() ? "the worker process ended without a result" : problem, 4,
                          wanted[t].replication};
        result.problem_arm = arms_[wanted[t].arm].label;
    };
    task.tick = [&] {
        progress.running = 0;
        for (const auto& r : running_) progress.running += r.second;
        if (options_.progress) options_.progress(progress);
    };
    task.enough = [&] { return !result.problem.text.empty() || (stop && stop()); };
    const PoolEnd end = run_in_processes(progress.total, options_.jobs, task);
    result.peak_rss_mib = std::max(result.peak_rss_mib, static_cast<double>(end.peak_rss_kib) / 1024);
    const bool all = std::all_of(wanted.begin(), wanted.end(), [&](const GridTask& t) { return has(t); });
    result.interrupted |= end.interrupted && !all;
    return all && result.problem.text.empty();
}

std::uint32_t Grid::pilots() const {
    return result.warmup.steady && !result.warmup.given ? std::min(kWarmupRuns, options_.looks.back()) : 0;
}

std::vector<GridTask> Grid::tasks(std::uint32_t count, bool pilot) const {
    std::vector<GridTask> out;
    const std::uint32_t first = pilot ? kFirstWarmupRun : 1;
    for (std::uint32_t replication = first; replication < first + count; ++replication)
        for (std::size_t arm = 0; arm < arms_.size(); ++arm)
            if (!pilot || (is_steady(arms_[arm]) && arms_[arm].scenario.period.length != kNever))
                out.push_back({arm, replication, pilot});
    return out;
}

std::vector<GridTask> Grid::missing(std::vector<GridTask> from) const {
    std::erase_if(from, [this](const GridTask& task) { return has(task); });
    return from;
}

Truncation Grid::truncation(std::size_t arm, std::uint32_t pilots) const {
    std::vector<std::vector<double>> runs;
    for (std::uint32_t pilot = 0; pilot < pilots; ++pilot) {
        runs.push_back(journal_.find(key({arm, kFirstWarmupRun + pilot, true}))->series);
        runs.back().resize(kSlices, 0.0);
    }
    return warmup_cut(runs);
}

void Grid::set_warmup() {
    std::vector<std::size_t> all;
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) all.push_back(arm);
    set_warmup(all);
}

void Grid::set_warmup(const std::vector<std::size_t>& of) {
    const std::uint32_t count = pilots();
    if (count == 0) return;
    Warmup& out = result.warmup;
    Time longest = 0;
    for (const std::size_t arm : of) {
        if (!is_steady(arms_[arm])) continue;
        const Time period = arms_[arm].scenario.period.length;
        if (period == kNever) {
            out.found = false;
            continue;
        }
        const Truncation t = truncation(arm, count);
        out.found &= t.found;
        longest = std::max(longest, SliceMeans::slice_of(period) * static_cast<Time>(std::min(t.cut, kSlices / 2)));
    }
    out.length = longest;
}

void Grid::collect(std::uint32_t count) {
    result.records.assign(arms_.size(), {});
    for (std::uint32_t replication = 1; replication <= count; ++replication) {
        std::vector<const ReplicationRecord*> row;
        for (std::size_t arm = 0; arm < arms_.size(); ++arm)
            row.push_back(journal_.find(key({arm, replication, false})));
        if (std::find(row.begin(), row.end(), nullptr) != row.end()) continue;
        for (std::size_t arm = 0; arm < arms_.size(); ++arm) result.records[arm].push_back(*row[arm]);
    }
}

void Grid::keep(const std::vector<GridTask>& used) {
    for (const GridTask& task : used) journal_.keep(key(task));
}

void Grid::set_timing() {
    struct rusage own {};
    ::getrusage(RUSAGE_SELF, &own);
    result.peak_rss_mib = std::max(result.peak_rss_mib, static_cast<double>(own.ru_maxrss) / 1024);
    result.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

}  // namespace gatesim
