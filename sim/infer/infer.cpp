#include "infer/infer.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "infer/statistics.hpp"
#include "measure/ranks.hpp"

namespace gatesim::infer {

namespace {

using import::Run;
using import::RunResult;
using Job = import::Texts::Id;

constexpr double kLongWait = 60;  ///< s

bool executed(const Run& r) {
    return r.result != RunResult::skipped && r.started != kNever;
}

/// Nothing in it was stopped or red, so every job that belongs into it ran.
bool is_whole(const Test& test) {
    bool ran = false;
    for (const Run* r : test.runs) {
        if (r->result != RunResult::success && r->result != RunResult::skipped) return false;
        ran = ran || executed(*r);
    }
    return ran;
}

std::vector<Timed> timed(const JobRuns& runs) {
    std::vector<Timed> out;
    for (const Run* r : runs.passed)
        out.push_back({r->started, std::log(std::max(0.5, seconds(r->ended - r->started)))});
    return out;
}

/// The label that most of its runs ask for.
Job usual_label(const JobRuns& runs) {
    std::map<Job, std::size_t> counts;
    for (const auto* list : {&runs.passed, &runs.failed, &runs.stopped})
        for (const Run* r : *list) ++counts[r->label];
    Job out = 0;
    std::size_t most = 0;
    for (const auto& [label, n] : counts) {
        if (n > most) out = label;
        most = std::max(most, n);
    }
    return out;
}

JobEstimate estimate_job(const import::Records& records, const std::vector<Test>& tests, Job job, JobRuns runs,
                         const Span& span) {
    JobEstimate out;
    out.job = job;
    out.name = records.texts[job];
    out.runs = std::move(runs);
    out.by_day = drift_of(timed(out.runs), kDay);
    out.by_block = drift_of(timed(out.runs), 6 * kHour);
    out.durations = durations_of(out.runs, span.to, out.drift().drifts() ? &out.drift() : nullptr);
    out.spells = spells_of(records, tests, job);
    const JobReds reds = reds_in(records, tests, job, out.spells);
    out.in_spells = reds.in_spells;
    out.states = reds_of(reds.by_state);
    out.changes = reds_of(reds.by_change);
    if (out.states.bounds) {
        const Reds stays = reds_of(reds.by_stay);
        out.from_stays = !stays.bounds && stays.counts.again >= 5;
        if (out.from_stays) out.states = out.changes = stays;
    }
    if (!out.states.bounds) split_by_flake(out.changes, out.states.flake.value);
    out.flake = out.states.flake;
    out.defect = out.changes.defect;
    out.no_result = wilson(out.runs.lost, out.runs.executed());
    out.label = usual_label(out.runs);
    std::size_t votes = 0, all = 0;
    for (const auto* list : {&out.runs.passed, &out.runs.failed})
        for (const Run* r : *list) {
            votes += r->voting ? 1 : 0;
            ++all;
        }
    out.voting = 2 * votes >= all;
    return out;
}

/// How many changes break something, over all voting jobs; and how many red runs were repeated.
void find_defects(const import::Records& records, const std::vector<Test>& tests, Inference& out) {
    std::vector<Voter> voters;
    std::size_t red = 0, again = 0;
    bool known = false;  // how often a job is red by luck
    for (const JobEstimate& j : out.jobs) {
        if (!j.used || !j.voting) continue;
        known = known || !j.states.bounds;
        voters.push_back({j.job, j.flake.value, &j.spells});
        red += j.states.counts.red;
        again += j.states.counts.again;
    }
    const ChangeReds changes = changes_in(records, tests, voters);
    out.changes = reds_of(changes.outcomes, changes.again);
    if (known) split_by_flake(out.changes, changes.by_luck);
    out.defect = out.changes.defect;
    out.repeated = wilson(again, red);
}

/// How many of the whole tests ran each job; by project, too, where there are several.
void find_who_runs_what(const import::Records& records, const std::vector<Test>& tests, Inference& out) {
    std::map<std::string, std::map<Job, std::size_t>> ran;
    std::map<std::string, std::size_t> whole;
    const bool some = std::any_of(tests.begin(), tests.end(), is_whole);
    for (const Test& test : tests) {
        if (some && !is_whole(test)) continue;
        std::set<Job> jobs;
        for (const Run* r : test.runs)
            if (executed(*r)) jobs.insert(r->job);
        const std::string project = test.entry == kNone ? "" : records.texts[records.entries[test.entry].project];
        for (const std::string& who : std::set<std::string>{"", project}) {
            ++whole[who];
            for (const Job j : jobs) ++ran[who][j];
        }
    }
    for (JobEstimate& j : out.jobs) j.runs_in = wilson(ran[""][j.job], whole[""]);
    const auto mostly = [&](const std::string& project, Job job) {
        const std::size_t all = whole[whole.count(project) != 0 ? project : ""];
        return all == 0 || 2 * ran[whole.count(project) != 0 ? project : ""][job] >= all;
    };
    std::map<Job, bool> used;
    for (const std::string& project : out.projects)
        for (const JobEstimate& j : out.jobs) {
            if (!mostly(out.projects.size() > 1 ? project : "", j.job)) continue;
            used[j.job] = true;
            if (out.projects.size() > 1) out.jobs_of[project].push_back(j.name);
        }
    for (JobEstimate& j : out.jobs) j.used = used[j.job] && (j.durations.law || !j.durations.empirical.empty());
}

void find_projects(const import::Records& records, const std::vector<Test>& tests, Inference& out) {
    std::set<std::string> projects;
    for (const import::Entry& e : records.entries) projects.insert(records.texts[e.project]);
    if (projects.empty()) projects.insert("project");
    out.projects.assign(projects.begin(), projects.end());
    out.one_queue = tests.empty() && projects.size() > 1;
    for (const Test& test : tests) {
        if (test.entry == kNone) continue;
        for (const std::uint32_t stay : test.ahead)
            out.one_queue = out.one_queue || records.entries[stay].project != records.entries[test.entry].project;
    }
}

void warn(Inference& out) {
    std::size_t informative = 0;
    for (const JobEstimate& j : out.jobs) informative += j.used && j.durations.informative ? 1 : 0;
    if (informative > 0)
        out.warnings.push_back(
            "more than a fifth of the runs of " + std::to_string(informative) +
            " jobs were superseded: what was stopped was not stopped by chance, so their lengths are "
            "less certain than their intervals say");
    if (out.jobs.empty()) out.warnings.push_back("there are no runs: nothing is known of jobs, flakes and machines");
}

}  // namespace

Inference infer(const import::Records& records, const Span& span) {
    Inference out;
    out.span = span;
    const std::vector<Test> tests = tests_of(records);
    out.tests = tests.size();
    std::vector<JobRuns> by_job = runs_by_job(records);
    for (Job job = 0; job < by_job.size(); ++job)
        if (by_job[job].executed() > 0)
            out.jobs.push_back(estimate_job(records, tests, job, std::move(by_job[job]), span));
    std::sort(out.jobs.begin(), out.jobs.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    out.graph = graph_of(tests);
    out.pools = pools_of(tests, out.graph, span);
    for (const auto& [job, waits] : waits_of(tests, out.graph)) {
        const auto found = std::find_if(out.jobs.begin(), out.jobs.end(), [&](const auto& j) { return j.job == job; });
        if (found == out.jobs.end()) continue;
        found->waits = waits;
        found->waits_as_it_did = !out.pools.at(found->label).limited && nearest_rank(waits, 50) >= kLongWait;
    }
    out.window = window_of(records, tests);
    out.leaving = leaving_of(records, tests);
    out.stays = stays_of(records, span);
    std::vector<Moment> times;
    std::set<std::uint32_t> known;
    for (const import::Entry& e : records.entries)
        if (known.insert(e.change).second) times.push_back(e.enqueued);
    out.arrivals = arrivals_of(times, span);
    find_projects(records, tests, out);
    find_who_runs_what(records, tests, out);
    find_defects(records, tests, out);
    warn(out);
    return out;
}

}  // namespace gatesim::infer
