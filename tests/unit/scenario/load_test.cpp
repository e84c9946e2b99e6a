// What becomes of the load, its scripts, time, distributions and expectations.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <tuple>

#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

using testing::load_good;
using testing::load_of;
using testing::load_with;
using Names = std::vector<std::string>;

TEST(Changes, EveryWordArrives) {
    const Scenario s = load_good(testing::kEverything);
    ASSERT_TRUE(s.load.listed);
    ASSERT_EQ(s.load.listed->changes.size(), 2u);
    const ListedChange& first = s.load.listed->changes[0];
    EXPECT_EQ(first.id, "first");
    EXPECT_EQ(first.project, 0u);
    EXPECT_EQ(first.branch, "stable/grizzly");
    EXPECT_EQ(first.author, "ann");
    EXPECT_EQ(first.kind, "doc");
    EXPECT_EQ(first.enqueue_at, (std::vector<std::pair<PipelineId, Time>>{{0, 0}, {1, 10 * kMinute}}));
    EXPECT_EQ(first.approved_at, kHour);
    EXPECT_EQ(first.conflicts_with, Names{"second"});
    EXPECT_EQ(first.files, Names{"doc/index.rst"});
    ASSERT_EQ(first.jobs.size(), 2u);
    EXPECT_EQ(first.jobs[0].duration, 5 * kMinute);
    EXPECT_EQ(first.jobs[0].fails_with, Names{"second"});
    EXPECT_EQ(first.jobs[0].fails_on_run, (std::vector<int>{0, 2}));
    EXPECT_EQ(first.jobs[0].retry_runs, std::vector<int>{1});
    EXPECT_EQ(first.jobs[0].child_jobs, Names{"full"});
    EXPECT_TRUE(first.jobs[1].fails);
    EXPECT_EQ(first.jobs[1].fails_without, Names{"first"});
    EXPECT_FALSE(first.jobs[1].duration);
    const ListedChange& second = s.load.listed->changes[1];
    EXPECT_EQ(second.branch, "master");
    EXPECT_TRUE(second.enqueue_at.empty());
    EXPECT_FALSE(second.approved_at);
    EXPECT_EQ(second.depends_on, Names{"first"});
    EXPECT_EQ(second.git_depends_on, Names{"first"});
    EXPECT_TRUE(second.merge_conflict);
    EXPECT_TRUE(second.fail_merge);
    EXPECT_EQ(second.breaks, std::vector<JobId>{0});
}

TEST(Changes, ABareTimeMeansTheFirstDependentPipeline) {
    const char* const pipelines = R"("pipelines": {"check": {"manager": "independent"}, "gate": {}, "second": {}})";
    EXPECT_EQ(
        load_of(R"("changes": {"a": {"enqueue_at": "5m"}})", pipelines).load.listed->changes[0].enqueue_at[0].first,
        1u);
    const char* const no_gate =
        R"("pipelines": {"check": {"manager": "independent"}, "post": {"manager": "supercedent"}})";
    EXPECT_EQ(load_of(R"("changes": {"a": {"enqueue_at": "5m"}})", no_gate).load.listed->changes[0].enqueue_at[0].first,
              0u);
}

TEST(Changes, MayNeedEachOtherInACircleOfText) {
    EXPECT_EQ(
        load_of(R"("changes": {"a": {"depends_on": ["b"]}, "b": {"depends_on": ["a"]}})").load.listed->changes.size(),
        2u);
}

TEST(Events, EveryWordArrives) {
    const Scenario s = load_good(testing::kEverything);
    ASSERT_EQ(s.load.listed->events.size(), 2u);
    const ScriptedEvent& patchset = s.load.listed->events[0];
    EXPECT_EQ(patchset.kind, ScriptedEventKind::new_patchset);
    EXPECT_EQ(patchset.at, kHour);
    EXPECT_EQ(patchset.changes, Names{"first"});
    EXPECT_EQ(patchset.enqueue, std::vector<PipelineId>{0});
    EXPECT_EQ(patchset.jobs.size(), 1u);
    EXPECT_EQ(patchset.pipeline, 1u);  // the first dependent one
    const ScriptedEvent& promote = s.load.listed->events[1];
    EXPECT_EQ(promote.kind, ScriptedEventKind::promote);
    EXPECT_EQ(promote.at, 4 * kHour);  // 02:00 UTC is 04:00 where the period began at midnight
    EXPECT_EQ(promote.changes, Names{"second"});
}

