// What fingerprints hit, what proves them fixed, what classes say, and what was recorded.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "correlate/baselines.hpp"
#include "correlate/classes.hpp"
#include "correlate/hits.hpp"
#include "unit/correlate/world.hpp"

namespace gatesim::correlate {
namespace {

TEST(Measure, AllPatternsHaveToBeThereAndTheFilterToFit) {
    SmallWorld world;
    world.add("c1", true, "lock lost\nretry 3 failed\n", "r1");
    world.add("c2", true, "retry 3 failed\n", "r1");
    world.add("c3", false, "retry 9 failed\nlock lost\n", "r2");
    Fingerprint both{.id = "a", .all_of = {"lock lost", "retry \\d+ failed"}, .layer = "", .where = {}, .factor = {}};
    Fingerprint narrow = both;
    narrow.where = {{Attribute::region, {"r1"}}};
    Fingerprint either{.id = "e", .all_of = {"(lock|key) lo.t$"}, .layer = "", .where = {}, .factor = {}};
    std::string problem;
    const auto got = measure(world.logs, {}, {both, narrow, either}, problem);
    EXPECT_EQ(problem, "");
    EXPECT_EQ(got[0].failed, (std::vector<std::uint32_t>{0}));
    EXPECT_EQ(got[0].passed, (std::vector<std::uint32_t>{2}));
    EXPECT_EQ(got[1].passed.size(), 0u);
    EXPECT_EQ(got[2].failed.size() + got[2].passed.size(), 2u);
    EXPECT_DOUBLE_EQ(got[0].precision(), 0.5);
}

TEST(Measure, SaysWhichPatternIsNone) {
    SmallWorld world;
    world.add("c1", true, "x\n");
    std::string problem;
    measure(world.logs, {}, {{.id = "mine", .all_of = {"(open"}, .layer = "", .where = {}, .factor = {}}}, problem);
    EXPECT_NE(problem.find("mine: \"(open\" is no pattern of RE2"), std::string::npos) << problem;
}

TEST(Measure, ProofCountsRunsAtRisk) {
    SmallWorld world;
    for (int i = 0; i < 1000; ++i) world.add(fmt::format("c{}", i), i % 100 == 0, "");
    std::vector<std::uint32_t> failed;
    for (std::uint32_t i = 0; i < 1000; i += 100) failed.push_back(i);
    const Proof got = prove(Runs(world.logs.builds), failed, {});
    EXPECT_EQ(got.at_risk, 1000u);
    EXPECT_DOUBLE_EQ(got.rate, 0.01);
    EXPECT_EQ(got.clean_runs, 299u);
    EXPECT_NEAR(got.hours, 1.0 / 6, 1e-9);
}

TEST(Classes, AreToldApartByWhatLooksAlike) {
    TextLogs logs;
    logs.builds.extra_columns = {"flaky"};
    for (int i = 0; i < 20; ++i) {
        Build build;
        build.id = std::to_string(i);
        build.has_log = true;
        build.result = Result::failed;
        build.extra = {i % 2 == 0 ? "yes" : "no"};
        logs.builds.all.push_back(build);
        logs.texts.push_back(i % 2 == 0 ? fmt::format("pull of image {} failed\nstep {}\n", i, i)
                                        : fmt::format("cannot compile unit {}\nstep {}\n", i, i));
    }
    Classes got;
    EXPECT_EQ(tell_apart(logs, "flaky", got), "");
    EXPECT_EQ(got.names, (std::vector<std::string>{"no", "yes"}));
    EXPECT_EQ(got.table[0][0] + got.table[1][1], 20u);
    EXPECT_NE(tell_apart(logs, "other", got).find("there is no column \"other\""), std::string::npos);
}

TEST(Hits, ThatWereRecordedHaveTheirPrecision) {
    const auto path = std::filesystem::path(testing::TempDir()) / "correlate-hits.csv";
    std::ofstream(path) << "bug,build,status\n1,a,FAILURE\n1,a,FAILURE\n1,b,SUCCESS\n1,c,UNSTABLE\n2,d,FAILURE\n";
    std::vector<RecordedHits> got;
    EXPECT_EQ(recorded_hits(path.string(), "bug", got), "");
    ASSERT_EQ(got.size(), 2u);
    EXPECT_DOUBLE_EQ(got[0].precision(), 0.5);
    EXPECT_EQ(got[0].failed_builds, 1u);
    EXPECT_DOUBLE_EQ(got[1].precision(), 1);
    EXPECT_NE(recorded_hits(path.string(), "cause", got).find("has no column \"cause\""), std::string::npos);
    std::filesystem::remove(path);
}

TEST(Baselines, TakeTheLoudestLine) {
    std::vector<Feature> features(2);
    features[0] = {"ERROR cache is stale", 0, false, {1, 2, 3}, {4, 5, 6}, false, 0};
    features[1] = {"lock lost", 0, false, {1, 2, 3}, {}, false, 1};
    const auto got = baselines(features, {""}, 5);
    ASSERT_EQ(got.size(), 2u);
    EXPECT_EQ(got[0].fingerprints[0].all_of[0], "ERROR cache is stale");
    EXPECT_EQ(got[1].fingerprints[0].all_of[0], "lock lost");
}

}  // namespace
}  // namespace gatesim::correlate
