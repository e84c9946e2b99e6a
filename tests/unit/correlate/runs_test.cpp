// Whose a failure is.
#include "correlate/runs.hpp"

#include <gtest/gtest.h>

#include "unit/correlate/world.hpp"

namespace gatesim::correlate {
namespace {

TEST(Runs, WhatComesAgainOnItsPatchSetIsTheAuthors) {
    SmallWorld world;
    const auto first = world.add("c1", true, "");
    for (int i = 0; i < 10; ++i) world.add(fmt::format("d{}", i), false, "");
    world.add("c1", true, "");
    const auto flake = world.add("c2", true, "");
    world.add("c2", false, "");
    const Runs runs(world.logs.builds);
    EXPECT_TRUE(runs.own()[first]);
    EXPECT_FALSE(runs.own()[flake]);
    EXPECT_EQ(runs.own_count(), 2u);
    EXPECT_DOUBLE_EQ(runs.rerun_share(), 1);
}

TEST(Runs, WhatHitsEverybodyAroundIsNobodys) {
    SmallWorld world;
    for (int i = 0; i < 12; ++i) world.add(fmt::format("d{}", i), true, "");
    world.add("d3", true, "");
    const Runs runs(world.logs.builds);
    EXPECT_EQ(runs.own_count(), 0u);
}

TEST(Runs, TwoChangesAreBadTogether) {
    SmallWorld world;
    std::vector<std::uint32_t> failed;
    for (int i = 0; i < 4; ++i) {
        world.add("c1", false, "");
        failed.push_back(world.add("c1", true, "", "", "c2"));
        world.add("c2", false, "");
        failed.push_back(world.add("c2", true, "", "", "c1 c9"));
        world.add(fmt::format("d{}", i), false, "", "", "c1");
    }
    Hits hits(world.logs.builds.all.size(), false);
    for (const auto b : failed) hits[b] = true;
    const Runs runs(world.logs.builds);
    const Together found = together(runs, failed, hits);
    EXPECT_EQ(world.logs.builds.changes[found.first], "c1");
    EXPECT_EQ(world.logs.builds.changes[found.second], "c2");
    EXPECT_LT(found.log_p_either, -6);
}

}  // namespace
}  // namespace gatesim::correlate
