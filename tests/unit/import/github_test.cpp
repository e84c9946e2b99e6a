// GitHub's exports with a part missing, and as large as they come.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "import/driver.hpp"
#include "import/tables.hpp"

namespace gatesim::import {
namespace {

namespace fs = std::filesystem;

ImportResult import(const std::vector<std::string>& files) {
    ImportOptions options;
    options.forge = "github";
    options.files = files;
    options.names.keep = true;
    ImportResult result;
    LoadError error;
    EXPECT_TRUE(import_files(options, result, error)) << error.text;
    return result;
}

Json document(const std::string& path) {
    return Json::parse(std::ifstream(path));
}

std::string written(const std::string& name, const std::string& text) {
    const std::string path = testing::TempDir() + "gatesim-github-" + name;
    std::ofstream(path) << text;
    return path;
}

const std::string kExports = GATESIM_SOURCE "/tests/import/github/";

bool warns(const ImportResult& result, const std::string& of) {
    for (const std::string& warning : result.intake.warnings)
        if (warning.find(of) != std::string::npos) return true;
    return false;
}

const std::string kAdded =
    R"({"event":"added_to_merge_queue","created_at":"2030-01-07T09:00:00Z","actor":{"login":"u"}})";

TEST(Github, TakesATimelineWithoutIdsThatComesTwiceForOne) {
    const ImportResult once = import({written("bare.json", "[" + kAdded + "]")});
    const ImportResult twice = import({written("bare-twice.json", "[" + kAdded + "]\n[" + kAdded + "]")});
    EXPECT_EQ(once.records.entries.size(), 1u);
    EXPECT_EQ(entries_csv(once.records), entries_csv(twice.records));
}

TEST(Github, TakesPagesThatOverlapOneAfterAnotherForOneTimeline) {
    std::string pages;
    for (int page = 0; page < 3; ++page) {
        const auto event = [](int n, const char* kind) {
            return fmt::format(
                R"({{"event":"{}","id":{},"created_at":"2030-01-07T0{}:00:00Z","actor":{{"login":"u"}}}})", kind, n + 1,
                n + 1);
        };
        const char* kinds[] = {"added_to_merge_queue", "removed_from_merge_queue", "added_to_merge_queue",
                               "removed_from_merge_queue"};
        pages += "[" + event(page, kinds[page]) + "," + event(page + 1, kinds[page + 1]) + "]\n";
    }
    const ImportResult result = import({written("pages.json", pages)});
    ASSERT_EQ(result.records.entries.size(), 2u);
    EXPECT_EQ(result.records.texts[result.records.entries[0].change],
              result.records.texts[result.records.entries[1].change]);
}

TEST(Github, CountsWhatASecondAttemptInheritedAlsoWithoutTheFirst) {
    Json jobs = document(kExports + "jobs/jobs.json");
    for (std::size_t i = jobs["jobs"].size(); i-- > 0;)
        if (jobs["jobs"][i]["run_attempt"] == 1) jobs["jobs"].erase(i);
    const ImportResult result = import({written("second.json", jobs.dump())});
    EXPECT_EQ(result.records.runs.size(), 1u);
    EXPECT_EQ(result.records.runs[0].attempt, 2);
    EXPECT_EQ(result.intake.dropped.at("inherited from an earlier attempt"), 1u);
}

TEST(Github, SaysThatAPageIsMissing) {
    Json runs = document(kExports + "runs/runs.json");
    EXPECT_FALSE(warns(import({written("whole.json", runs.dump())}), "a page is missing"));
    runs["workflow_runs"].erase(0);
    EXPECT_TRUE(warns(import({written("page.json", runs.dump())}), "2 of 3 workflow runs are here: a page is missing"));
}

TEST(Github, SaysThatASearchMayHaveEnded) {
    Json runs = {{"total_count", 1000}, {"workflow_runs", Json::array()}};
    for (int i = 0; i < 1000; ++i)
        runs["workflow_runs"].push_back({{"id", i + 1},
                                         {"event", "merge_group"},
                                         {"head_branch", fmt::format("gh-readonly-queue/main/pr-{}-b", i)},
                                         {"head_sha", fmt::format("h{}", i)},
                                         {"created_at", "2030-01-07T09:00:00Z"}});
    EXPECT_TRUE(warns(import({written("thousand.json", runs.dump())}), "1,000 records exactly: cut off?"));
}

TEST(Github, LearnsFromPollsWhenSomebodyWasGone) {
    const auto poll = [](const char* at, const std::string& nodes) {
        return fmt::format(R"({{"at": "{}", "data": {{"repository": {{"mergeQueue": {{"entries": {{"pageInfo":
            {{"hasNextPage": false}}, "nodes": [{}]}}}}}}}}}})",
                           at, nodes);
    };
    const std::string first = R"({"state": "AWAITING_CHECKS", "enqueuedAt": "2030-01-07T08:50:00Z",
        "enqueuer": {"login": "ana"}, "pullRequest": {"number": 1}})";
    const std::string second = R"({"state": "QUEUED", "enqueuedAt": "2030-01-07T08:55:00Z",
        "enqueuer": {"login": "bo"}, "pullRequest": {"number": 2}})";
    const ImportResult result = import({written("polls.jsonl", poll("2030-01-07T09:30:00Z", second) + "\n" +
                                                                   poll("2030-01-07T09:00:00Z", first + "," + second) +
                                                                   "\n" + poll("2030-01-07T10:00:00Z", second))});
    ASSERT_EQ(result.records.entries.size(), 2u);
    const Entry &gone = result.records.entries[0], &waits = result.records.entries[1];
    const auto at = [](int hour, int minute) { return (Time{21921} * 24 + hour) * kHour + minute * kMinute; };
    EXPECT_EQ(gone.left_lo, at(9, 0));
    EXPECT_EQ(gone.left_hi, at(9, 30));
    EXPECT_NE(gone.outcome, Left::open);
    EXPECT_EQ(waits.left_lo, at(10, 0));
    EXPECT_EQ(waits.left_hi, kNever);
    EXPECT_EQ(waits.outcome, Left::open);
}

/// Real answers, from a folder beside this one. Without it there is nothing to count.
TEST(Github, CountsTheSamples) {
    const char* const named = std::getenv("GATESIM_DATA");
    const std::string samples = std::string(named ? named : GATESIM_SOURCE "/../shared/data") + "/samples/";
    if (!fs::exists(samples)) GTEST_SKIP() << "no " << samples << "; set GATESIM_DATA to the folder of the data";
    const ImportResult runs = import({samples + "github_actions_runs.json"});
    EXPECT_EQ(runs.changes, 15u);
    EXPECT_EQ(runs.groups, 20u);
    EXPECT_EQ(runs.groups - runs.changes, 5u) << "rebuilds";
    EXPECT_EQ(import({samples + "github_actions_jobs.json"}).jobs, 36u);
    EXPECT_EQ(import({samples + "github_merge_queue_snapshot.json"}).records.entries.size(), 6u);
}

}  // namespace
}  // namespace gatesim::import