TEST(Replay, TakesItsTimesFromAColumn) {
    const Scenario s = load_of(
        R"("replay": {"file": "load.csv", "enqueue": {"from": "landed", "minus": "54m"}, "link_series": false})");
    ASSERT_TRUE(s.load.replay);
    EXPECT_EQ(s.load.replay->file, "load.csv");
    EXPECT_EQ(s.load.replay->from, EnqueueFrom::landed);
    EXPECT_EQ(s.load.replay->shift, -54 * kMinute);
    EXPECT_FALSE(s.load.replay->link_series);
    EXPECT_EQ(s.load.replay->pipeline, 0u);
    const Scenario plain = load_of(R"("replay": {"file": "load.csv"})");
    EXPECT_EQ(plain.load.replay->from, EnqueueFrom::enqueued);
    EXPECT_EQ(plain.load.replay->shift, 0);
    EXPECT_TRUE(plain.load.replay->link_series);
}

TEST(Arrivals, HaveARateAndWeights) {
    const Scenario s = load_of(R"("arrivals": {"rate": "864/day", "projects": {"b": 3, "a": 0.5}, "limit": 100})",
                               R"("projects": {"a": {}, "b": {}})");
    EXPECT_DOUBLE_EQ(s.load.arrivals->per_second.first, 0.01);
    EXPECT_EQ(s.load.arrivals->projects, (std::vector<std::pair<ProjectId, double>>{{1, 3.0}, {0, 0.5}}));
    EXPECT_EQ(s.load.arrivals->limit, 100u);
    const Scenario even =
        load_of(R"("arrivals": {"rate": "1/h"})", R"("period": {"length": "1d"}, "projects": {"a": {}, "b": {}})");
    EXPECT_EQ(even.load.arrivals->projects, (std::vector<std::pair<ProjectId, double>>{{0, 1.0}, {1, 1.0}}));
}

TEST(Load, ListedChangesAndEventsStandOnTopOfArrivals) {
    const Scenario s = load_of(
        R"("arrivals": {"rate": "3/h", "limit": 9}, "changes": {"x": {"enqueue_at": "6h", "kind": "doc", "count": 3}, "y": {}},
        "events": [{"at": "7h", "type": "promote", "changes": ["c4", "x2"]}])");
    ASSERT_TRUE(s.load.arrivals && s.load.listed);
    std::string names;
    for (const ListedChange& change : s.load.listed->changes) names += change.id + " " + change.kind + " ";
    EXPECT_EQ(names, "x1 doc x2 doc x3 doc y code ");
    EXPECT_EQ(s.load.listed->changes[2].enqueue_at.front().second, 6 * kHour);
    EXPECT_EQ(s.load.listed->events.at(0).changes, (Names{"c4", "x2"}));
    const Scenario events = load_of(
        R"("replay": {"file": "load.csv"}, "events": [{"at": "1h", "type": "abandon", "change": "api/12/master"}])");
    EXPECT_TRUE(events.load.listed->changes.empty());
    EXPECT_EQ(events.load.listed->events.size(), 1u);
}

TEST(Load, KindsOfArrivalsAndPushesPastTheQueue) {
    const Scenario s =
        load_of(R"("arrivals": {"rate": "1/h", "limit": 9, "kinds": {"hotfix": {"share": "2%", "priority": 5,
        "size": {"p50": 3, "p95": 30}, "breaks": "40%"}}},
        "past_queue": {"share": "3%", "breaks": "50%", "jobs": ["full"], "limit": 4})");
    const ChangeKind& kind = s.load.arrivals->kinds.at(0);
    EXPECT_EQ(std::tuple(kind.name, kind.share, kind.priority, kind.breaks.value()),
              std::tuple("hotfix", 0.02, 5, 0.4));
    EXPECT_NEAR(kind.lines->quantile(0.5), 3, 1e-9);
    const PastQueue& past = *s.load.past_queue;
    EXPECT_EQ(std::tuple(past.per_second, past.share, past.breaks.value(), past.limit), std::tuple(0.0, 0.03, 0.5, 4u));
    EXPECT_EQ(past.jobs, (std::vector<JobId>{1}));
    const Scenario named =
        load_of(R"("changes": {}, "past_queue": {"rate": "1/day", "limit": 1, "author": "release bot"})");
    EXPECT_EQ(named.load.past_queue->author, "release bot");
}

