// Jobs that are several (count), and what can become of a run besides a result.
#include <gtest/gtest.h>

#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

using testing::load_good;

const char* const kAround =
    R"("load": {"changes": {"a": {"enqueue_at": "0s", "breaks": ["shard-2"],
                             "jobs": {"shard-2": {"fails": true}, "build": {"child_jobs": ["shard-1", "lint"]}}}}},
   "failures": {"troubles": {"mirror": {"every": "3d", "lasts": "1h", "jobs": ["shard-3"]}}})";

std::string by_count() {
    return std::string("{") + kAround + R"(,
      "jobs": {"build": {"duration": "3m"}, "shard": {"count": 3, "duration": "9m", "needs": ["build"]},
               "lint": {"duration": "1m", "needs": [{"job": "shard", "soft": true}]}},
      "projects": {"p": {"gate": ["build", {"shard": {"timeout": "1h"}}, {"shard-2": {"voting": false}}, "lint"]}},
      "timeline": [{"at": "1h", "set": {"/jobs/shard/flake": "4%"}}]})";
}

std::string by_hand() {
    const std::string shard = R"({"duration": "9m", "needs": ["build"]})";
    return std::string("{") + kAround + R"(,
      "jobs": {"build": {"duration": "3m"}, "shard-1": )" +
           shard + R"(, "shard-2": )" + shard + R"(, "shard-3": )" + shard + R"(,
               "lint": {"duration": "1m", "needs": [{"job": "shard-1", "soft": true}, {"job": "shard-2", "soft": true},
                                                    {"job": "shard-3", "soft": true}]}},
      "projects": {"p": {"gate": ["build", {"shard-1": {"timeout": "1h"}}, {"shard-2": {"timeout": "1h", "voting": false}},
                                  {"shard-3": {"timeout": "1h"}}, "lint"]}},
      "timeline": [{"at": "1h", "set": {"/jobs/shard-1/flake": "4%", "/jobs/shard-2/flake": "4%", "/jobs/shard-3/flake": "4%"}}]})";
}

TEST(Shards, AreTheJobsThatOneWouldWriteByHand) {
    const Scenario one = load_good(by_count());
    const Scenario other = load_good(by_hand());
    EXPECT_EQ(one.job_names, (std::vector<std::string>{"build", "shard-1", "shard-2", "shard-3", "lint", "noop"}));
    EXPECT_EQ(one.job_names, other.job_names);
    const auto& jobs = one.projects[0].pipelines[0].jobs;
    const auto& same = other.projects[0].pipelines[0].jobs;
    ASSERT_EQ(jobs.size(), 5u);
    ASSERT_EQ(same.size(), 5u);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        EXPECT_EQ(jobs[i].id, same[i].id);
        EXPECT_EQ(jobs[i].voting, same[i].voting);
        EXPECT_EQ(jobs[i].timeout.first, same[i].timeout.first);
        EXPECT_EQ(jobs[i].duration.a, same[i].duration.a);
        EXPECT_EQ(jobs[i].flake.at(2 * kHour), same[i].flake.at(2 * kHour));
        ASSERT_EQ(jobs[i].needs.size(), same[i].needs.size());
        for (std::size_t n = 0; n < jobs[i].needs.size(); ++n) {
            EXPECT_EQ(jobs[i].needs[n].job, same[i].needs[n].job);
            EXPECT_EQ(jobs[i].needs[n].soft, same[i].needs[n].soft);
        }
    }
    EXPECT_FALSE(jobs[2].voting);
    EXPECT_EQ(jobs[3].flake.at(2 * kHour), 0.04);
    EXPECT_EQ(jobs[4].flake.at(2 * kHour), 0);
    EXPECT_EQ(one.failures.troubles[0].jobs, std::vector<JobId>{3});
    EXPECT_EQ(one.load.listed->changes[0].breaks, std::vector<JobId>{2});
}

TEST(Shards, AreAllMeantByTheirName) {
    const Scenario s = load_good(R"({"load": {"changes": {"a": {"enqueue_at": "0s", "breaks": ["shard"],
        "jobs": {"shard": {"duration": "5m"}, "shard-2": {"duration": "7m"}}}}},
      "jobs": {"shard": {"count": 2, "duration": "9m"}},
      "failures": {"troubles": {"mirror": {"every": "3d", "lasts": "1h", "jobs": ["shard"]}}}})");
    EXPECT_EQ(s.projects[0].pipelines[0].jobs.size(), 2u);
    EXPECT_EQ(s.failures.troubles[0].jobs, (std::vector<JobId>{0, 1}));
    EXPECT_EQ(s.load.listed->changes[0].breaks, (std::vector<JobId>{0, 1}));
    const auto& runs = s.load.listed->changes[0].jobs;
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(runs[0].job, 1u) << "what is said of one goes before what is said of all";
    EXPECT_EQ(*runs[0].duration, 7 * kMinute);
}

TEST(LostRuns, HaveAChanceAScriptAndSteps) {
    const Scenario s = load_good(R"({"load": {"changes": {"a": {"enqueue_at": "0s",
        "jobs": {"unit": {"never_reports": true, "hangs_on_run": [0, 2]}}}}},
      "jobs": {"unit": {"duration": "9m", "never_reports": "2%", "hangs": "1%"}},
      "timeline": [{"at": "1h", "set": {"/jobs/unit/never_reports": "100%", "/jobs/unit/hangs": "0%"}}]})");
    const Job& unit = s.projects[0].pipelines[0].jobs[0];
    EXPECT_EQ(unit.never_reports.at(0), 0.02);
    EXPECT_EQ(unit.never_reports.at(kHour), 1);
    EXPECT_EQ(unit.hangs.at(0), 0.01);
    EXPECT_EQ(unit.hangs.at(kHour), 0);
    const ScriptedRun& run = s.load.listed->changes[0].jobs[0];
    EXPECT_TRUE(run.never_reports);
    EXPECT_EQ(run.hangs_on_run, (std::vector<int>{0, 2}));
}

}  // namespace
}  // namespace gatesim
