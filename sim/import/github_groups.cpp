#include "import/github_groups.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace gatesim::import::github {

Groups::Groups(Rows& rows) : rows_(rows) {
    one_project();
    index_refs();
    place_jobs();
    place_workflow_runs();
    place_fates();
    sort();
}

/// Where one repository is named and others are not, it is the same one.
void Groups::one_project() {
    std::set<Texts::Id> named;
    const auto each = [&](auto& some, const auto& visit) {
        for (auto& row : some) visit(row.project);
    };
    const auto all = [&](const auto& visit) {
        each(rows_.jobs, visit);
        each(rows_.workflow_runs, visit);
        each(rows_.events, visit);
        each(rows_.sightings, visit);
        each(rows_.fates, visit);
    };
    all([&](Texts::Id project) { named.insert(project); });
    named.erase(0);
    if (named.size() != 1) return;
    all([&](Texts::Id& project) { project = *named.begin(); });
}

/// Which ref a commit is the head of. What Actions and webhooks say goes before what polls let conclude.
void Groups::index_refs() {
    ref_of_.resize(rows_.shas.size(), 0);
    const auto note = [&](std::uint32_t sha, std::uint32_t ref) {
        if (sha == 0 || !rows_.of_queue(ref)) return;
        std::uint32_t& known = ref_of_[sha];
        if (known == 0 || rows_.refs[ref].name < rows_.refs[known].name) known = ref;
    };
    for (const WorkflowRun& run : rows_.workflow_runs) note(run.sha, run.ref);
    for (const Job& job : rows_.jobs) note(job.sha, job.ref);
    for (const Fate& fate : rows_.fates) note(fate.sha, fate.ref);
    const std::vector<std::uint32_t> said = ref_of_;
    for (const auto& [sha, ref] : rows_.heads)
        if (said[sha] == 0) note(sha, ref);
}

std::size_t Groups::workflow_run_at(std::uint64_t id) const {
    const auto& runs = rows_.workflow_runs;  // attempts stand in their order
    const auto after = std::upper_bound(runs.begin(), runs.end(), id,
                                        [](std::uint64_t value, const WorkflowRun& run) { return value < run.id; });
    return after != runs.begin() && std::prev(after)->id == id
               ? static_cast<std::size_t>(std::prev(after) - runs.begin())
               : kNone;
}

Moment Groups::attempt_began(std::uint64_t workflow_run, std::uint16_t attempt) const {
    for (std::size_t at = workflow_run_at(workflow_run); at != kNone; --at) {
        const WorkflowRun& run = rows_.workflow_runs[at];
        if (run.id != workflow_run) break;
        if (run.attempt == attempt) return run.started;
        if (at == 0) break;
    }
    return kNever;
}

std::uint32_t Groups::group_of(Texts::Id project, std::uint32_t ref, std::uint32_t sha, std::uint64_t run) {
    const Key head = key_of(rows_.shas[sha], static_cast<Moment>(rows_.refs[ref].name));
    const std::uint32_t number = known_.of(key_of(key_of(head, rows_.texts[project]), static_cast<Moment>(run)));
    if (number <= list.size()) return number - 1;
    const Ref& parts = rows_.refs[ref];
    Group group;
    group.project = project;
    group.branch = parts.branch;
    group.base = parts.base;
    group.head = sha;
    group.ref = ref;
    group.pull = parts.pull;
    group.workflow_run = run;
    list.push_back(std::move(group));
    return number - 1;
}

Ran Groups::place(Texts::Id project, std::uint32_t ref, std::uint32_t sha, std::uint64_t run, bool for_queue) {
    if (sha != 0 && ref == 0) ref = ref_of_[sha];
    const bool queue = ref != 0 ? rows_.of_queue(ref) : for_queue;
    Ran out{kNone, sha};
    if (queue && (sha != 0 || ref != 0 || run != 0))
        out.group = group_of(project, ref, sha, sha != 0 || ref != 0 ? 0 : run);
    return out;
}

void Groups::note(std::uint32_t at, Moment from, Moment to, RunResult result) {
    if (at == kNone) return;
    Group& group = list[at];
    group.created = std::min(group.created, from);
    if (to != kNever) group.ended = group.ended == kNever ? to : std::max(group.ended, to);
    group.red |= result == RunResult::failure;
    group.late |= result == RunResult::timeout;
    group.stopped |= result == RunResult::cancelled;
    group.running |= result == RunResult::unfinished;
    group.green |= result == RunResult::success;
}

void Groups::place_jobs() {
    has_jobs.resize(rows_.workflow_runs.size(), false);
    jobs.reserve(rows_.jobs.size());
    for (const Job& job : rows_.jobs) {
        std::uint32_t ref = job.ref, sha = job.sha;
        Texts::Id project = job.project;
        bool for_queue = true;  // unless something says that it is not
        const std::size_t at = job.workflow_run == 0 ? kNone : workflow_run_at(job.workflow_run);
        if (at != kNone) {
            const WorkflowRun& of = rows_.workflow_runs[at];
            if (of.ref != 0) ref = of.ref;
            if (of.sha != 0) sha = of.sha;
            if (project == 0) project = of.project;
            for_queue = of.event == 0 || rows_.texts[of.event] == "merge_group";
            has_jobs[at] = true;
        }
        jobs.push_back(place(project, ref, sha, job.workflow_run, for_queue));
        // What failed and went well in a later attempt is told by the workflow run.
        note(jobs.back().group, std::min(job.created, job.started), job.ended,
             at != kNone ? RunResult::skipped : job.result);
    }
}

void Groups::place_workflow_runs() {
    for (std::size_t i = 0; i < rows_.workflow_runs.size(); ++i) {
        const WorkflowRun& run = rows_.workflow_runs[i];
        const bool for_queue = run.event == 0 || rows_.texts[run.event] == "merge_group";
        workflow_runs.push_back(place(run.project, run.ref, run.sha, run.id, for_queue));
        const std::size_t last = workflow_run_at(run.id);
        if (has_jobs[last]) has_jobs[i] = true;
        note(workflow_runs.back().group, run.created, run.stage == Stage::ended ? run.updated : kNever,
             last == i ? run.result : RunResult::skipped);
    }
}

/// Webhooks know groups of which nothing ran, and what became of each.
void Groups::place_fates() {
    for (const Fate& fate : rows_.fates) {
        const Ran of = place(fate.project, fate.ref, fate.sha, 0, true);
        if (of.group == kNone) continue;
        Group& group = list[of.group];
        if (fate.kind == Fate::Kind::requested) group.created = std::min(group.created, fate.at);
        group.merged |= fate.kind == Fate::Kind::merged;
        group.dequeued |= fate.kind == Fate::Kind::dequeued;
        group.invalidated |= fate.kind == Fate::Kind::invalidated;
    }
}

void Groups::sort() {
    std::vector<std::uint32_t> order(list.size()), number(list.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto name = [&](const Group& g) {
        return std::tuple(g.created, std::string_view(rows_.texts[g.project]), g.pull, rows_.refs[g.ref].name,
                          rows_.shas[g.head], g.workflow_run);
    };
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return name(list[a]) < name(list[b]); });
    std::vector<Group> sorted;
    sorted.reserve(list.size());
    for (const std::uint32_t i : order) {
        number[i] = static_cast<std::uint32_t>(sorted.size());
        sorted.push_back(std::move(list[i]));
    }
    list = std::move(sorted);
    for (auto* rans : {&jobs, &workflow_runs})
        for (Ran& ran : *rans)
            if (ran.group != kNone) ran.group = number[ran.group];
}

}  // namespace gatesim::import::github