TEST(AfterEjection, IsWhoComesBack) {
    const AfterEjection after = load_good(testing::kEverything).load.after_ejection;
    EXPECT_EQ(after.retry, 0.5);
    EXPECT_EQ(after.max, 3);
    EXPECT_EQ(after.after.kind, Distribution::Kind::lognormal);
    EXPECT_NEAR(std::exp(after.after.a), 7200, 1e-9);
    EXPECT_NEAR(std::exp(after.after.a + 1.6448536269514722 * after.after.b), 86400, 1e-6);
    EXPECT_EQ(load_of(R"("changes": {}, "after_ejection": {"retry": "1%", "after": "1h"})").load.after_ejection.max, 5);
}

Distribution duration(const std::string& value) {
    return load_with("", R"("unit": {"duration": )" + value + "}").projects[0].pipelines[0].jobs[0].duration;
}

TEST(Distributions, HaveTheParametersOfTheirFamily) {
    using Kind = Distribution::Kind;
    EXPECT_EQ(duration(R"("9m")").a, 540);
    EXPECT_EQ(duration(R"({"dist": "constant", "value": "9m"})").a, 540);
    const Distribution lognormal = duration(R"({"dist": "lognormal", "median": "133s", "sigma": 0.6})");
    EXPECT_EQ(lognormal.kind, Kind::lognormal);
    EXPECT_NEAR(std::exp(lognormal.a), 133, 1e-9);
    EXPECT_EQ(lognormal.b, 0.6);
    const Distribution by_mean = duration(R"({"dist": "lognormal", "mean": "100s", "cv": 0.5})");
    EXPECT_NEAR(std::exp(by_mean.a + by_mean.b * by_mean.b / 2), 100, 1e-9);
    EXPECT_NEAR(std::exp(by_mean.b * by_mean.b) - 1, 0.25, 1e-12);
    EXPECT_EQ(duration(R"({"dist": "exponential", "mean": "2m"})").a, 120);
    const Distribution uniform = duration(R"({"dist": "uniform", "low": "1m", "high": "2m"})");
    EXPECT_EQ(uniform.a, 60);
    EXPECT_EQ(uniform.b, 120);
    const Distribution normal = duration(R"({"dist": "normal", "mean": "100s", "cv": 0.2})");
    EXPECT_EQ(normal.a, 100);
    EXPECT_DOUBLE_EQ(normal.b, 20);
    EXPECT_EQ(duration(R"({"dist": "normal", "mean": "100s", "sd": "7s"})").b, 7);
    const Distribution gamma = duration(R"({"dist": "gamma", "mean": "100s", "cv": 0.5})");
    EXPECT_DOUBLE_EQ(gamma.a, 4);
    EXPECT_DOUBLE_EQ(gamma.b, 25);
    const Distribution weibull = duration(R"({"dist": "weibull", "p50": "100s", "p95": "200s"})");
    EXPECT_NEAR(1 - std::exp(-std::pow(100 / weibull.b, weibull.a)), 0.5, 1e-12);
    EXPECT_NEAR(1 - std::exp(-std::pow(200 / weibull.b, weibull.a)), 0.95, 1e-12);
}

TEST(Distributions, AreReadFromTables) {
    const Distribution all = duration(R"({"file": "durations.csv", "column": "duration_s"})");
    EXPECT_EQ(all.kind, Distribution::Kind::empirical);
    EXPECT_EQ(*all.sample, (std::vector<double>{30, 45, 60, 100.5}));  // sorted, the empty one left out
    const Distribution unit =
        duration(R"({"file": "durations.csv", "column": "duration_s", "where": {"job": "unit"}})");
    EXPECT_EQ(*unit.sample, (std::vector<double>{30, 45, 60}));
}

