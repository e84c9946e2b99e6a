// Pools that live, as a scenario writes them.
#include <gtest/gtest.h>

#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

using testing::load_good;
using testing::load_with;

/// The first thing that is wrong with a pool "p" of these keys.
std::string problem_of(const std::string& keys, const std::string& more = "") {
    LoadOptions options;
    options.strategies = testing::strategies();
    const Loaded loaded = load_scenario_text(
        R"({"load": {"changes": {}}, "jobs": {"unit": {"duration": "9m", "runs_on": "p"}}, "pools": {"p": {)" + keys +
            "}}" + more + "}",
        "bad.json", "", options);
    return loaded.diagnostics.empty() ? "" : loaded.diagnostics.front().text();
}

TEST(Life, EveryKeyArrives) {
    const Scenario s = load_good(testing::kEverything);
    const Pool& pool = s.pools.back();
    ASSERT_TRUE(pool.life.has_value());
    const PoolLife& life = *pool.life;
    EXPECT_EQ(pool.nodes, 2);
    EXPECT_EQ(life.min, 1);
    EXPECT_EQ(life.max, 40);
    EXPECT_EQ(life.scaling.name, "arc");
    ASSERT_EQ(life.scaling.values.size(), 1u);
    EXPECT_EQ(life.scaling.values[0].first, "counts_coming");
    EXPECT_EQ(life.poll, 30 * kSecond);
    EXPECT_EQ(life.signal_delay, kMinute);
    ASSERT_EQ(life.keep_warm.size(), 1u);
    EXPECT_EQ(life.keep_warm[0].nodes, 5);
    EXPECT_EQ(life.keep_warm[0].hours.spans.size(), 5u);
    EXPECT_EQ(life.provision.a, 20);
    EXPECT_EQ(life.boot_timeout, 10 * kMinute);
    EXPECT_TRUE(life.timeout_from_up);
    EXPECT_EQ(life.stop_time.a, 60);
    EXPECT_EQ(life.back_off, 2 * kMinute);
    EXPECT_EQ(life.lifetime, kDay);
    EXPECT_EQ(life.max_uses, 10);
    EXPECT_EQ(life.quota, 0u);
    EXPECT_EQ(pool.fall_back_after, 10 * kMinute);
    ASSERT_TRUE(life.spot.has_value());
    EXPECT_DOUBLE_EQ(life.spot->per_hour, 0.1);
    EXPECT_EQ(life.spot->notice, 2 * kMinute);
    EXPECT_EQ(life.spot->retry_on, 1u);
    EXPECT_DOUBLE_EQ(life.price_idle, 0.1);
    EXPECT_DOUBLE_EQ(life.price_boot, 0.05);
    ASSERT_EQ(s.quotas.size(), 1u);
    EXPECT_EQ(s.quotas[0].nodes, 50);
    EXPECT_EQ(s.long_wait, 10 * kMinute);
}

TEST(Life, APoolWithoutTheseKeysHasNone) {
    EXPECT_FALSE(load_with(R"("pools": {"default": {"nodes": 5, "boot": "1m"}})").pools[0].life);
}

TEST(Life, WithoutARuleItKeepsWhatItBeganWith) {
    const Scenario s = load_with(R"("pools": {"default": {"nodes": 5, "lifetime": "1h", "price": "1 USD/h"}})");
    const PoolLife& life = *s.pools[0].life;
    EXPECT_EQ(life.scaling.name, "static");
    EXPECT_EQ(life.min, 5);
    EXPECT_EQ(life.max, 5);
    EXPECT_DOUBLE_EQ(life.price_idle, 1);
}

TEST(Life, ARuleBringsItsOwnPollAndPatience) {
    const Scenario s = load_with(R"("pools": {"default": {"scaling": "aws-runner", "max": 3}})");
    EXPECT_EQ(s.pools[0].life->poll, 30 * kSecond);
    EXPECT_EQ(s.pools[0].life->boot_timeout, 5 * kMinute);
    EXPECT_EQ(s.pools[0].nodes, 0);
    const Scenario never = load_with(R"("pools": {"default": {"scaling": "aws-runner", "boot_timeout": null}})");
    EXPECT_EQ(never.pools[0].life->boot_timeout, kNever);
}

TEST(Life, TheTimelineSetsItsEnds) {
    const Scenario s = load_with(
        R"("pools": {"default": {"scaling": "arc", "max": 3}}, "timeline": [{"at": "1h", "set": {"/pools/default/max": 9}}])");
    ASSERT_EQ(s.timeline.size(), 1u);
    EXPECT_EQ(s.timeline[0].number, PoolNumber::max);
    EXPECT_EQ(s.timeline[0].nodes, 9);
}

TEST(Life, WhatIsWrongIsSaid) {
    EXPECT_NE(problem_of(R"("scaling": "arcc")").find("did you mean \"arc\""), std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": {"rule": "arc", "idle": "1m"})").find("arc has no parameter \"idle\""),
              std::string::npos);
    EXPECT_NE(problem_of(R"("min": 1, "max": 5)").find("without a rule"), std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": "arc", "min": 6, "max": 5)").find("min is 6, and max only 5"),
              std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": "arc", "max": 5, "keep_warm": [{"hours": "Mo-Fr 9-17", "nodes": 6}])")
                  .find("6 nodes are to be kept, and max is 5"),
              std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": "arc", "nodes": "unlimited")").find("at the beginning"), std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": "arc", "quota": "q")").find("q"), std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": "arc", "single_use": true, "max_uses": 3)").find("one use"), std::string::npos);
    EXPECT_NE(problem_of(R"("scaling": "arc", "spot": {"rate": "1/h", "retry_on": "x"})").find("pool"),
              std::string::npos);
    EXPECT_NE(problem_of(R"("nodes": 5)", R"(, "timeline": [{"at": "1h", "set": {"/pools/p/max": 9}}])")
                  .find("does not live"),
              std::string::npos);
}

}  // namespace
}  // namespace gatesim
