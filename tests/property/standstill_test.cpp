// Why items do not move: what is told is what a second reading of the gate says, whatever the strategy, at every
// instant.
//
// The second reading (support/reading.hpp) looks at builds, requests and mergers of the states that an item is tested
// in, and follows the nodes by itself. It knows nothing of how the gate finds its reasons.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "kernel/engine.hpp"
#include "property/zoo/zoo.hpp"
#include "record/words.hpp"
#include "strategy/registry.hpp"
#include "study/contract_trial.hpp"
#include "study/world.hpp"
#include "support/reading.hpp"
#include "support/strategy_name.hpp"

namespace gatesim {

namespace {

struct Looked {
    std::string problem;
    std::set<Why> seen;
    std::map<Why, std::uint64_t> instants;  ///< at which somebody waited for that
};

Looked look_at_every_instant(const Scenario& scenario, std::uint64_t seed) {
    Calendar calendar;
    Cast cast;
    Told told;
    World world(scenario, Luck(seed, 1), calendar, cast, {&told}, {});
    Looked looked;
    world.start();
    const auto look = [&] {
        world.instant_over();
        for (const Item* item : world.gate().remaining()) {
            const bool gated = scenario.pipelines[item->queue->pipeline].manager == Manager::dependent;
            if (item->trial || !item->live || item->detached || !gated || !looked.problem.empty()) continue;
            const auto known = told.reasons.find(item->id);
            const std::string what = known == told.reasons.end()
                                         ? "nothing was told"
                                         : problem_with(known->second, *item, read_gate(*item, told), world.gate());
            if (!what.empty())
                looked.problem = seconds_text(calendar.now()) + " s: " + change_name(cast, item->change) + " \"" +
                                 (known == told.reasons.end() ? "" : reason_text(known->second, cast)) + "\", but " +
                                 what;
            else
                ++looked.instants[known->second.why];
        }
    };
    make_heap_engine()->run(calendar, kNever, [&] {
        look();
        return !world.broken().empty() || !looked.problem.empty();
    });
    if (world.broken().empty()) look();
    looked.seen = told.seen;
    return looked;
}

class Standstill : public testing::TestWithParam<std::string> {};

TEST_P(Standstill, IsToldAsTheGateIs) {
    for (std::uint64_t number = 1; number <= 150; ++number) {
        const Trial trial{GetParam(), number * 7919, 25};
        SCOPED_TRACE(replay_line(trial));
        ASSERT_EQ(look_at_every_instant(scenario_of(trial), trial.number).problem, "");
    }
}

std::vector<std::string> strategies() {
    std::vector<std::string> names;
    for (const StrategyDescription& d : strategy_descriptions())
        if (d.name.rfind(zoo::kPrefix, 0) != 0 && problem_of({d.name, {}}).empty()) names.push_back(d.name);
    return names;
}

INSTANTIATE_TEST_SUITE_P(Registered, Standstill, testing::ValuesIn(strategies()),
                         [](const auto& which) { return name_of_test(which.param); });

TEST(Standstills, EveryReasonIsSeen) {
    std::set<Why> seen;
    for (const std::string& strategy : strategies())
        for (std::uint64_t number = 1; number <= 40; ++number)
            seen.merge(look_at_every_instant(scenario_of({strategy, number * 104729, 30}), number).seen);
    for (Why why = Why::testing; why <= Why::need_not_tested; why = static_cast<Why>(static_cast<int>(why) + 1))
        EXPECT_TRUE(seen.count(why)) << why_name(why);
    for (Why why : {Why::outside_window, Why::ahead_failed_waits, Why::need_failing, Why::in_group})
        EXPECT_TRUE(seen.count(why)) << why_name(why);
}

}  // namespace

}  // namespace gatesim
