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

auto precedence(const Job& j, const Texts& texts) {
    const auto text = [&](Texts::Id id) { return std::string_view(texts[id]); };
    return std::tuple(j.stage, known(j.ended), known(j.started), known(j.created), j.result, text(j.label),
                      text(j.runner), text(j.name), text(j.ref), text(j.sha), j.workflow_run, text(j.project));
}

auto precedence(const WorkflowRun& r, const Texts& texts) {
    const auto text = [&](Texts::Id id) { return std::string_view(texts[id]); };
    return std::tuple(r.stage, known(r.updated), known(r.started), known(r.created), r.result, text(r.name),
                      text(r.ref), text(r.sha), text(r.event), text(r.project));
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
std::uint64_t fold_rows(std::deque<Row>& rows, const Texts& texts) {
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        if (name_of(a) != name_of(b)) return name_of(a) < name_of(b);
        return precedence(a, texts) > precedence(b, texts);
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (kept > 0 && name_of(rows[kept - 1]) == name_of(rows[i]))
            complete(rows[kept - 1], rows[i]);
        else
            rows[kept++] = rows[i];
    }
    const std::uint64_t gone = rows.size() - kept;
    rows.resize(kept);
    return gone;
}

}  // namespace

std::uint64_t fold(std::deque<Job>& jobs, const Texts& texts) {
    return fold_rows(jobs, texts);
}

std::uint64_t fold(std::deque<WorkflowRun>& runs, const Texts& texts) {
    return fold_rows(runs, texts);
}

}  // namespace gatesim::import::github