TEST(Period, KnowsItsZone) {
    const Period period = load_good(testing::kEverything).period;
    EXPECT_EQ(period.kind, PeriodKind::steady);
    EXPECT_TRUE(period.has_start);
    EXPECT_EQ(period.start_unix, 1372024800);  // midnight in Berlin
    EXPECT_EQ(period.length, 7 * kDay);
    EXPECT_EQ(period.timezone, "Europe/Berlin");
}

TEST(Timeline, IsInOrderOfTime) {
    const Scenario s = load_good(testing::kEverything);
    ASSERT_EQ(s.timeline.size(), 10u);
    EXPECT_EQ(s.timeline[0].at, kDay);
    EXPECT_EQ(s.timeline[0].nodes, 0);
    EXPECT_EQ(s.timeline[0].pool, 1u);
    EXPECT_EQ(s.timeline[1].nodes, kUnlimited);
}

TEST(World, FailuresAndDefaultsArrive) {
    const Scenario s = load_good(testing::kEverything);
    EXPECT_DOUBLE_EQ(s.failures.defect.first, 0.05);
    EXPECT_DOUBLE_EQ(s.failures.semantic_conflict.first, 0.001);
    EXPECT_DOUBLE_EQ(s.failures.textual_conflict.first, 0.01);
    EXPECT_DOUBLE_EQ(s.failures.failed_submit.first, 0.002);
    EXPECT_DOUBLE_EQ(s.failures.withdraw.first, 0.1);
    EXPECT_TRUE(s.relative_priority);
    EXPECT_EQ(s.merge_time.kind, Distribution::Kind::uniform);
}

TEST(Observed, HasRulesThatStandBesideIt) {
    const Scenario s = load_good(testing::kEverything);
    EXPECT_EQ(s.observed_file, "load.csv");
    ASSERT_EQ(s.observed_rules.size(), 2u);
    EXPECT_EQ(s.observed_rules[0].first, "then");
    EXPECT_EQ(s.observed_rules[0].second.values.size(), 1u);
    EXPECT_EQ(s.observed_rules[1].second.name, "zuul-wide");
}

TEST(Expect, BoundsAreInTheMetricsUnit) {
    const std::vector<Expectation> expect = load_good(testing::kEverything).expect;
    ASSERT_EQ(expect.size(), 3u);
    EXPECT_EQ(expect[0].metric, "gate_time_s.p95");
    EXPECT_EQ(expect[0].comparison, "<=");
    EXPECT_EQ(expect[0].bound, 2700);
    EXPECT_EQ(expect[0].text, "gate_time_s.p95 <= 45m");
    EXPECT_EQ(expect[1].bound, 100);
    EXPECT_EQ(expect[2].comparison, "<");
    EXPECT_EQ(expect[2].bound, 0.2);
}

TEST(Errors, AreMany) {
    std::string jobs;
    for (int i = 0; i < 30; ++i)
        jobs += (i == 0 ? "" : ", ") + std::string("\"j") + std::to_string(i) + "\": {\"duration\": 1}";
    const Loaded loaded = load_scenario_text("{\"load\": {\"changes\": {}}, \"jobs\": {" + jobs + "}}", "f", "", {});
    ASSERT_EQ(loaded.diagnostics.size(), 21u);
    EXPECT_EQ(loaded.diagnostics.back().text(), "f: 10 more errors not shown");
}

TEST(Places, AreFoundByAnyPointer) {
    const std::string file = ::testing::TempDir() + "places.json";
    std::ofstream(file) << R"({"load": {"changes": {"c": {}}},
 "jobs": {"unit": "1m"},
 "projects": {"openstack/nova": {"queue": "integrated"}, "a~b": {}}})";
    const auto nova = find_in_scenario(file, {}, "/projects/openstack~1nova/queue");
    ASSERT_TRUE(nova);
    EXPECT_EQ(nova->where, file + ":3:43");
    EXPECT_EQ(nova->value, "\"integrated\"");
    EXPECT_TRUE(find_in_scenario(file, {}, "/projects/a~0b"));
    EXPECT_FALSE(find_in_scenario(file, {}, "/projects/openstack/nova"));
    EXPECT_FALSE(find_in_scenario(file, {}, "projects"));
}

}  // namespace
}  // namespace gatesim
