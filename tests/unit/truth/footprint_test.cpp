// Footprints and the conflicts that come from their overlap.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <set>

#include "load/footprints.hpp"
#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

Footprint touching(std::vector<std::uint32_t> targets) {
    return {std::move(targets), false, true};
}

TEST(Footprint, SharedTargetsAreCounted) {
    const Footprint a = touching({1, 3, 5}), b = touching({2, 3, 5, 9}), none = touching({}), other = touching({4});
    EXPECT_EQ(shared_targets(a, b), 2u);
    EXPECT_EQ(shared_targets(a, other), 0u);
    EXPECT_TRUE(may_conflict(a, b));
    EXPECT_FALSE(may_conflict(a, other));
    EXPECT_FALSE(may_conflict(a, none));
    Footprint everything = touching({7});
    everything.everything = true;
    EXPECT_EQ(shared_targets(everything, b), 4u);
    EXPECT_EQ(shared_targets(b, everything), 4u);
    EXPECT_EQ(shared_targets(everything, everything), 1u);
    EXPECT_TRUE(may_conflict(everything, a));
    EXPECT_FALSE(may_conflict(everything, none));
    EXPECT_TRUE(may_conflict(a, Footprint{}));  // nobody knows
    EXPECT_EQ(shared_targets(a, Footprint{}), 0u);
}

