// Every strategy there is keeps the contract, whatever happens; engines agree; a run repeats itself byte for byte.
//
// RapidCheck draws the scenario's number and size, so that a failure shrinks to few changes.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "kernel/simgrid_engine.hpp"
#include "property/zoo/zoo.hpp"
#include "study/contract_trial.hpp"
#include "support/child.hpp"
#include "support/strategy_name.hpp"
#include "support/transcript.hpp"

namespace gatesim {

namespace {

std::vector<std::string> real_strategies() {
    std::vector<std::string> names;
    for (const StrategyDescription& d : strategy_descriptions())
        if (d.name.rfind(zoo::kPrefix, 0) != 0 && problem_of({d.name, {}}).empty()) names.push_back(d.name);
    return names;
}

Trial any_trial(const std::string& strategy) {
    return {strategy, *rc::gen::inRange<std::uint64_t>(1, 1'000'000), *rc::gen::inRange(1, 60)};
}

std::string transcript_on_simgrid(const Scenario& scenario, std::uint64_t seed) {
    return test::in_child([&] {
        Calendar calendar;
        Cast cast;
        Transcript transcript;
        auto engine = make_simgrid_engine(calendar);
        World world(scenario, Luck(seed, 1), calendar, cast, {&transcript}, {});
        world.start();
        engine->run(calendar, kNever, [&] {
            world.instant_over();
            return !world.broken().empty();
        });
        world.instant_over();
        return transcript.text;
    });
}

/// So many random scenarios for each strategy and preset; tools/test --all asks for ten times as many.
int trials_each() {
    const char* wanted = std::getenv("GATESIM_TRIALS");
    return wanted ? std::atoi(wanted) : 1000;
}

class EveryStrategy : public testing::TestWithParam<std::string> {};

TEST_P(EveryStrategy, KeepsTheContract) {
    rc::detail::TestParams params;
    params.seed = 1;
    params.maxSuccess = trials_each();
    const auto result = rc::detail::checkTestable(
        [&] {
            const Trial trial = any_trial(GetParam());
            const std::string broken = try_contract(trial).broken;
            if (!broken.empty()) RC_FAIL(broken + "\nagain: gatesim " + replay_line(trial));
        },
        rc::detail::TestMetadata{"contract", GetParam()}, params);
    std::ostringstream said;
    rc::detail::printResultMessage(result, said);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << said.str();
}

/// Found among 10,000: one found guilty kept its place in the window, and the change it needs, which had come back
/// behind it, never had its turn.
TEST(Contract, WhoIsFoundGuiltyTakesNoPlaceInTheWindow) {
    EXPECT_EQ(try_contract({"chromium-cq", 79540, 21}).broken, "");
}

/// Found among 10,000: the change it is written on had landed, and came back with a later patch set that failed.
TEST(Contract, WhatItIsWrittenOnIsThePatchSetThatLanded) {
    EXPECT_EQ(try_contract({"zuul", 435590, 49}).broken, "");
}

/// Found among 10,000: none of its jobs votes, and they were stopped because a change it needs was failing.
TEST(Contract, WithoutAVoteItLandsThoughItsBuildsWereStopped) {
    EXPECT_EQ(try_contract({"zuul", 308741, 24}).broken, "");
}

/// Found among 10,000: two changes change places for ever, pass after pass or wave after wave.
TEST(Contract, GoesOnWhereZuulWouldNeverComeToRest) {
    EXPECT_EQ(try_contract({"zuul-openstack", 374069, 8}).broken, "");
    EXPECT_EQ(try_contract({"zuul", 435590, 40}).broken, "");
}

/// Found among 10,000: a job that was skipped before another one failed was taken for proven.
TEST(Contract, SkippedInARedTestProvesNothing) {
    EXPECT_EQ(try_contract({"tide", 2672, 25}).broken, "");
}

/// Found among 10,000: made again 1,400 times during troubles of the machines, and then once for a fault of its own.
TEST(Contract, WhatTheMachinesSpoiltMayBeMadeAgainMoreOften) {
    EXPECT_EQ(try_contract({"tide", 6620, 14}).broken, "");
    EXPECT_EQ(try_contract({"tide", 60053, 2}).broken, "");
}

/// Found among 10,000: the new patch set came before the old one had left, and then a freeze.
TEST(Contract, APatchSetThatStoodThereMayLandInAFreeze) {
    EXPECT_EQ(try_contract({"trunk", 779473, 20}).broken, "");
}

/// Found among 10,000: who asks for more nodes than a pool that lives may have by now stands aside.
TEST(Contract, WhoAsksForMoreThanAPoolMayHaveBlocksNobody) {
    EXPECT_EQ(try_contract({"aviator", 203020, 18}).broken, "");
}

// Who was set aside in a freeze came back with an exempt change that it needs, in front of another exempt one.
TEST(Contract, HoldsWhereSomebodyNeedsAnExemptChange) {
    EXPECT_EQ(try_contract({"github", 207155, 7}).broken, "");
}

// Each turn of the hours asked for the check of a change that nobody can test, which looked like progress for ever.
TEST(Contract, HoldsWhereAFreezeTurnsEveryWeekAndNothingCanCome) {
    EXPECT_EQ(try_contract({"serial", 203165, 48}).broken, "");
    EXPECT_EQ(try_contract({"gitlab", 201985, 28}).broken, "");
}

// A build that shows that it will fail can be lost and pass when it runs again: then its change lands, though what
// stands behind it was tested without it.
TEST(Contract, WhoIsGreenAfterAllIsInWhatStandsBehind) {
    EXPECT_EQ(try_contract({"zuul-openstack", 201059, 46}).broken, "");
}

TEST_P(EveryStrategy, DoesTheSameAgainAndOnEitherEngine) {
    for (std::uint64_t number = 1; number <= 25; ++number) {
        const Trial trial{GetParam(), number * 7919, 25};
        SCOPED_TRACE(replay_line(trial));
        const Scenario scenario = scenario_of(trial);
        const std::string once = run_on_heap(scenario, trial.number).transcript;
        ASSERT_EQ(once, run_on_heap(scenario_of(trial), trial.number).transcript);
        ASSERT_EQ(once, transcript_on_simgrid(scenario, trial.number));
    }
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryStrategy, testing::ValuesIn(real_strategies()),
                         [](const auto& which) { return name_of_test(which.param); });

}  // namespace

}  // namespace gatesim
