#include "chance/draw.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

namespace gatesim {
namespace {

// Fixed for ever: a change here changes the luck of every scenario that anybody has published.
TEST(Luck, GoldenDraws) {
    const Luck luck(1, 1);
    EXPECT_EQ(luck.uniform(Purpose::defect, 0), 0x1.dff2c00f4ab5bp-1);
    EXPECT_EQ(luck.uniform(Purpose::duration, 17, 3), 0x1.0e9e660344149p-1);
    EXPECT_EQ(Luck(1, 2).uniform(Purpose::duration, 17, 3), 0x1.6b202dd7db33fp-1);
    EXPECT_EQ(Luck(0xffffffffffffffff, 20).uniform(Purpose::flake, 1ULL << 63, 1ULL << 40), 0x1.7ab0aa5d6e2f6p-2);
    EXPECT_EQ(pair_key(3, 70000), 12884971888ULL);
    EXPECT_EQ(join_key(1, 2), 13608149317741381227ULL);
}

TEST(Luck, SameNameSameDraw) {
    const Luck luck(42, 7);
    const double first = luck.uniform(Purpose::boot, 5, 1);
    luck.uniform(Purpose::boot, 6, 1);
    EXPECT_EQ(luck.uniform(Purpose::boot, 5, 1), first);
    EXPECT_EQ(Luck(42, 7).uniform(Purpose::boot, 5, 1), first);
}

TEST(Luck, EveryPartOfTheNameMatters) {
    std::set<double> seen;
    int names = 0;
    for (std::uint64_t seed : {1ULL, 2ULL, 1ULL << 32}) {
        for (std::uint32_t replication : {1U, 2U}) {
            for (Purpose purpose : {Purpose::defect, Purpose::flake}) {
                for (std::uint64_t entity : {0ULL, 1ULL, 2ULL, 1ULL << 32}) {
                    for (std::uint64_t attempt : {0ULL, 1ULL, 2ULL, 1ULL << 32}) {
                        seen.insert(Luck(seed, replication).uniform(purpose, entity, attempt));
                        ++names;
                    }
                }
            }
        }
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(names));
}

// Chi-square over 100 cells; 99 degrees of freedom: mean 99, standard deviation 14.1.
template <typename Draw>
double chi_square(Draw draw) {
    constexpr int kCells = 100, kDraws = 100'000;
    std::array<int, kCells> count{};
    for (int i = 0; i < kDraws; ++i) {
        const double u = draw(static_cast<std::uint64_t>(i));
        EXPECT_GT(u, 0);
        EXPECT_LT(u, 1);
        ++count[static_cast<std::size_t>(u * kCells)];
    }
    double sum = 0;
    for (const int c : count) sum += std::pow(c - kDraws / kCells, 2) / (kDraws / kCells);
    return sum;
}

TEST(Luck, UniformAlongEveryAxisOfTheName) {
    const Luck luck(1, 1);
    const auto plausible = [](double x) { return x > 55 && x < 160; };
    EXPECT_PRED1(plausible, chi_square([&](auto i) { return luck.uniform(Purpose::defect, i); }));
    EXPECT_PRED1(plausible, chi_square([&](auto i) { return luck.uniform(Purpose::defect, 3, i); }));
    EXPECT_PRED1(plausible, chi_square([&](auto i) { return luck.uniform(Purpose::defect, i << 32, i % 7); }));
    EXPECT_PRED1(plausible, chi_square([&](auto i) { return Luck(i, 1).uniform(Purpose::defect, 3); }));
    EXPECT_PRED1(plausible, chi_square([&](auto i) {
                     return Luck(1, static_cast<std::uint32_t>(i)).uniform(Purpose::defect, 3);
                 }));
}

TEST(Luck, NeighbouringNamesAreUncorrelated) {
    const Luck luck(1, 1);
    constexpr int kDraws = 100'000;
    const auto correlation = [&](auto x, auto y) {
        double sum = 0;
        for (int i = 0; i < kDraws; ++i) {
            const auto k = static_cast<std::uint64_t>(i);
            sum += (x(k) - 0.5) * (y(k) - 0.5);
        }
        return 12 * sum / kDraws;  // standard error 1 / sqrt(kDraws) = 0.0032
    };
    const auto base = [&](std::uint64_t k) { return luck.uniform(Purpose::flake, k); };
    EXPECT_NEAR(correlation(base, [&](auto k) { return luck.uniform(Purpose::flake, k + 1); }), 0, 0.015);
    EXPECT_NEAR(correlation(base, [&](auto k) { return luck.uniform(Purpose::flake, k, 1); }), 0, 0.015);
    EXPECT_NEAR(correlation(base, [&](auto k) { return luck.uniform(Purpose::no_result, k); }), 0, 0.015);
    EXPECT_NEAR(correlation(base, [&](auto k) { return Luck(1, 2).uniform(Purpose::flake, k); }), 0, 0.015);
    EXPECT_NEAR(correlation(base, [&](auto k) { return Luck(2, 1).uniform(Purpose::flake, k); }), 0, 0.015);
}

TEST(Luck, ChanceHoldsItsProbability) {
    const Luck luck(1, 1);
    int hits = 0;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        EXPECT_FALSE(luck.chance(0, Purpose::flake, i));
        EXPECT_TRUE(luck.chance(1, Purpose::flake, i));
        hits += luck.chance(0.02, Purpose::flake, i);
    }
    EXPECT_NEAR(hits, 2000, 5 * 45);
    EXPECT_FALSE(luck.chance(std::nan(""), Purpose::flake, 1));
}

TEST(Keys, PairsAreUnorderedAndDistinct) {
    std::set<std::uint64_t> seen;
    for (std::uint32_t a = 0; a < 60; ++a) {
        for (std::uint32_t b = 0; b <= a; ++b) {
            EXPECT_EQ(pair_key(a, b), pair_key(b, a));
            seen.insert(pair_key(a, b));
        }
    }
    EXPECT_EQ(seen.size(), 60u * 61 / 2);
}

TEST(Keys, JoinsAreOrderedAndDistinct) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t a = 0; a < 300; ++a) {
        for (std::uint64_t b = 0; b < 300; ++b) seen.insert(join_key(a, b));
    }
    EXPECT_EQ(seen.size(), 90'000u);
}

}  // namespace
}  // namespace gatesim
