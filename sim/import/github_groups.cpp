#include "import/github_groups.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_set>

namespace gatesim::import::github {

Groups::Groups(Rows& rows) {
    one_project(rows);
    index_runs(rows);
    place_all(rows);
    sort(rows);
}

/// Where one repository is named and others are not, it is the same one.
void Groups::one_project(Rows& rows) const {
    std::set<Texts::Id> named;
    const auto each = [&](auto& some, const auto& visit) {
        for (auto& row : some) visit(row.project);
    };
    const auto all = [&](const auto& visit) {
        each(rows.jobs, visit);
        each(rows.workflow_runs, visit);
        each(rows.events, visit);
        each(rows.sightings, visit);
    };
    all([&](Texts::Id project) { named.insert(project); });
    named.erase(0);
    if (named.size() != 1) return;
    all([&](Texts::Id& project) { project = *named.begin(); });
}

void Groups::index_runs(const Rows& rows) {
    for (std::size_t i = 0; i < rows.workflow_runs.size(); ++i) {
        const WorkflowRun& run = rows.workflow_runs[i];
        run_at_[run.id] = i;  // attempts stand in their order
        began_[{run.id, run.attempt}] = run.started;
        if (run.sha != 0 && queue_ref(rows.texts[run.ref]).pull != 0) ref_of_[run.sha] = run.ref;
    }
    for (const Job& job : rows.jobs)
        if (job.sha != 0 && job.ref != 0 && !ref_of_.contains(job.sha) && queue_ref(rows.texts[job.ref]).pull != 0)
            ref_of_[job.sha] = job.ref;
}

Moment Groups::attempt_began(std::uint64_t workflow_run, std::uint16_t attempt) const {
    const auto found = began_.find({workflow_run, attempt});
    return found == began_.end() ? kNever : found->second;
}

std::uint32_t Groups::group_of(Rows& rows, Name name) {
    const auto [known, fresh] = known_.try_emplace(name, static_cast<std::uint32_t>(list.size()));
    if (!fresh) return known->second;
    const auto& [project, ref, sha, run] = name;
    const QueueRef parts = queue_ref(rows.texts[ref]);
    Group group;
    group.project = project;
    group.branch = rows.texts.of(parts.branch);
    group.base = rows.texts.of(parts.base);
    group.head = sha;
    group.pull = parts.pull;
    group.name = rows.texts[project] + "\n" + rows.texts[ref] + "\n" + rows.texts[sha] + "\n" + std::to_string(run);
    list.push_back(std::move(group));
    return known->second;
}

Ran Groups::place(Rows& rows, Texts::Id project, Texts::Id ref, Texts::Id sha, std::uint64_t run, bool for_queue) {
    if (sha != 0 && ref == 0)
        if (const auto known = ref_of_.find(sha); known != ref_of_.end()) ref = known->second;
    const bool queue = ref != 0 ? queue_ref(rows.texts[ref]).pull != 0 : for_queue;
    Ran out{kNone, sha};
    if (queue && (sha != 0 || ref != 0 || run != 0))
        out.group = group_of(rows, {project, ref, sha, sha != 0 || ref != 0 ? 0 : run});
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

void Groups::place_all(Rows& rows) {
    std::unordered_set<std::uint64_t> with_jobs;
    for (const Job& job : rows.jobs) {
        Texts::Id ref = job.ref, sha = job.sha, project = job.project;
        bool for_queue = true;  // unless something says that it is not
        if (const auto run = run_at_.find(job.workflow_run); run != run_at_.end()) {
            const WorkflowRun& of = rows.workflow_runs[run->second];
            if (of.ref != 0) ref = of.ref;
            if (of.sha != 0) sha = of.sha;
            if (project == 0) project = of.project;
            for_queue = of.event == 0 || rows.texts[of.event] == "merge_group";
            with_jobs.insert(of.id);
        }
        jobs.push_back(place(rows, project, ref, sha, job.workflow_run, for_queue));
        // What failed and went well in a later attempt is told by the workflow run.
        const bool told = with_jobs.contains(job.workflow_run);
        note(jobs.back().group, std::min(job.created, job.started), job.ended, told ? RunResult::skipped : job.result);
    }
    for (std::size_t i = 0; i < rows.workflow_runs.size(); ++i) {
        const WorkflowRun& run = rows.workflow_runs[i];
        const bool for_queue = run.event == 0 || rows.texts[run.event] == "merge_group";
        workflow_runs.push_back(place(rows, run.project, run.ref, run.sha, run.id, for_queue));
        has_jobs.push_back(with_jobs.contains(run.id));
        const bool last = run_at_.at(run.id) == i;
        note(workflow_runs.back().group, run.created, run.stage == Stage::ended ? run.updated : kNever,
             last ? run.result : RunResult::skipped);
    }
}

void Groups::sort(const Rows&) {
    std::vector<std::uint32_t> order(list.size()), number(list.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(list[a].created, list[a].name) < std::tie(list[b].created, list[b].name);
    });
    std::vector<Group> sorted;
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
