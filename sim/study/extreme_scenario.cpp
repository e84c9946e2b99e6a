#include "study/extreme_scenario.hpp"

#include <array>

namespace gatesim {

namespace {

template <class Change>
void each_change(Scenario& scenario, const Change& change) {
    if (!scenario.load.listed) return;
    auto& changes = scenario.load.listed->changes;
    for (std::size_t i = 0; i < changes.size(); ++i) change(changes[i], i);
}

template <class Change>
void each_job(Scenario& scenario, const Change& change) {
    for (Project& project : scenario.projects)
        for (ProjectPipeline& pipeline : project.pipelines)
            for (Job& job : pipeline.jobs) change(job);
}

void everything_is_broken(Scenario& scenario) {
    scenario.failures.defect = 1;
    each_change(scenario, [&](ListedChange& change, std::size_t) {
        for (JobId job = 0; job < scenario.job_names.size(); ++job) change.breaks.push_back(job);
    });
}

void everything_is_refused(Scenario& scenario) {
    scenario.failures.failed_submit = 1;
    each_change(scenario, [](ListedChange& change, std::size_t) { change.fail_merge = true; });
}

void everything_is_in_conflict(Scenario& scenario) {
    scenario.failures.textual_conflict = 0.9;
    each_change(scenario, [&](ListedChange& change, std::size_t i) {
        if (i > 0) change.conflicts_with.push_back(scenario.load.listed->changes[i - 1].id);
    });
}

void all_at_once_in_no_time(Scenario& scenario) {
    each_change(scenario, [](ListedChange& change, std::size_t) {
        for (auto& [pipeline, at] : change.enqueue_at) at = 0;
        for (ScriptedRun& run : change.jobs) run.duration = 0;
    });
    each_job(scenario, [](Job& job) { job.duration = {}; });
}

void a_chain_of_needs(Scenario& scenario) {
    each_change(scenario, [&](ListedChange& change, std::size_t i) {
        change.depends_on.clear();
        change.git_depends_on.clear();
        if (i > 0) change.depends_on.push_back(scenario.load.listed->changes[i - 1].id);
    });
}

void everybody_comes_back_at_once(Scenario& scenario) {
    AfterEjection& rule = scenario.load.after_ejection;
    rule.retry = 1;
    rule.after = {};
    rule.max = 3;
}

void one_bad_node(Scenario& scenario) {
    for (Pool& pool : scenario.pools) {
        pool.nodes = 2;  // as many as the largest job wants
        if (pool.life) pool.life->min = pool.life->max = 2;
        pool.launch_failure = 0.4;
    }
    scenario.timeline.clear();
    for (Pipeline& pipeline : scenario.pipelines) pipeline.freeze_hours = pipeline.pause_hours = {};
}

void first_runs_fail(Scenario& scenario) {
    each_change(scenario, [&](ListedChange& change, std::size_t) {
        change.jobs.clear();
        for (JobId job = 0; job < scenario.job_names.size(); ++job) {
            change.jobs.emplace_back();
            change.jobs.back().job = job;
            change.jobs.back().fails_on_run = {0};
        }
    });
    each_job(scenario, [](Job& job) { job.flake = 0.5; });
}

void nobody_votes(Scenario& scenario) {
    each_job(scenario, [](Job& job) { job.voting = false; });
}

}  // namespace

void make_extreme(Scenario& scenario, std::uint64_t kind) {
    constexpr std::array kKinds = {everything_is_broken,   everything_is_refused, everything_is_in_conflict,
                                   all_at_once_in_no_time, a_chain_of_needs,      everybody_comes_back_at_once,
                                   one_bad_node,           first_runs_fail,       nobody_votes};
    static_assert(kKinds.size() == kExtremes);
    kKinds[kind % kExtremes](scenario);
}

}  // namespace gatesim
