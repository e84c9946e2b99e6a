// Why items do not move: what is told is what a second reading of the gate says, whatever the strategy, at every instant.
//
// The second reading looks at builds, requests and mergers of the states that an item is tested in, and follows the
// nodes by itself. It knows nothing of how the gate finds its reasons.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "kernel/engine.hpp"
#include "property/zoo/zoo.hpp"
#include "record/words.hpp"
#include "strategy/registry.hpp"
#include "study/contract_trial.hpp"
#include "study/world.hpp"
#include "support/strategy_name.hpp"

namespace gatesim {

namespace {

/// The last reason each item was told, and which requests have been given nodes.
class Told final : public Observer {
public:
    bool wants_waits() const override { return true; }

    void on(const Event& event) override {
        if (event.kind == EventKind::waits) {
            reasons[event.item] = event.reason;
            seen.insert(event.reason.why);
        }
        if (event.kind == EventKind::granted) granted.insert(event.request);
        if (event.kind == EventKind::launch_failed) granted.insert(event.request);
    }

    std::map<ItemId, Reason> reasons;
    std::set<RequestId> granted;
    std::set<Why> seen;
};

/// What the states that an item is tested in are at.
struct Reading {
    std::vector<const Item*> states;
    std::set<BuildId> running;
    std::set<JobId> booting, without_node;
    bool merging = false, open = false;  ///< `open`: some job of some state has no result
};

Reading read(const Item& item, const Told& told) {
    Reading reading;
    if (item.attempt.prepared) {
        reading.states.push_back(&item);
    } else {
        for (const Item* trial : item.queue->trials) {
            if (trial->probe || trial->refuted) continue;
            const auto members = trial->vouched();
            if (std::find(members.begin(), members.end(), item.id) != members.end()) reading.states.push_back(trial);
        }
    }
    for (const Item* state : reading.states) {
        const Attempt& attempt = state->attempt;
        reading.merging |= attempt.merge == MergeState::pending || attempt.merge == MergeState::none;
        bool open = !attempt.graph && attempt.merge != MergeState::conflict && !attempt.config_error;
        for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
            const JobSlot& slot = attempt.slots[i];
            if (slot.result != Result::none || slot.stopped) continue;
            open = true;
            const JobId job = attempt.graph->jobs[i]->id;
            if (slot.built)
                reading.running.insert(slot.build);
            else if (slot.request != kNone)
                (told.granted.count(slot.request) ? reading.booting : reading.without_node).insert(job);
        }
        reading.open |= open;
    }
    return reading;
}

/// Empty if the reason fits; else what is wrong with it.
std::string problem_with(const Reason& said, const Item& item, const Reading& reading, const Gate& gate) {
    const Why why = said.why;
    if (why == Why::need_failing) return gate.failing_need(item) ? "" : "nothing it needs is failing";
    if (!reading.running.empty())
        return why == Why::testing && reading.running.count(said.build) ? "" : "one of its builds runs";
    if (!reading.booting.empty()) return why == Why::booting && reading.booting.count(said.job) ? "" : "its nodes boot";
    if (!reading.without_node.empty())
        return why == Why::no_node && reading.without_node.count(said.job) ? "" : "it waits for nodes";
    if (reading.merging) return why == Why::merging ? "" : "it is being merged";
    static const std::set<Why> of_untested = {Why::outside_window, Why::not_its_turn,       Why::gathers,
                                              Why::next_look,      Why::in_search,          Why::need_not_tested,
                                              Why::tree_closed,    Why::ahead_failed_waits, Why::ahead_undecided,
                                              Why::verdict_waits};
    if (reading.states.empty()) return of_untested.count(why) ? "" : "nothing of it is under test";
    if (why == Why::semaphore || why == Why::held_by_job) return reading.open ? "" : "its tests are over";
    static const std::set<Why> of_tested = {Why::ahead_undecided, Why::failed_waits, Why::verdict_waits,
                                            Why::gathers,         Why::next_look,    Why::in_search};
    if (!of_tested.count(why)) return "its tests are over";
    if (why != Why::ahead_undecided && why != Why::failed_waits) return "";
    const Item* ahead = gate.find(*item.queue, said.change);
    return ahead && ahead != &item ? "" : "who it waits for is not there";
}

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
                                         : problem_with(known->second, *item, read(*item, told), world.gate());
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
    for (Why why : {Why::outside_window, Why::ahead_failed_waits, Why::need_failing})
        EXPECT_TRUE(seen.count(why)) << why_name(why);
}

}  // namespace

}  // namespace gatesim
