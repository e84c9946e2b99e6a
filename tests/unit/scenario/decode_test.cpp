// What becomes of jobs, projects, pipelines, queues and pools.
#include <gtest/gtest.h>

#include "model/pattern.hpp"
#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

using testing::load_good;
using testing::load_with;

std::vector<std::string> job_names(const Scenario& scenario, const ProjectPipeline& part) {
    std::vector<std::string> out;
    for (const Job& job : part.jobs) out.push_back(scenario.job_names[job.id]);
    return out;
}

using Names = std::vector<std::string>;

TEST(Defaults, OfTheSmallestScenario) {
    const Scenario s = load_with("");
    EXPECT_EQ(s.name, "good");
    EXPECT_EQ(s.title, "good");
    EXPECT_EQ(s.replications, 1);
    ASSERT_EQ(s.pipelines.size(), 1u);
    EXPECT_EQ(s.pipelines[0].name, "gate");
    EXPECT_EQ(s.pipelines[0].manager, Manager::dependent);
    EXPECT_EQ(s.pipelines[0].strategy.name, "zuul");
    EXPECT_TRUE(s.pipelines[0].strategy.values.empty());
    ASSERT_EQ(s.projects.size(), 1u);
    EXPECT_EQ(s.projects[0].name, "project");
    EXPECT_EQ(job_names(s, s.projects[0].pipelines.at(0)), Names{"unit"});
    ASSERT_EQ(s.pools.size(), 1u);
    EXPECT_EQ(s.pools[0].name, "default");
    EXPECT_EQ(s.pools[0].nodes, kUnlimited);
    EXPECT_EQ(s.labels[s.projects[0].pipelines[0].jobs[0].label], "default");
    EXPECT_EQ(s.period.length, kNever);
    EXPECT_FALSE(s.period.has_start);
    EXPECT_TRUE(s.queues.empty());
    EXPECT_TRUE(s.merge_time.is_zero());
    EXPECT_EQ(s.load.after_ejection.retry, 0);
}

TEST(Jobs, KeysComeFromOverrideJobAndDefaultsInThisOrder) {
    const Scenario s = load_with(
        R"("defaults": {"job": {"duration": "1m", "attempts": 7, "flake": "1%", "duration_scale": 3, "needs": ["unit"]}},
           "projects": {"p": {"gate": ["unit", {"full": {"attempts": 9, "duration_scale": 2}}]}})",
        R"("unit": {"duration": "9m", "needs": []}, "full": {"flake": "2%", "attempts": 8})");
    const std::vector<Job>& jobs = s.projects[0].pipelines[0].jobs;
    EXPECT_EQ(jobs[0].duration.a, 540);
    EXPECT_EQ(jobs[0].duration.scale, 3);
    EXPECT_EQ(jobs[0].attempts, 7);
    EXPECT_TRUE(jobs[0].needs.empty());
    EXPECT_EQ(jobs[1].duration.a, 60);
    EXPECT_EQ(jobs[1].duration.scale, 2);
    EXPECT_EQ(jobs[1].attempts, 9);
    EXPECT_DOUBLE_EQ(jobs[1].flake.first, 0.02);
    ASSERT_EQ(jobs[1].needs.size(), 1u);
    EXPECT_EQ(jobs[1].needs[0].job, jobs[0].id);
}

TEST(Jobs, DurationsMayHaveFactorsByTime) {
    const Scenario s = load_with(
        R"("period": {"start": "2013-06-24T00:00Z"})",
        R"("unit": {"duration": "9m", "duration_scale": [{"from": "1h", "scale": 2}, {"from": "2013-06-24T05:00Z", "scale": 0.5}]})");
    const Job& unit = s.projects[0].pipelines[0].jobs[0];
    EXPECT_EQ(unit.duration.scale, 1);
    ASSERT_EQ(unit.duration_scale.steps.size(), 2u);
    EXPECT_EQ(unit.duration_scale.steps[0].from, kHour);
    EXPECT_EQ(unit.duration_scale.steps[1].from, 5 * kHour);
    EXPECT_EQ(unit.duration_scale.steps[1].value, 0.5);
}

