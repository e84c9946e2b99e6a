// The warm-up of a study is found with other luck than the study is measured with.
#include <gtest/gtest.h>

#include "measure/mser.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/grid.hpp"

namespace gatesim {
namespace {

TEST(Warmup, IsFoundInReplicationsThatAreNotMeasured) {
    LoadOptions load;
    load.strategies = strategy_descriptions();
    const Loaded loaded = load_scenario(std::string(GATESIM_SOURCE) + "/tests/bench/coverage/steady.json", load);
    ASSERT_TRUE(loaded.scenario);
    GridOptions options;
    options.engine = "heap";
    options.jobs = 2;
    options.looks = {4};
    Journal journal;
    const GridResult grid = run_grid({{"one", *loaded.scenario}}, options, journal, [](const auto&) { return true; });
    ASSERT_EQ(grid.problem.text, "");
    ASSERT_GT(grid.warmup.length, 0);
    std::size_t pilots = 0, measured = 0;
    for (const auto& [key, record] : journal.records()) {
        const bool pilot = !record.series.empty();
        (pilot ? pilots : measured) += 1;
        EXPECT_EQ(record.number >= kFirstWarmupRun, pilot) << record.number;
        EXPECT_EQ(key.warmup, pilot ? 0 : grid.warmup.length);
    }
    EXPECT_EQ(pilots, 4u);
    EXPECT_EQ(measured, 4u);
}

}  // namespace
}  // namespace gatesim
