// From logs to fingerprints: what gets one and what does not.
#include "correlate/causes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "unit/correlate/world.hpp"

namespace gatesim::correlate {
namespace {

constexpr const char* kMarker = "the build is red\n";

/// Passed runs, and failures of two races; each is run again and passes. Both show one symptom.
void add_races(SmallWorld& world, const std::string& symptom) {
    for (int i = 0; i < 300; ++i) {
        const std::string change = fmt::format("c{}", i);
        std::string cause;
        if (i % 15 == 4) cause = fmt::format("lock of volume {} timed out\n", i);
        if (i % 20 == 7) cause = fmt::format("socket {} was closed by its peer\n", i);
        if (!cause.empty()) world.add(change, true, world.noise() + cause + symptom + kMarker);
        world.add(change, false, world.noise());
    }
}

TEST(Causes, AreFoundApartAndNotTheirSymptom) {
    SmallWorld world;
    add_races(world, "waiting for a server gave up\n");
    const auto got = world.answer();
    ASSERT_EQ(got.fingerprints.size(), 2u);
    std::set<std::string> patterns;
    for (const Fingerprint& f : got.fingerprints) patterns.insert(f.all_of[0]);
    EXPECT_EQ(patterns, (std::set<std::string>{"lock of volume \\S+ timed out", "socket \\S+ was closed by its peer"}));
    for (const Measured& m : got.measured) EXPECT_EQ(m.passed.size(), 0u);
    EXPECT_GT(got.found.shared, 0u);
}

TEST(Causes, AreNotWhatAuthorsDo) {
    SmallWorld world;
    for (int i = 0; i < 300; ++i) {
        const std::string change = fmt::format("c{}", i);
        if (i % 10 == 3) {  // twice on a patch set, then mended
            for (int k = 0; k < 2; ++k)
                world.add(change, true, world.noise() + fmt::format("AssertionError: {} != 7\n", i) + kMarker);
            world.add(change, false, world.noise(), "", "", "2");
        } else {
            world.add(change, false, world.noise());
        }
    }
    EXPECT_TRUE(world.answer().fingerprints.empty());
}

TEST(Causes, AreNotWhatOneChangeShows) {
    SmallWorld world;
    for (int i = 0; i < 200; ++i) {
        world.add(fmt::format("c{}", i), false, world.noise());
        if (i % 10 == 0) world.add("bad", true, world.noise() + "table frob is missing\n", "", fmt::format("c{}", i));
    }
    EXPECT_TRUE(world.answer().fingerprints.empty());
}

TEST(Causes, AreNotWhatFollowsABadChangeThroughTheQueue) {
    SmallWorld world;
    for (int i = 0; i < 200; ++i) {
        const bool behind = i >= 50 && i < 62;
        if (i == 50)
            for (int k = 0; k < 3; ++k) world.add("bad", true, world.noise() + "table frob is missing\n");
        world.add(fmt::format("c{}", i), behind, world.noise() + (behind ? "table frob is missing\n" : ""), "",
                  behind ? "bad" : "");
        if (behind) world.add(fmt::format("c{}", i), false, world.noise());
    }
    EXPECT_TRUE(world.answer().fingerprints.empty());
}

TEST(Causes, MayBeTwoChangesThatAreBadTogether) {
    SmallWorld world;
    for (int i = 0; i < 200; ++i) world.add(fmt::format("c{}", i), false, world.noise());
    for (int i = 0; i < 6; ++i) {
        world.add("x1", false, world.noise());
        world.add("x2", false, world.noise());
        world.add("x1", true, world.noise() + "schema 7 does not match\n", "", "x2");
        world.add("x2", true, world.noise() + "schema 7 does not match\n", "", "x1");
    }
    const auto got = world.answer();
    ASSERT_EQ(got.fingerprints.size(), 1u);
    EXPECT_EQ(got.fingerprints[0].factor.name, "tested_with");
    EXPECT_EQ(got.fingerprints[0].factor.value, "x1 and x2");
}

TEST(Causes, AreNotLoudLinesOfGoodRuns) {
    SmallWorld world;
    for (int i = 0; i < 400; ++i) {
        const bool failed = i % 9 == 0;
        const bool loud = i % 3 == 0;
        world.add(fmt::format("c{}", i), failed,
                  world.noise() + (loud ? "ERROR cache is stale\n" : "") + fmt::format("token {} of {}\n", i, i % 5));
    }
    EXPECT_TRUE(world.answer().fingerprints.empty());
}

TEST(Causes, NeedAFilterWhereTheLineAloneIsInnocent) {
    SmallWorld world;
    for (int i = 0; i < 600; ++i) {
        const std::string region = fmt::format("r{}", i % 4);
        const bool slow = i % 6 == 1 || i % 6 == 3;
        const bool failed = slow && i % 4 == 3;
        world.add(fmt::format("c{}", i), failed, world.noise() + (slow ? "disk of 7 is slow today\n" : ""), region);
        if (failed) world.add(fmt::format("c{}", i), false, world.noise(), "r0");
    }
    const auto got = world.answer();
    ASSERT_EQ(got.fingerprints.size(), 1u);
    ASSERT_EQ(got.fingerprints[0].where.size(), 1u);
    EXPECT_EQ(got.fingerprints[0].where[0].second, (std::vector<std::string>{"r3"}));
    EXPECT_EQ(got.measured[0].passed.size(), 0u);
}

}  // namespace
}  // namespace gatesim::correlate
