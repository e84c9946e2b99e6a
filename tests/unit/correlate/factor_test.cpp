// What a cause depends on.
#include "correlate/factor.hpp"

#include <gtest/gtest.h>

#include <random>

#include "unit/correlate/world.hpp"

namespace gatesim::correlate {
namespace {

/// 1,200 runs in two days, of four regions; those that `is` says are hit.
template <class Is>
Factor factor_of(const Is& is) {
    Builds builds;
    std::vector<std::uint32_t> failed;
    for (std::uint32_t i = 0; i < 1200; ++i) {
        const std::string region = fmt::format("r{}", i * 7 % 4), base = fmt::format("s{}", i / 50);
        const bool hit = is(i);
        builds.add({"build", "job", "result", "region", "provider", "node", "change", "base", "start", "end"},
                   {std::to_string(i), "full", hit ? "FAILURE" : "SUCCESS", region, i * 7 % 4 < 2 ? "p1" : "p2",
                    fmt::format("n{}", i * 13 % 40), std::to_string(i), base, std::to_string(144 * i),
                    std::to_string(144 * i + 600)});
        if (hit) failed.push_back(i);
    }
    Hits hits(1200, false);
    for (const auto b : failed) hits[b] = true;
    const Runs runs(builds);
    return find_factor(runs, failed, hits);
}

TEST(Factor, IsARegion) {
    const Factor got = factor_of([](std::uint32_t i) { return i * 7 % 4 == 2 && i % 20 == 6; });
    EXPECT_EQ(got.name, "region");
    EXPECT_EQ(got.value, "r2");
}

TEST(Factor, IsAProviderWhereBothItsRegionsAreHit) {
    EXPECT_EQ(factor_of([](std::uint32_t i) { return i * 7 % 4 < 2 && i % 19 == 3; }).name, "provider");
}

TEST(Factor, IsANode) {
    EXPECT_EQ(factor_of([](std::uint32_t i) { return i * 13 % 40 == 9 && i % 3 != 0; }).name, "node");
}

TEST(Factor, IsAShortTime) {
    EXPECT_EQ(factor_of([](std::uint32_t i) { return i >= 530 && i < 565 && i % 3 != 0; }).name, "time");
}

TEST(Factor, IsABaseFromWhichOnItFails) {
    const Factor got = factor_of([](std::uint32_t i) { return i >= 700 && i % 5 == 0; });
    EXPECT_EQ(got.name, "base");
    EXPECT_EQ(got.value, "from s14 on");
}

TEST(Factor, IsAnHourOfTheDay) {
    const Factor got = factor_of([](std::uint32_t i) { return 144 * i / 3600 % 24 == 3 && i % 2 == 0; });
    EXPECT_EQ(got.name, "hour");
    EXPECT_EQ(got.value, "03:00 to 04:00");
}

TEST(Factor, IsNoneWhereHitsAreEverywhere) {
    std::mt19937 random(3);
    EXPECT_EQ(factor_of([&](std::uint32_t) { return random() % 40 == 0; }).name, "");
}

}  // namespace
}  // namespace gatesim::correlate
