// The keys for what is really so, and for what can be known of it beforehand.
#include <gtest/gtest.h>

#include <cmath>

#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

TEST(Decode, FootprintsAndConflictsFromOverlap) {
    const Scenario s = testing::load_of(
        R"("arrivals": {"rate": "5/day", "limit": 5},
           "footprint": {"targets": 20000, "size": {"p50": 2, "p95": 100}, "popularity": 0.7, "large": "7.9%"})",
        R"("failures": {"overlap": {"semantic": "1%", "textual": "0.5%"}})");
    ASSERT_TRUE(s.load.footprint);
    EXPECT_EQ(s.load.footprint->targets, 20'000u);
    EXPECT_DOUBLE_EQ(s.load.footprint->size.a, std::log(2.0));
    EXPECT_NEAR(s.load.footprint->size.b, std::log(50.0) / 1.6448536, 1e-6);
    EXPECT_EQ(s.load.footprint->popularity, 0.7);
    EXPECT_EQ(s.load.footprint->large, 0.079);
    EXPECT_EQ(s.failures.semantic_overlap, 0.01);
    EXPECT_EQ(s.failures.textual_overlap, 0.005);
    const Scenario plain =
        testing::load_of(R"("changes": {"a": {"touches": ["//x", "//y"]}, "b": {"touches": []}, "c": {}})",
                         R"("failures": {"defect": "50%"})");
    EXPECT_FALSE(plain.load.footprint);
    EXPECT_EQ(plain.load.listed->changes[0].touches, (std::vector<std::string>{"//x", "//y"}));
    EXPECT_TRUE(plain.load.listed->changes[1].touches->empty());
    EXPECT_FALSE(plain.load.listed->changes[2].touches);
    EXPECT_FALSE(plain.failures.repair);
    EXPECT_EQ(plain.failures.defect_run, 0);
}

TEST(Decode, SignalsAreHitsOrAnArea) {
    using Kind = Predictor::Kind;
    const Signals both =
        testing::load_with(
            R"("signals": {"passes": {"accuracy": "97%"}, "conflicts": {"auc": "85%", "confidence": 2}, "duration": "5%"})")
            .signals;
    EXPECT_EQ(both.passes.kind, Kind::hits);
    EXPECT_EQ(both.passes.good_hits, 0.97);
    EXPECT_EQ(both.passes.bad_hits, 0.97);
    EXPECT_EQ(both.passes.confidence, 1);
    EXPECT_EQ(both.conflicts.kind, Kind::auc);
    EXPECT_EQ(both.conflicts.auc, 0.85);
    EXPECT_EQ(both.conflicts.confidence, 2);
    EXPECT_EQ(both.duration_error, 0.05);
    const Signals apart =
        testing::load_with(R"("signals": {"passes": {"good_hits": "99%", "bad_hits": "80%"}})").signals;
    EXPECT_EQ(apart.passes.good_hits, 0.99);
    EXPECT_EQ(apart.passes.bad_hits, 0.8);
    EXPECT_EQ(apart.conflicts.kind, Kind::base_rate);
    EXPECT_FALSE(apart.duration_error);
}

TEST(Decode, WhatAJobDoesAboutFlakesAndWhichTestsItRuns) {
    const Scenario s = testing::load_with("", R"("unit": {"duration": "9m", "retry_tests": 2, "flake_per": "change"},
        "full": {"duration": "1h", "retry_tests": {"times": 1, "cost": "10%"}, "duration_per": "change",
                 "selection": {"recall": "95%", "cost": "30%"}})");
    const std::vector<Job>& jobs = s.projects[0].pipelines[0].jobs;
    EXPECT_EQ(jobs[0].retry_tests, 2);
    EXPECT_EQ(jobs[0].retry_cost, 0);
    EXPECT_TRUE(jobs[0].flake_per_change);
    EXPECT_FALSE(jobs[0].duration_per_change);
    EXPECT_FALSE(jobs[0].selection);
    EXPECT_EQ(jobs[1].retry_tests, 1);
    EXPECT_EQ(jobs[1].retry_cost, 0.1);
    EXPECT_TRUE(jobs[1].duration_per_change);
    ASSERT_TRUE(jobs[1].selection);
    EXPECT_EQ(jobs[1].selection->recall, 0.95);
    EXPECT_EQ(jobs[1].selection->cost, 0.3);
}