TEST(Footprints, AreDrawnAsStatedAndByKey) {
    Scenario scenario;
    scenario.load.footprint = FootprintRule{20'000, Distribution::lognormal_p50_p95(4, 60), 1.0, 0.079};
    Footprints first(scenario, Luck(1, 1)), again(scenario, Luck(1, 1)), elsewhere(scenario, Luck(2, 1));
    constexpr int kChanges = 4000;
    int large = 0, small = 0, huge = 0, hot = 0, same = 0;
    for (ChangeId id = 0; id < kChanges; ++id) {
        const Footprint f = first.of(Change{}, id);
        ASSERT_TRUE(f.known);
        ASSERT_TRUE(std::is_sorted(f.targets.begin(), f.targets.end()));
        ASSERT_EQ(std::set<std::uint32_t>(f.targets.begin(), f.targets.end()).size(), f.targets.size());
        ASSERT_LT(f.targets.back(), 20'000u);
        large += f.everything;
        small += f.targets.size() <= 4;
        huge += f.targets.size() > 60;
        hot += f.targets.front() == 0;
        same += f == elsewhere.of(Change{}, id);
    }
    EXPECT_NEAR(large, 0.079 * kChanges, 5 * std::sqrt(0.079 * kChanges));
    EXPECT_NEAR(small, 0.54 * kChanges, 200);  // rounded: up to 4.5
    EXPECT_NEAR(huge, 0.05 * kChanges, 5 * std::sqrt(0.05 * kChanges));
    EXPECT_GT(hot, kChanges / 4);  // one target of 20,000
    EXPECT_LT(same, kChanges / 20);
    EXPECT_EQ(first.of(Change{}, 17), again.of(Change{}, 17));  // whatever was asked before
}

TEST(Footprints, WhatAChangeSaysComesFirst) {
    Scenario scenario;
    scenario.load.listed.emplace().changes.resize(3);
    scenario.load.listed->changes[0].touches = {"b", "a", "b"};
    scenario.load.listed->changes[2].touches.emplace();  // says that it touches nothing
    Footprints footprints(scenario, Luck(1, 1));
    const auto of = [&](std::uint32_t listed, std::vector<std::string> files) {
        Change change;
        change.listed = listed;
        change.files_known = true;
        change.files = std::move(files);
        return footprints.of(change, listed);
    };
    const Footprint by_name = of(0, {"x"}), by_file = of(1, {"a", "z"}), nothing = of(2, {"a"}), unknown = of(1, {});
    EXPECT_EQ(by_name.targets.size(), 2u);
    EXPECT_EQ(shared_targets(by_name, by_file), 1u);
    EXPECT_TRUE(nothing.known);
    EXPECT_TRUE(nothing.targets.empty());
    EXPECT_FALSE(unknown.known);
}

TEST(Overlap, EachSharedTargetCounts) {
    const auto rate = [](std::size_t shared, double any, bool textual) {
        Stage s;
        (textual ? s.scenario.failures.textual_conflict : s.scenario.failures.semantic_conflict) = any;
        (textual ? s.scenario.failures.textual_overlap : s.scenario.failures.semantic_overlap) = 0.1;
        int clashes = 0;
        constexpr int kPairs = 4000;
        for (int i = 0; i < kPairs; ++i) {
            std::vector<std::uint32_t> targets(shared);
            for (std::size_t t = 0; t < shared; ++t) targets[t] = static_cast<std::uint32_t>(t);
            const ChangeId a = s.enter("a", 0, touching(targets));
            targets.push_back(1000 + static_cast<std::uint32_t>(i));
            const ChangeId b = s.enter("b", 0, touching(targets));
            const BuildState state = s.on({a, b});
            clashes += textual ? !s.truth().merges(state) : s.truth().flaw(state) == Cause::semantic_conflict;
        }
        return static_cast<double>(clashes) / kPairs;
    };
    for (const bool textual : {false, true}) {
        EXPECT_EQ(rate(0, 0, textual), 0);
        EXPECT_NEAR(rate(1, 0, textual), 0.1, 0.025);
        EXPECT_NEAR(rate(3, 0, textual), 1 - std::pow(0.9, 3), 0.035);
        EXPECT_NEAR(rate(2, 0.2, textual), 1 - 0.8 * std::pow(0.9, 2), 0.04);
    }
}

TEST(Overlap, LeavesTheLuckOfOtherPairsAlone) {
    Stage plain, touched;
    plain.scenario.failures.semantic_conflict = touched.scenario.failures.semantic_conflict = 0.3;
    touched.scenario.failures.semantic_overlap = 0.5;
    for (int i = 0; i < 200; ++i) {
        const ChangeId a = plain.enter("a"), b = plain.enter("b");
        touched.enter("a", 0, touching({static_cast<std::uint32_t>(2 * i)}));
        touched.enter("b", 0, touching({static_cast<std::uint32_t>(2 * i + 1)}));
        ASSERT_EQ(plain.truth().flaw(plain.on({a, b})), touched.truth().flaw(touched.on({a, b})));
    }
}

// Uber's Figure 1 (Keeping Master Green at Scale, EuroSys 2019): among changes that could conflict with each other, 5 %
// really do at two, 40 % at sixteen. One chance for every pair cannot give both (it makes 5 % and 54 %): a pair of
// small changes shares one target, one with a large change many.
TEST(Overlap, FitsTheConflictsOfALargeMonorepo) {
    Stage s;
    s.scenario.failures.semantic_overlap = 0.0135;  // these numbers are those of scenarios/monorepo-2019
    s.scenario.load.footprint = FootprintRule{20'000, Distribution::lognormal_p50_p95(2, 60), 0.5, 0.03};
    Footprints footprints(s.scenario, s.luck);
    constexpr ChangeId kChanges = 1000;
    for (ChangeId id = 0; id < kChanges; ++id) {
        s.enter("c", 0, footprints.of(Change{}, id));
    }
    // For each change, in groups of up to 15 of those it could conflict with: does it conflict with the first 1, 3, 7,
    // 15?
    double overlapping = 0, changes = 0;
    std::vector<double> share(4);
    for (ChangeId a = 0; a < kChanges; ++a) {
        std::vector<bool> conflict;
        for (ChangeId b = 0; b < kChanges; ++b) {
            if (a == b || !may_conflict(s.cast.changes[a].footprint, s.cast.changes[b].footprint)) continue;
            conflict.push_back(s.truth().flaw(s.on({a, b})) == Cause::semantic_conflict);
        }
        overlapping += static_cast<double>(conflict.size());
        const std::size_t groups = conflict.size() / 15;
        changes += groups > 0;
        for (std::size_t g = 0; g < groups; ++g) {
            for (std::size_t n = 0; n < 4; ++n) {
                const auto from = conflict.begin() + static_cast<std::ptrdiff_t>(15 * g);
                const auto to = from + (std::ptrdiff_t{2} << n) - 1;
                share[n] += (std::find(from, to, true) != to) / static_cast<double>(groups);
            }
        }
    }
    std::printf("changes at once that share targets   2      4      8      16\n  real conflict                 ");
    for (const double sum : share) std::printf("%5.1f%% ", 100 * sum / changes);
    std::printf("\n  published                      5%%                   40%%\n");
    std::printf("  one chance for every pair      5%%   14.3%%  30.2%%  53.7%%\n");
    std::printf("pairs that share a target: %.1f%%\n", 100 * overlapping / (kChanges * (kChanges - 1.0)));
    EXPECT_NEAR(share[0] / changes, 0.05, 0.01);
    EXPECT_NEAR(share[3] / changes, 0.40, 0.04);
}

}  // namespace
}  // namespace gatesim
