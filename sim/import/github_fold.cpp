// Of several records of one thing the one that came furthest, whatever the order in which they were read.
#include <algorithm>
#include <tuple>

#include "import/github_rows.hpp"

namespace gatesim::import::github {

namespace {

/// The other way round, so that what is not known comes first.
Moment known(Moment when) {
    return when == kNever ? -1 : when;
}

auto precedence(const Job& j, const Rows& rows) {
    const auto text = [&](Texts::Id id) { return std::string_view(rows.texts[id]); };
    return std::tuple(j.stage, known(j.ended), known(j.started), known(j.created), j.result, text(j.label),
                      text(j.runner), text(j.name), rows.refs[j.ref].name, rows.shas[j.sha], text(j.project));
}

auto precedence(const WorkflowRun& r, const Rows& rows) {
    const auto text = [&](Texts::Id id) { return std::string_view(rows.texts[id]); };
    return std::tuple(r.stage, known(r.updated), known(r.started), known(r.created), r.result, text(r.name),
                      rows.refs[r.ref].name, rows.shas[r.sha], text(r.event), text(r.project));
}

template <class T>
void fill(T& value, const T& from) {
    if (value == T{}) value = from;
}

void complete(Job& job, const Job& other) {
    for (auto part : {&Job::label, &Job::runner, &Job::sha, &Job::ref, &Job::project}) fill(job.*part, other.*part);
    if (job.created == kNever) job.created = other.created;
}

void complete(WorkflowRun& run, const WorkflowRun& other) {
    for (auto part :
         {&WorkflowRun::name, &WorkflowRun::sha, &WorkflowRun::ref, &WorkflowRun::project, &WorkflowRun::event})
        fill(run.*part, other.*part);
    if (run.created == kNever) run.created = other.created;
}

/// What it is. Numbers of jobs are their own only within a workflow run, as far as exports go that were made smaller.
auto name_of(const Job& j) {
    return std::tuple(j.workflow_run, j.id, j.attempt);
}

auto name_of(const WorkflowRun& r) {
    return std::tuple(r.id, r.attempt);
}

template <class Row>
std::uint64_t fold_rows(RowList<Row>& some, const Rows& rows) {
    std::sort(some.begin(), some.end(), [&](const Row& a, const Row& b) {
        if (name_of(a) != name_of(b)) return name_of(a) < name_of(b);
        return precedence(a, rows) > precedence(b, rows);
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < some.size(); ++i) {
        if (kept > 0 && name_of(some[kept - 1]) == name_of(some[i]))
            complete(some[kept - 1], some[i]);
        else
            some[kept++] = some[i];
    }
    const std::uint64_t gone = some.size() - kept;
    some.resize(kept);
    return gone;
}

}  // namespace

std::uint64_t fold_jobs(Rows& rows) {
    return fold_rows(rows.jobs, rows);
}

std::uint64_t fold_workflow_runs(Rows& rows) {
    return fold_rows(rows.workflow_runs, rows);
}

std::uint64_t settle_attempts(Rows& rows) {
    RowList<Job>& jobs = rows.jobs;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (jobs[i].attempt != 0) continue;
        const bool numbered =
            i + 1 < jobs.size() && jobs[i + 1].workflow_run == jobs[i].workflow_run && jobs[i + 1].id == jobs[i].id;
        jobs[i].attempt = numbered ? jobs[i + 1].attempt : 1;
    }
    return fold_rows(jobs, rows);
}

}  // namespace gatesim::import::github
