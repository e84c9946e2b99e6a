// A speculation tree over a thousand pending changes has 2^1000 paths and must stay small: what it keeps grows with
// what is pending and what is built, never with what has been decided.
#include <gtest/gtest.h>
#include <malloc.h>

#include <string>

#include "kernel/engine.hpp"
#include "kernel/sanitized.hpp"
#include "load/source.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/world.hpp"
#include "support/strategy_name.hpp"

namespace gatesim {
namespace {

constexpr std::size_t kPending = 1000;
constexpr std::size_t kSpell = 1000;  ///< changes that leave between two looks

Scenario monorepo(const std::string& strategy) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = {"/strategy=" + strategy};
    const Loaded loaded = load_scenario_text(R"({
        "format": 1,
        "period": {"kind": "terminating", "length": "1000d"},
        "load": {"arrivals": {"rate": "1/h"}, "footprint": {"targets": 5000, "size": {"p50": 2, "p95": 20}}},
        "strategy": {"name": "zuul"},
        "jobs": {"build": {"duration": {"dist": "lognormal", "mean": "30m", "cv": 0.6}}},
        "pools": {"workers": {"nodes": 100, "single_use": false}},
        "failures": {"defect": "10%", "overlap": {"semantic": "1%"}},
        "signals": {"passes": {"accuracy": "90%"}, "conflicts": {"accuracy": "97%"}}
    })",
                                             "monorepo", ".", options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    return *loaded.scenario;
}

/// As many changes as leave come, so that the queue is as long as it was.
class KeptFull final : public Source {
public:
    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        for (std::size_t i = 0; i < kPending; ++i) come(0);
        return {};
    }
    void hear(const Event& event) override {
        if (event.kind == EventKind::reported) come(event.at + kSecond);
    }

private:
    void come(Time when) {
        calendar_->at(
            when, Priority::deliver, [](void* self, std::uint64_t) { static_cast<KeptFull*>(self)->arrive(); }, this);
    }
    void arrive() {
        Change change;
        change.name = "c" + std::to_string(++number_);
        door_->enqueue(door_->introduce(std::move(change)), 0, Why::arrived);
    }

    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    std::uint64_t number_ = 0;
};

/// MiB in use once `kSpell` changes have left, and how many more once four times as many have.
struct Memory {
    double at_first = 0, growth = 0;
    std::size_t pending = 0;
};

Memory memory_of(const std::string& strategy) {
    const Scenario scenario = monorepo(strategy);
    const auto in_use = [] { return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd) / (1024 * 1024); };
    const double before = in_use();
    Calendar calendar;
    Cast cast;
    World world(scenario, Luck(1, 1), calendar, cast, {}, {});
    world.load_from(std::make_unique<KeptFull>());
    world.start();
    const auto engine = make_heap_engine();
    const auto until_left = [&](std::size_t left) {
        engine->run(calendar, kNever, [&] { return world.gate().items_left() >= left || !world.broken().empty(); });
        return in_use() - before;
    };
    Memory memory;
    memory.at_first = until_left(kSpell);
    memory.growth = until_left(4 * kSpell) - memory.at_first;
    memory.pending = world.gate().items_in_flight();
    EXPECT_EQ(world.broken(), "");
    return memory;
}

class Pending : public testing::TestWithParam<const char*> {};

TEST_P(Pending, a_thousand_changes_take_no_more_memory_the_longer_it_goes_on) {
    if (kSanitized) GTEST_SKIP() << "the sanitizer's memory is not the program's";
    const Memory memory = memory_of(GetParam());
    EXPECT_GT(memory.pending, kPending * 9 / 10);
    EXPECT_GT(memory.at_first, 4);
    EXPECT_LT(memory.at_first, 24);
    // Serial grows by half a kibibyte a change, for what the world knows of it for ever, and vectors double.
    EXPECT_LT(memory.growth * 1024, 2.0 * 3 * kSpell);
}

INSTANTIATE_TEST_SUITE_P(Trees, Pending,
                         testing::Values("submitqueue", "submitqueue-paper", "submitqueue-blrd", "speculate-all",
                                         "optimistic", "oracle", "single-queue"),
                         [](const auto& info) { return name_of_test(info.param); });

}  // namespace
}  // namespace gatesim