TEST(Jobs, EveryKeyArrives) {
    const Scenario s = load_good(testing::kEverything);
    const ProjectPipeline& gate = s.projects[0].pipelines.at(1);
    ASSERT_EQ(s.pipelines[gate.pipeline].name, "gate");
    const Job& unit = gate.jobs.at(0);
    const Job& full = gate.jobs.at(1);
    EXPECT_EQ(unit.timeout.first, kHour);
    EXPECT_EQ(unit.nodes, 2);
    EXPECT_EQ(unit.attempts, 5);
    EXPECT_DOUBLE_EQ(unit.flake.first, 0.005);
    EXPECT_DOUBLE_EQ(unit.no_result.first, 0.01);
    EXPECT_EQ(unit.catches, 3);
    EXPECT_EQ(unit.kinds, (Names{"code", "doc"}));
    EXPECT_EQ(unit.duration.kind, Distribution::Kind::gamma);
    EXPECT_EQ(unit.duration.scale, 0.85);
    EXPECT_TRUE(unit.files.at(0).compiled->matches(".py"));
    EXPECT_FALSE(unit.files.at(0).compiled->matches(".pyc"));
    EXPECT_EQ(unit.irrelevant_files.at(0).text, "^doc/");
    EXPECT_EQ(unit.branches.size(), 2u);
    EXPECT_TRUE(full.voting);  // the template says so
    EXPECT_TRUE(full.hold_following_changes);
    EXPECT_EQ(s.labels[full.label], "big");
    ASSERT_EQ(full.needs.size(), 2u);
    EXPECT_EQ(s.job_names[full.needs[1].job], "noop");
    EXPECT_TRUE(full.needs[1].soft);
    ASSERT_TRUE(full.semaphore);
    EXPECT_TRUE(full.semaphore->resources_first);
    EXPECT_EQ(s.semaphores.at(full.semaphore->semaphore).name, "database");
    EXPECT_EQ(s.semaphores.at(full.semaphore->semaphore).limit, 2);
    EXPECT_EQ(full.duration.kind, Distribution::Kind::empirical);
    EXPECT_EQ(*full.duration.sample, (std::vector<double>{100.5}));
}

TEST(Jobs, NoPatternCanHangARun) {
    const Scenario s = load_with(
        "", R"("unit": {"duration": "9m", "files": ["^(a+)+$"], "branches": ["^(?!stable/(diablo|essex)).*$"]})");
    const Job& unit = s.projects[0].pipelines[0].jobs[0];
    EXPECT_TRUE(unit.files[0].compiled->matches(std::string(1000, 'a')));
    EXPECT_FALSE(unit.files[0].compiled->matches(std::string(1000, 'a') + "b"));  // 2^1000 steps by backtracking
    EXPECT_TRUE(unit.branches[0].compiled->matches("master"));
    EXPECT_FALSE(unit.branches[0].compiled->matches("stable/essex"));
}

TEST(Jobs, AnUndeclaredSemaphoreHasRoomForOne) {
    const Scenario s = load_with(
        "", R"("unit": {"duration": "9m", "semaphore": "db"}, "full": {"duration": "9m", "semaphore": "db"})");
    ASSERT_EQ(s.semaphores.size(), 1u);
    EXPECT_EQ(s.semaphores[0].limit, 1);
    EXPECT_EQ(s.projects[0].pipelines[0].jobs[1].semaphore->semaphore, 0u);
}

TEST(Jobs, NoopNeedsNothing) {
    const Scenario s = load_with(
        R"("projects": {"p": {"gate": ["noop"]}}, "pools": {"x": {}, "y": {}}, "defaults": {"job": {"runs_on": "x"}})");
    EXPECT_TRUE(s.projects[0].pipelines[0].jobs.at(0).noop);
    EXPECT_TRUE(s.projects[0].pipelines[0].jobs[0].duration.is_zero());
}

TEST(Jobs, TheOnlyPoolIsTheDefault) {
    const Scenario s = load_with(R"("pools": {"static": {"nodes": 3}})");
    EXPECT_EQ(s.labels[s.projects[0].pipelines[0].jobs[0].label], "static");
}

