// load.people: what its keys become, what holds without them, and what is refused.
#include <gtest/gtest.h>

#include "model/people.hpp"
#include "scenario/load_scenario.hpp"
#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

std::string scenario_with(const std::string& people, const std::string& period = R"("start": "2013-06-24T00:00Z", )") {
    return R"({"period": {)" + period + R"("length": "7d"}, "projects": {"nova": {}, "neutron": {}},
 "load": {"people": )" +
           people + R"(},
 "pipelines": {"check": {"manager": "independent"}, "gate": {}},
 "jobs": {"unit": {"duration": "9m"}}})";
}

PeopleLoad people_of(const std::string& people) {
    return *testing::load_good(scenario_with(people)).load.people;
}

std::string refused(const std::string& document) {
    const Loaded loaded = load_scenario_text(document, "my.json", "", {});
    EXPECT_FALSE(loaded.scenario.has_value());
    return text(loaded.diagnostics);
}

TEST(DecodePeople, NobodyNeedsToSayMoreThanHowMany) {
    const PeopleLoad load = people_of(R"({"contributors": 20})");
    EXPECT_EQ(load.contributors.count, 20);
    EXPECT_EQ(load.contributors.cycle, 182 * kDay);
    EXPECT_EQ(load.contributors.zones.size(), 1u);
    EXPECT_EQ(load.contributors.projects.size(), 2u);
    EXPECT_EQ(load.check, 0u);
    EXPECT_EQ(load.gate, 1u);
    EXPECT_TRUE(load.review_after_check);
    EXPECT_EQ(load.rhythm.hours[7], 0);
    EXPECT_EQ(load.rhythm.hours[8], 1);
    EXPECT_EQ(load.after_check.recheck, 0.55);
    EXPECT_FALSE(load.review.sampled.has_value());
}

TEST(DecodePeople, KeysArriveWhereTheyBelong) {
    const PeopleLoad load = people_of(R"({"contributors": 20,
        "cycle": {"length": "10d", "start": "2013-05-30"}, "turnover": "5%",
        "activity": {"exponent": 1.7, "least": 2, "most": 9}, "zones": {"Asia/Tokyo": 2, "UTC": 1},
        "projects": {"neutron": 3}, "own_project": "10%", "kinds": {"code": 8, "doc": 2}, "skill_spread": 0.4,
        "rhythm": {"hours": [0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,2,1,0,0,0,0,0,0], "weekdays": [1,1,1,1,1,0.2,0.1],
                   "day_to_day": 0.3, "week_to_week": 0.7,
                   "seasons": [{"name": "freeze", "from": "2013-06-20", "until": "2013-06-26", "factor": 1.6, "readers": 0.4}]},
        "changes": {"lines": {"p50": 10, "p95": 100}, "defects_by_size": 0.2, "series": ["7%", "50%"], "sitting": "9%",
                    "in_sitting": "3m", "together": "70%", "depends_on": "2%"},
        "rework": {"mean": "40%", "alike": 3, "unasked": "20%", "unasked_after": "10m", "after": "2h", "give_up": "4%",
                   "most": 12, "unwanted": "6%"},
        "after_check": {"recheck": "30%", "give_up": "2%", "most": 1, "recheck_after": "1h", "rework_after": "3h"},
        "after_gate": {"keeps_approval": "45%"},
        "under_way": {"since": "30d", "gap": "9h"}, "check": null, "review_after_check": false,
        "gate_after_check": false, "warmup": "3d", "review": {"latency": "1h", "hours": "rhythm"}})");
    EXPECT_EQ(load.contributors.cycle_begins, -5 * kDay);  // the last cycle to begin before the period
    EXPECT_EQ(load.contributors.turnover, 0.05);
    EXPECT_EQ(load.contributors.activity.exponent, 1.7);
    EXPECT_EQ(load.contributors.activity.least, 2);
    EXPECT_EQ(load.contributors.activity.most, 9);
    EXPECT_EQ(load.contributors.zones[0].first, "Asia/Tokyo");
    EXPECT_EQ(load.contributors.projects, (std::vector<std::pair<ProjectId, double>>{{1, 3}}));
    EXPECT_EQ(load.contributors.kinds[1].name, "doc");
    EXPECT_EQ(load.rhythm.hours[16], 2);
    EXPECT_EQ(load.rhythm.weekdays[6], 0.1);
    EXPECT_EQ(load.rhythm.week_to_week, 0.7);
    ASSERT_EQ(load.rhythm.seasons.size(), 1u);
    EXPECT_EQ(load.rhythm.seasons[0].from, -4 * kDay);
    EXPECT_EQ(load.rhythm.seasons[0].until, 2 * kDay);
    EXPECT_EQ(load.changes.series, (std::vector<double>{0.07, 0.5}));
    EXPECT_NEAR(load.changes.lines.quantile(0.95), 100, 1e-6);
    EXPECT_EQ(load.rework.alike, 3);
    EXPECT_EQ(load.rework.most, 12);
    EXPECT_EQ(load.rework.unwanted, 0.06);
    EXPECT_EQ(load.after_check.most, 1);
    EXPECT_EQ(load.after_check.rework_after.mean(), 10800);
    EXPECT_EQ(load.after_gate.keeps_approval, 0.45);
    EXPECT_EQ(load.under_way.since, 30 * kDay);
    EXPECT_EQ(load.check, kNone);
    EXPECT_FALSE(load.review_after_check);
    EXPECT_FALSE(load.gate_after_check);
    EXPECT_EQ(load.warmup, 3 * kDay);
    EXPECT_EQ(load.changes.together, 0.7);
    EXPECT_EQ(load.rhythm.seasons[0].readers, 0.4);
    ASSERT_TRUE(load.review.sampled.has_value());
    EXPECT_TRUE(load.review.sampled->by_rhythm);
}

