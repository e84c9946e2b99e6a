// Spells of trouble: when, for whom, how often.
#include "truth/troubles.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

Scenario with(std::vector<Trouble> troubles) {
    Scenario scenario;
    scenario.failures.troubles = std::move(troubles);
    return scenario;
}

Trouble trouble(double every, double lasts, double fails = 1) {
    Trouble out;
    out.every = Distribution::constant(every);
    out.lasts = Distribution::constant(lasts);
    out.fails = fails;
    return out;
}

TEST(Troubles, AreOnFromTheBeginningOfASpellUpToItsEnd) {
    const Scenario scenario = with({trouble(60, 30)});
    Troubles troubles(scenario, Luck(1, 1));
    EXPECT_FALSE(troubles.is_on(0, 60 * kSecond - 1));
    EXPECT_TRUE(troubles.is_on(0, 60 * kSecond));
    EXPECT_TRUE(troubles.is_on(0, 90 * kSecond - 1));
    EXPECT_FALSE(troubles.is_on(0, 90 * kSecond));
    EXPECT_TRUE(troubles.is_on(0, 150 * kSecond));
    EXPECT_FALSE(troubles.is_on(0, 30 * kSecond));  // asked in any order
}

TEST(Troubles, TurnsComeOnceAndInOrderOfTime) {
    const Scenario scenario = with({trouble(60, 30), trouble(50, 20)});
    Troubles troubles(scenario, Luck(1, 1));
    std::string told;
    while (const auto turn = troubles.next_turn(90 * kSecond))
        told += std::to_string(turn->at / kSecond) + (turn->begins ? "+" : "-") + std::to_string(turn->trouble) + " ";
    EXPECT_EQ(told, "50+1 60+0 70-1 90-0 ");
    EXPECT_FALSE(troubles.next_turn(119 * kSecond));
    ASSERT_TRUE(troubles.next_turn(120 * kSecond));
}

TEST(Troubles, ConcernOnlyTheirPoolAndTheirJobs) {
    Trouble bad = trouble(1, 1000);
    bad.pool = 2;
    bad.jobs = {7};
    const Scenario scenario = with({bad});
    Troubles troubles(scenario, Luck(1, 1));
    const Time then = 10 * kSecond;
    EXPECT_EQ(troubles.hits(then, {2, 7, 0, 1, 0, 0}), 0u);
    EXPECT_EQ(troubles.hits(then, {1, 7, 0, 1, 0, 0}), std::nullopt);
    EXPECT_EQ(troubles.hits(then, {kNone, 7, 0, 1, 0, 0}), std::nullopt);
    EXPECT_EQ(troubles.hits(then, {2, 6, 0, 1, 0, 0}), std::nullopt);
    EXPECT_EQ(troubles.hits(0, {2, 7, 0, 1, 0, 0}), std::nullopt);
}

TEST(Troubles, HitTheStatedShareAndAlwaysTheSameRuns) {
    const Scenario scenario = with({trouble(1, 1e6, 0.3)});
    Troubles troubles(scenario, Luck(5, 1)), again(scenario, Luck(5, 1));
    int hit = 0;
    for (ChangeId change = 0; change < 10000; ++change) {
        const TroubledRun run{0, 1, change, 1, 0, 0};
        const bool first = troubles.hits(10 * kSecond, run).has_value();
        hit += first;
        EXPECT_EQ(first, again.hits(20 * kSecond, run).has_value());  // the k-th run has its luck, whenever it ends
    }
    EXPECT_NEAR(hit, 3000, 150);
}

TEST(Troubles, TakeTheirShareOfTime) {
    Trouble bad = trouble(0, 0);
    bad.every = Distribution::exponential(3000);
    bad.lasts = Distribution::exponential(1000);
    const Scenario scenario = with({bad});
    Troubles troubles(scenario, Luck(1, 1));
    int on = 0;
    constexpr int kLooks = 400000;
    for (int i = 0; i < kLooks; ++i) on += troubles.is_on(0, i * 100 * kSecond);
    EXPECT_NEAR(on / static_cast<double>(kLooks), 0.25, 0.01);
}

}  // namespace
}  // namespace gatesim