TEST(Decode, WhatBecomesOfBuildsThatNobodyNeeds) {
    const auto of = [](const char* value) {
        return testing::load_with(
                   "",
                   std::string(R"("unit": {"duration": "9m"})") +
                       (*value ? std::string(R"(, "full": {"duration": "1h", "unneeded_builds": )") + value + "}" : ""))
            .projects[0]
            .pipelines[0]
            .jobs.back()
            .runs_on_unneeded;
    };
    EXPECT_EQ(of(""), 0);
    EXPECT_EQ(of(R"("stopped")"), 0);
    EXPECT_EQ(of(R"({"stopped_after": "2m"})"), 2 * kMinute);
    EXPECT_EQ(of(R"("never")"), kNever);
}

TEST(Decode, TroubleComesFromOutside) {
    const Scenario s = testing::load_with(
        R"("pools": {"a": {}, "b": {}},
           "failures": {"troubles": {"notes": "bad days", "mirror": {"every": "3d", "lasts": "2h"},
                                     "b is ill": {"every": {"dist": "exponential", "mean": "1d"}, "lasts": "10m",
                                                  "pool": "b", "jobs": ["full"], "fails": "40%"}}})",
        R"("unit": {"duration": "9m", "runs_on": "a"}, "full": {"duration": "1h", "runs_on": "b"})");
    ASSERT_EQ(s.failures.troubles.size(), 2u);
    const Trouble& mirror = s.failures.troubles[0];
    EXPECT_EQ(mirror.name, "mirror");
    EXPECT_EQ(mirror.every.a, 3 * 86400);
    EXPECT_EQ(mirror.lasts.a, 7200);
    EXPECT_EQ(mirror.pool, kNone);
    EXPECT_TRUE(mirror.jobs.empty());
    EXPECT_EQ(mirror.fails, 1);
    const Trouble& ill = s.failures.troubles[1];
    EXPECT_EQ(ill.pool, 1u);
    EXPECT_EQ(ill.jobs, std::vector<JobId>{1});
    EXPECT_EQ(ill.fails, 0.4);
}

TEST(Decode, WhoNoticesWhatBrokeTheBranch) {
    const Scenario s =
        testing::load_with(R"("failures": {"notice": {"after": "4h"}}, "prices": {"delay": "48 USD/d"})");
    ASSERT_TRUE(s.failures.notice);
    EXPECT_EQ(s.failures.notice->after.a, 4 * 3600);
    EXPECT_TRUE(s.failures.notice->reverts);
    EXPECT_EQ(s.delay_price, 2);
    const Scenario mended =
        testing::load_with(R"("failures": {"notice": {"after": "4h", "how": "repair"}, "repair": "1h"})");
    EXPECT_FALSE(mended.failures.notice->reverts);
    EXPECT_FALSE(mended.delay_price);
}

TEST(Decode, AGateMayAskForACheck) {
    const Scenario s = testing::load_with(
        R"("defaults": {"pipeline": {"clean_check": "check"}},
           "pipelines": {"gate": {}, "check": {"manager": "independent"}})");
    EXPECT_EQ(s.pipelines[0].clean_check, 1u);
    EXPECT_EQ(s.pipelines[1].clean_check, kNone);
}

TEST(Timeline, SetsWhatJobsAndChangesAreLike) {
    const Scenario s = testing::load_good(R"({
 "period": {"length": "2d"}, "load": {"arrivals": {"rate": "4/h"}},
 "jobs": {"unit": {"duration": "9m", "duration_scale": 2, "flake": "1%"}, "full": {"duration": "1h"}},
 "timeline": [{"at": "5h", "set": {"/jobs/unit/flake": "2%"}},
              {"at": "1h", "set": {"/jobs/unit/flake": "3%", "/jobs/unit/duration_scale": 3, "/jobs/full/timeout": "2h",
                                   "/load/arrivals/rate": "36/h", "/failures/defect": "5%"}}]})");
    const Job& unit = s.projects[0].pipelines[0].jobs[0];
    EXPECT_DOUBLE_EQ(unit.flake.at(kHour - 1), 0.01);
    EXPECT_DOUBLE_EQ(unit.flake.at(kHour), 0.03);
    EXPECT_DOUBLE_EQ(unit.flake.at(5 * kHour), 0.02);
    EXPECT_DOUBLE_EQ(duration_factor(unit, 0), 1);
    EXPECT_DOUBLE_EQ(duration_factor(unit, kHour), 1.5);  // the 2 is in the duration already
    EXPECT_EQ(s.projects[0].pipelines[0].jobs[1].timeout.at(kHour), 2 * kHour);
    EXPECT_DOUBLE_EQ(s.load.arrivals->per_second.at(kHour), 0.01);
    EXPECT_DOUBLE_EQ(s.failures.defect.at(kHour), 0.05);
    ASSERT_EQ(s.timeline.size(), 6u);
    EXPECT_FALSE(s.timeline.back().acts());
    EXPECT_EQ(s.timeline.back().pointer + " " + s.timeline.back().value, "/jobs/unit/flake 2%");
}