TEST(Projects, ListsAddToTemplatesAndLaterKeysWin) {
    const Scenario s = load_with(
        R"("pipelines": {"check": {"manager": "independent"}, "gate": {}, "post": {"manager": "supercedent"}},
           "templates": {"t": {"gate": ["unit", {"full": {"voting": false, "attempts": 4}}], "check": ["full"]}, "u": {"gate": ["docs"]}},
           "projects": {"p": {"templates": ["t", "u"], "gate": [{"full": {"voting": true}}, "noop"]}, "q": {"post": ["docs"]}, "r": {}})",
        R"("unit": {"duration": "1m"}, "full": {"duration": "2m"}, "docs": {"duration": "3m"})");
    const Project& p = s.projects[0];
    ASSERT_EQ(p.pipelines.size(), 2u);
    EXPECT_EQ(job_names(s, p.pipelines[0]), Names{"full"});
    EXPECT_EQ(job_names(s, p.pipelines[1]), (Names{"unit", "full", "docs", "noop"}));
    EXPECT_TRUE(p.pipelines[1].jobs[1].voting);
    EXPECT_EQ(p.pipelines[1].jobs[1].attempts, 4);
    ASSERT_EQ(s.projects[1].pipelines.size(), 1u);
    EXPECT_EQ(s.projects[1].pipelines[0].pipeline, 2u);
    EXPECT_EQ(s.projects[2].pipelines.size(), 3u);  // neither templates nor lists: everything everywhere
    EXPECT_EQ(job_names(s, s.projects[2].pipelines[0]), (Names{"unit", "full", "docs"}));
}

TEST(Projects, DefaultsHoldUnlessAProjectSaysOtherwise) {
    const Scenario s = load_with(
        R"("templates": {"t": {"gate": ["unit"]}, "none": {}}, "defaults": {"project": {"templates": ["t"], "queue": "q"}},
                                    "projects": {"p": {}, "x": {"templates": ["none"]}, "y": {"queue": "own"}})");
    EXPECT_EQ(s.projects[0].pipelines.at(0).queue, "q");
    EXPECT_TRUE(s.projects[1].pipelines.empty());
    EXPECT_EQ(s.projects[2].pipelines.at(0).queue, "own");
}

TEST(Queues, AreNamedByThemselvesOrByTheirProjects) {
    const Scenario s = load_with(
        R"("pipelines": {"check": {"manager": "independent"}, "gate": {}, "other": {}},
           "projects": {"a": {"queue": "x"}, "b": {}, "c": {"queue": "x"}, "d": {}},
           "queues": {"y": {"projects": ["d", "b"], "pipeline": "gate"}})");
    ASSERT_EQ(s.queues.size(), 2u);
    EXPECT_EQ(s.queues[0].name, "y");
    EXPECT_EQ(s.queues[0].pipeline, "gate");
    EXPECT_EQ(s.queues[0].projects, (Names{"d", "b"}));
    EXPECT_EQ(s.queues[1].name, "x");
    EXPECT_EQ(s.queues[1].pipeline, "");
    EXPECT_EQ(s.queues[1].projects, (Names{"a", "c"}));
    EXPECT_EQ(s.projects[0].pipelines[0].queue, "");  // check: every change by itself
    EXPECT_EQ(s.projects[0].pipelines[1].queue, "x");
    EXPECT_EQ(s.projects[1].pipelines[1].queue, "y");
    EXPECT_EQ(s.projects[1].pipelines[2].queue, "");
}

TEST(Pipelines, KeepTheirOrderAndTakeDefaults) {
    const Scenario s = load_good(testing::kEverything);
    ASSERT_EQ(s.pipelines.size(), 3u);
    EXPECT_EQ(s.pipelines[0].name, "check");
    EXPECT_EQ(s.pipelines[0].manager, Manager::independent);
    EXPECT_TRUE(s.pipelines[0].ignore_dependencies);
    EXPECT_EQ(s.pipelines[0].precedence, Precedence::normal);
    EXPECT_FALSE(s.pipelines[1].dequeue_on_new_patchset);
    EXPECT_TRUE(s.pipelines[1].reject_after_failure);
    EXPECT_EQ(s.pipelines[1].strategy.name, "serial");
    EXPECT_EQ(s.pipelines[2].manager, Manager::supercedent);
    EXPECT_EQ(s.pipelines[2].precedence, Precedence::low);
}

