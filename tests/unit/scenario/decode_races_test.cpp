// The keys for race conditions of the branch, and for where pools are.
#include <gtest/gtest.h>

#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

/// With one listed race of these keys.
Race listed(const std::string& keys, const std::string& more = "") {
    const Scenario s = testing::load_of(
        R"("changes": {"fix": {"project": "nova"}})",
        R"("period": {"start": "2014-01-06"}, "projects": {"nova": {"gate": ["unit"]}, "glance": {"gate": ["full"]}},
           "pools": {"default": {}, "a": {"region": "DFW", "provider": "rax"}, "b": {"region": "DFW"}, "c": {"provider": "rax"}},
           "failures": {"races": {"listed": [{"name": "leak", "strength": "1.5%")" +
            std::string(keys.empty() ? "" : ", ") + keys + "}]}}" + more);
    return s.failures.races.listed.at(0);
}

TEST(DecodeRaces, SayWhatTheyHitHowOftenAndSince) {
    const Race plain = listed("");
    EXPECT_EQ(plain.name, "leak");
    EXPECT_EQ(plain.strength.first, 0.015);
    EXPECT_TRUE(plain.jobs.empty());
    EXPECT_EQ(plain.factor.kind, RaceFactor::Kind::none);
    EXPECT_EQ(plain.from, 0);
    EXPECT_EQ(plain.until, kNever);
    EXPECT_EQ(plain.fingerprint.layer, "console");
    EXPECT_TRUE(plain.fingerprint.lines.empty());
    const Race full = listed(
        R"("jobs": ["full"], "at": "2014-01-07", "until": "3d", "fingerprint": {"layer": "n-cpu", "lines": ["timed out", "lock"]})");
    EXPECT_EQ(full.jobs, std::vector<JobId>{1});
    EXPECT_EQ(full.from, kDay);
    EXPECT_EQ(full.until, 3 * kDay);
    EXPECT_EQ(full.fingerprint.layer, "n-cpu");
    EXPECT_EQ(full.fingerprint.lines, (std::vector<std::string>{"timed out", "lock"}));
}

TEST(DecodeRaces, DependOnOneFactor) {
    using Kind = RaceFactor::Kind;
    const auto factor = [](const std::string& keys) { return listed("\"factor\": {" + keys + "}").factor; };
    EXPECT_EQ(factor(R"("pool": "b")").pools, std::vector<PoolId>{2});
    EXPECT_EQ(factor(R"("region": "DFW")").pools, (std::vector<PoolId>{1, 2}));
    EXPECT_EQ(factor(R"("region": "default")").pools, std::vector<PoolId>{0});
    EXPECT_EQ(factor(R"("provider": "rax")").pools, (std::vector<PoolId>{1, 3}));
    EXPECT_EQ(factor(R"("provider": "rax")").kind, Kind::place);
    const RaceFactor hours = factor(R"("hours": "Mo-Fr 9-17")");
    EXPECT_EQ(hours.kind, Kind::hours);
    EXPECT_EQ(hours.hours.spans.size(), 5u);
    EXPECT_EQ(hours.value, "Mo-Fr 9-17");
    EXPECT_EQ(factor(R"("concurrency": 20)").concurrency, 20);
    EXPECT_EQ(factor(R"("with": "glance")").project, 1u);
    EXPECT_EQ(factor(R"("with": "fix")").change, "fix");
    EXPECT_EQ(factor(R"("after": "fix")").kind, Kind::after);
    const RaceFactor dates = factor(R"("from": "1d", "until": "2014-01-09")");
    EXPECT_EQ(dates.kind, Kind::dates);
    EXPECT_EQ(dates.from, kDay);
    EXPECT_EQ(dates.until, 3 * kDay);
    EXPECT_EQ(dates.key + "=" + dates.value, "from=1d until 2014-01-09");
    EXPECT_EQ(factor(R"("until": "2d")").from, 0);
}

TEST(DecodeRaces, TheTimelineSetsTheirStrengthByNameOrPlace) {
    for (const char* which : {"leak", "0"}) {
        const Race race = listed("", R"(, "timeline": [{"at": "1d", "set": {"/failures/races/listed/)" +
                                         std::string(which) + R"(/strength": "30%"}}])");
        EXPECT_EQ(race.strength.at(kDay - 1), 0.015);
        EXPECT_EQ(race.strength.at(kDay), 0.3) << which;
    }
}

TEST(DecodeRaces, ClassificationIsOnUnlessItIsOff) {
    EXPECT_TRUE(testing::load_with("").failures.races.classification);
    EXPECT_FALSE(testing::load_with("").failures.races.any());
    const Scenario off = testing::load_with(R"("failures": {"races": {"classification": "off"}})");
    EXPECT_FALSE(off.failures.races.classification);
}

TEST(DecodeRaces, AreBornByLandingsAndEndedByPeople) {
    const Scenario s = testing::load_with(R"("failures": {"races": {
        "born": {"per_landing": "1.5%", "strength": {"p50": "0.1%", "p95": "5%"}, "jobs": 2, "fades": "300d",
                 "factors": {"region": "10%", "provider": "5%", "hours": "6%", "with": "7%", "concurrency": "8%", "crowd": 20}},
        "handling": {"look": "10%", "classify": "2d", "urgent": 4, "fix": "30d", "revert": "5%", "quarantine": 50}}})");
    ASSERT_TRUE(s.failures.races.born);
    EXPECT_TRUE(s.failures.races.any());
    const RaceBirths& born = *s.failures.races.born;
    EXPECT_EQ(born.per_landing, 0.015);
    EXPECT_NEAR(born.strength.quantile(0.5), 0.001, 1e-9);
    EXPECT_NEAR(born.strength.quantile(0.95), 0.05, 1e-9);
    EXPECT_EQ(born.jobs, 2);
    EXPECT_EQ(born.fades->quantile(0.5), 300 * 86400.0);
    EXPECT_EQ(born.region, 0.1);
    EXPECT_EQ(born.provider, 0.05);
    EXPECT_EQ(born.hours, 0.06);
    EXPECT_EQ(born.with, 0.07);
    EXPECT_EQ(born.concurrency, 0.08);
    EXPECT_EQ(born.crowd, 20);
    const RaceHandling& handling = s.failures.races.handling;
    EXPECT_EQ(handling.look, 0.1);
    EXPECT_EQ(handling.classify.quantile(0.5), 2 * 86400.0);
    EXPECT_EQ(handling.urgent, 4);
    EXPECT_EQ(handling.fix.quantile(0.5), 30 * 86400.0);
    EXPECT_EQ(handling.revert, 0.05);
    EXPECT_EQ(handling.quarantine, 50);
    const Scenario plain =
        testing::load_with(R"("failures": {"races": {"born": {"per_landing": "1%", "strength": "3%"}}})");
    EXPECT_EQ(plain.failures.races.born->strength.quantile(0.9), 0.03);
    EXPECT_FALSE(plain.failures.races.born->fades);
    EXPECT_EQ(plain.failures.races.handling.quarantine, 0);
}

TEST(DecodePools, StandInARegionAndBelongToAProvider) {
    const Scenario s = testing::load_with(R"("pools": {"a": {}, "b": {"region": "ORD", "provider": "rax"}})",
                                          R"("unit": {"duration": "9m", "runs_on": "a"})");
    EXPECT_EQ(s.pools[0].region, "a");
    EXPECT_EQ(s.pools[0].provider, "");
    EXPECT_EQ(s.pools[1].region, "ORD");
    EXPECT_EQ(s.pools[1].provider, "rax");
}

}  // namespace
}  // namespace gatesim