TEST(Timeline, SetsAmountsOfStrategies) {
    const Scenario s =
        testing::load_with(R"("strategy": "zuul", "timeline": [{"at": "1h", "set": {"/strategy/window": 7}}])");
    ASSERT_EQ(s.timeline.size(), 1u);
    EXPECT_EQ(s.timeline[0].pipeline, 0u);
    EXPECT_EQ(std::get<std::int64_t>(s.timeline[0].values.at(0).second), 7);
}

/// "1h freeze, 3h thaw": hours from the start.
std::string holds_of(const Scenario& s) {
    static constexpr const char* kWords[] = {"", "freeze", "thaw", "pause", "resume"};
    std::string out;
    for (const TimelineStep& step : s.timeline)
        out += std::to_string(step.at / kHour) + "h " + kWords[static_cast<int>(step.hold)] + "; ";
    return out;
}

TEST(Freeze, IsWrittenInThreeForms) {
    EXPECT_EQ(holds_of(testing::load_with(R"("pipelines": {"gate": {
                  "freeze": [{"at": "5h", "for": "1h"}, {"from": "1h", "until": "3h"}, {"at": "2h", "for": "2h"}],
                  "pause": [{"at": "6h", "for": "1h"}]}})")),
              "1h freeze; 4h thaw; 5h freeze; 6h thaw; 6h pause; 7h resume; ");
    EXPECT_EQ(holds_of(testing::load_with(R"("timeline": [{"at": "2h", "set": {"/pipelines/gate/frozen": false}},
                                                          {"at": "1h", "set": {"/pipelines/gate/frozen": true}}])")),
              "1h freeze; 2h thaw; ");
    EXPECT_EQ(holds_of(testing::load_good(R"({"load": {"changes": {"a": {"enqueue_at": "0s"}},
                  "events": [{"at": "1h", "type": "pause"}, {"at": "2h", "type": "resume", "pipeline": "gate"}]},
                  "jobs": {"unit": {"duration": "9m"}}})")),
              "1h pause; 2h resume; ");
    EXPECT_EQ(holds_of(testing::load_with(R"("pipelines": {"gate": {"frozen": true, "paused": false}})")),
              "0h freeze; ");
}

TEST(Freeze, HoldsByHoursOfTheWeek) {
    const Scenario s = testing::load_with(R"("pipelines": {"gate": {
        "freeze": ["Fr 17-24 Europe/Berlin", {"hours": {"from": "0:00", "until": "24:00", "days": "Sa,Su", "zone": "Europe/Berlin"}},
                   {"at": "1h", "for": "1h"}],
        "pause": "Mo 6-8"}})");
    ASSERT_TRUE(s.pipelines[0].freeze_hours && s.pipelines[0].pause_hours);
    const WeeklyHours& freeze = *s.pipelines[0].freeze_hours;
    ASSERT_EQ(freeze.spans.size(), 1u);
    EXPECT_EQ(freeze.spans[0].from, 4 * kDay + 17 * kHour);
    EXPECT_EQ(freeze.spans[0].until, kWeek);
    EXPECT_EQ(freeze.zone, "Europe/Berlin");
    EXPECT_EQ(s.pipelines[0].pause_hours->spans[0].until, 8 * kHour);
    ASSERT_EQ(s.timeline.size(), 6u);
    int by_hours = 0;
    for (const TimelineStep& step : s.timeline) by_hours += step.by_hours && !step.acts() && step.at == kNever;
    EXPECT_EQ(by_hours, 4);
    EXPECT_EQ(s.timeline.back().pointer, "/pipelines/gate/paused");
    EXPECT_TRUE(
        testing::load_with(R"("pipelines": {"gate": {"freeze": {"hours": "Sa,Su"}}})").pipelines[0].freeze_hours);
}

TEST(Freeze, SaysWhoIsExempt) {
    const Scenario s = testing::load_with(
        R"("defaults": {"pipeline": {"exempt": {"kinds": ["hotfix"], "priority": 5}}}, "pipelines": {"gate": {}})");
    const Exempt& exempt = s.pipelines[0].exempt;
    EXPECT_TRUE(exempt.covers("hotfix", "a", 0));
    EXPECT_TRUE(exempt.covers("code", "a", 5));
    EXPECT_FALSE(exempt.covers("code", "a", 4));
}

}  // namespace
}  // namespace gatesim