TEST(Strategy, ParametersHaveTheirTypes) {
    const Scenario s = load_with(
        R"("strategy": {"name": "zuul", "window": 5, "factor": 1.5, "bypass": "10%", "patience": "5m", "eager": true, "on_failure": "cancel-behind"})");
    const ParameterValues want = {
        {"window", std::int64_t{5}}, {"factor", 1.5}, {"bypass", 0.1},
        {"patience", 5 * kMinute},   {"eager", true}, {"on_failure", std::string("cancel-behind")}};
    EXPECT_EQ(s.pipelines[0].strategy.values, want);
}

TEST(Strategy, APresetsValuesCanBeOverridden) {
    const Scenario s = load_with(R"("strategy": {"name": "zuul-wide", "window": 7})");
    EXPECT_EQ(s.pipelines[0].strategy.name, "zuul-wide");
    const ParameterValues want = {{"window", std::int64_t{7}}, {"eager", true}};
    EXPECT_EQ(s.pipelines[0].strategy.values, want);
}

TEST(Strategy, IsReadFromTheCommandLineToo) {
    std::vector<Diagnostic> problems;
    EXPECT_EQ(read_strategy("serial", testing::strategies(), problems)->name, "serial");
    EXPECT_EQ(read_strategy(R"({"name": "zuul", "window": 3})", testing::strategies(), problems)->values.size(), 1u);
    EXPECT_TRUE(problems.empty());
    EXPECT_FALSE(read_strategy("zul", testing::strategies(), problems));
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].text(),
              "strategy: there is no strategy \"zul\"; did you mean \"zuul\"?\n  known: serial, zuul, zuul-wide");
}

TEST(Pools, EveryKeyArrives) {
    const Scenario s = load_good(testing::kEverything);
    ASSERT_EQ(s.pools.size(), 3u);
    EXPECT_EQ(s.pools[0].nodes, kUnlimited);
    EXPECT_EQ(s.pools[0].boot.a, 60);
    const Pool& pool = s.pools[1];
    EXPECT_EQ(pool.nodes, 400);
    EXPECT_EQ(s.pools[0].when_short, WhenShort::wait);
    EXPECT_EQ(pool.when_short, WhenShort::fail);
    EXPECT_EQ(Pool().when_short, WhenShort::wait) << "unless it is said";
    ASSERT_EQ(pool.labels.size(), 3u);
    EXPECT_EQ(s.labels[pool.labels[0]], "devstack");
    EXPECT_EQ(s.labels[pool.labels[1]], "big");
    EXPECT_EQ(pool.boot.kind, Distribution::Kind::exponential);
    EXPECT_DOUBLE_EQ(pool.launch_failure, 0.02);
    EXPECT_EQ(pool.launch_attempts, 4);
    EXPECT_EQ(pool.start_delay, 5 * kSecond);
    EXPECT_EQ(pool.abort_delay, 10 * kSecond);
    EXPECT_EQ(pool.compute, Compute::ps);
    EXPECT_EQ(pool.nodes_per_host, 6);
    EXPECT_EQ(pool.cores_per_host, 4.5);
    EXPECT_DOUBLE_EQ(pool.price_per_hour, 0.12);
}

TEST(Set, ReachesEverything) {
    const Scenario s =
        load_good(testing::kEverything, {"/pools/devstack/nodes=17", "/jobs/unit/flake=5%", "/strategy=zuul-wide",
                                         "/timeline=null", "/expect/-=landed > 1"});
    EXPECT_EQ(s.pools[1].nodes, 17);
    EXPECT_DOUBLE_EQ(s.projects[0].pipelines[1].jobs[0].flake.first, 0.05);
    EXPECT_EQ(s.timeline.size(), 6u) << "those of the freeze and the pause";
    EXPECT_EQ(s.expect.size(), 4u);
    EXPECT_NE(s.resolved.find("\"nodes\": 17"), std::string::npos);
}

}  // namespace
}  // namespace gatesim