TEST(DecodePeople, KindsMayDifferFromTheRestWhichIsCode) {
    const auto kinds = people_of(R"({"contributors": 20, "kinds": {"doc": {"share": "20%", "size": 3, "breaks": "0%"},
        "fix": {"share": "5%", "priority": 9, "size": {"p50": 5, "p95": 50}}}})")
                           .contributors.kinds;
    ASSERT_EQ(kinds.size(), 3u);
    EXPECT_EQ(kinds[0].lines->quantile(0.9), 3);
    EXPECT_EQ(kinds[0].breaks, 0);
    EXPECT_EQ(kinds[1].priority, 9);
    EXPECT_NEAR(kinds[1].lines->quantile(0.95), 50, 1e-6);
    EXPECT_FALSE(kinds[1].breaks);
    EXPECT_EQ(kinds[2].name, "code");
    EXPECT_NEAR(kinds[2].share, 0.75, 1e-12);
}

TEST(DecodePeople, WhatMakesNoSenseIsRefusedWithItsPlace) {
    const auto says = [](const std::string& people, const std::string& what) {
        const std::string message = refused(scenario_with(people));
        EXPECT_NE(message.find(what), std::string::npos) << message;
    };
    says(R"({})", "contributors");
    says(R"({"contributors": 2, "rhythm": {"hours": [1, 2]}})", "/load/people/rhythm/hours: these are 2 numbers");
    says(R"({"contributors": 2, "rhythm": {"weekdays": [0,0,0,0,0,0,0]}})", "nobody is ever up");
    says(R"({"contributors": 2, "rework": {"mean": "100%"}})", "no change would ever be done");
    says(R"({"contributors": 2, "activity": {"least": 9, "most": 3}})", "most is below least");
    says(R"({"contributors": 2, "after_gate": {"recheck": "80%", "give_up": "30%"}})", "more than all");
    says(R"({"contributors": 2, "check": "gate"})", "does not test patch sets one by one");
    says(R"({"contributors": 2, "gate": "check"})", "nothing lands in this pipeline");
    says(R"({"contributors": 2, "cycle": {"start": "2014-01-01"}})", "the cycle begins after the period does");
    says(R"({"contributors": 2, "changes": {"lines": {"p50": 9, "p95": 3}}})", "p95 is below p50");
    says(R"({"contributors": 2, "zones": {"Mars/Olympus": 1}})", "Mars/Olympus");
    says(R"({"contributors": 2, "rhythm": {"seasons": [{"from": "2013-07-02", "until": "2013-07-01", "factor": 2}]}})",
         "it ends before it begins");
    says(R"({"contributors": 2, "warmup": "7d"})", "nothing would be left to measure");
    says(R"({"contributors": 2, "kinds": {"code": 0}})", "/load/people/kinds: all weights are 0");
    says(R"({"contributors": 2, "kinds": {"doc": 1, "code": {"share": "50%"}}})", "some kinds have a weight and some");
    says(R"({"contributors": 2, "kinds": {"doc": {"share": "60%"}, "req": {"share": "50%"}}})", "more than 100 %");
    says(R"({"contributors": 2, "under_way": {"since": "100000d", "gap": "1h"}})", "nobody remembers");
}

TEST(DecodePeople, PeopleNeedAnEndAndDecideThemselvesWhoComesBack) {
    const std::string endless = R"({"load": {"people": {"contributors": 3}}, "jobs": {"unit": {"duration": "9m"}}})";
    EXPECT_NE(refused(endless).find("people never stop writing"), std::string::npos);
    const std::string both = R"({"period": {"length": "7d"}, "jobs": {"unit": {"duration": "9m"}},
        "load": {"people": {"contributors": 3}, "after_ejection": {"retry": "1%", "after": "2h"}}})";
    EXPECT_NE(refused(both).find("people, after_ejection exclude each other"), std::string::npos);
    const std::string undated = scenario_with(R"({"contributors": 3, "cycle": {"start": "2013-01-01"}})", "");
    EXPECT_NE(refused(undated).find("a date needs period.start"), std::string::npos);
}

}  // namespace
}  // namespace gatesim
