// The shapes that the issue names, real samples where their folders are, and what other projects export.
#include <algorithm>
#include <cstdlib>

#include "unit/import/imported.hpp"

namespace gatesim::import {
namespace {

namespace fs = std::filesystem;

std::string shared(const std::string& path) {
    const char* named = std::getenv("GATESIM_DATA");
    return std::string(named && *named ? named : GATESIM_SOURCE "/../shared/data") + "/" + path;
}

#define GATESIM_NEEDS(path) \
    if (!fs::exists(shared(path))) GTEST_SKIP() << "no " << shared(path) << "; set GATESIM_DATA to its folder"

constexpr const char* kShapes = "../failing/export-shapes/";

std::string rows(const std::string& table) {
    return table.substr(table.find('\n') + 1);
}

TEST(ExportShapes, OfGitLab) {
    GATESIM_NEEDS(kShapes);
    const Tables tables =
        import_texts("auto", {read(shared(kShapes + std::string("gitlab_merge_trains.json"))),
                              read(shared(kShapes + std::string("gitlab_pipeline_jobs_include_retried.json")))});
    EXPECT_EQ(rows(tables.entries), "1,59,20,main,1,2030-01-07T09:02:00Z,2030-01-07T09:40:00Z,,,landed,,0\n");
    EXPECT_EQ(rows(tables.runs),
              "1,1,,,1,unit 1/2,1,2030-01-07T09:02:01Z,2030-01-07T09:04:59.5Z,2030-01-07T09:05:00Z,"
              "2030-01-07T09:15:00Z,no_result,1,docker,3\n"
              "1,1,,,1,unit 1/2,2,2030-01-07T09:15:01Z,2030-01-07T09:15:01.7Z,2030-01-07T09:15:02Z,"
              "2030-01-07T09:24:00Z,success,1,docker,4\n");
}

TEST(ExportShapes, OfGerrit) {
    GATESIM_NEEDS(kShapes);
    const Tables tables = import_texts("auto", {read(shared(kShapes + std::string("gerrit_changes.txt")))});
    EXPECT_EQ(rows(tables.entries), "1,101,o/a,main,7,2030-01-07T09:01:00Z,2030-01-07T09:41:00Z,,,landed,,0\n");
    EXPECT_EQ(rows(tables.runs), "");
    EXPECT_EQ(tables.result.intake.warnings.size(), 1u);  // there is another page
}

TEST(ExportShapes, OfZuul) {
    GATESIM_NEEDS(kShapes);
    const Tables tables = import_texts("auto", {read(shared(kShapes + std::string("zuul_buildset.json")))});
    EXPECT_EQ(rows(tables.entries), "1,101,o/a,main,,2030-01-07T09:00:00Z,2030-01-07T09:40:00Z,,,ejected,failure,0\n");
    EXPECT_EQ(rows(tables.runs),
              "1,1,,,1,docs,1,,,,,skipped,1,,\n"
              "1,1,,,1,unit,1,,,2030-01-07T09:01:00Z,2030-01-07T09:05:00Z,no_result,1,ubuntu,\n"
              "1,1,,,1,unit,2,,,2030-01-07T09:06:00Z,2030-01-07T09:40:00Z,failure,1,ubuntu,\n");
}

TEST(ExportShapes, OfProw) {
    GATESIM_NEEDS(kShapes);
    const Tables tables = import_texts("auto", {read(shared(kShapes + std::string("prow_started.json"))),
                                                read(shared(kShapes + std::string("prow_finished.json"))),
                                                read(shared(kShapes + std::string("prow_tide_history.json")))});
    EXPECT_EQ(rows(tables.entries),
              "1,101,o/a,main,u1,2030-01-07T09:00:00Z,2030-01-07T09:41:00Z,,,landed,,0\n"
              "2,102,o/a,main,u2,2030-01-07T09:00:00Z,,2030-01-07T09:00:00Z,,open,,0\n");
    // The build ran three days before Tide triggered anything: it was for the patch set, not for this stay.
    EXPECT_EQ(rows(tables.runs),
              ",1,b1,,1,job,1,2030-01-04T09:00:00Z,,2030-01-04T09:00:00Z,2030-01-04T09:40:00Z,success,1,,\n");
}

TEST(ExportSamples, GitLabJobsWaitedAsLongAsTheyDid) {
    GATESIM_NEEDS("samples/gitlab_jobs.json");
    const Tables tables = import_texts("auto", {read(shared("samples/gitlab_jobs.json"))});
    const auto& runs = tables.result.records.runs;
    ASSERT_EQ(runs.size(), 5u);
    EXPECT_EQ(tables.result.records.texts[runs[1].job], "ubu-single-gmfsl");
    EXPECT_EQ((runs[1].started - runs[1].created) / kSecond, 1921);
    EXPECT_EQ(runs[1].started - runs[1].queued, 475'744);
    EXPECT_EQ(runs[0].result, RunResult::unfinished);
    EXPECT_FALSE(runs[4].voting);
}

TEST(ExportSamples, GerritChanges) {
    GATESIM_NEEDS("samples/gerrit_changes_rest.json");
    const Tables tables = import_texts("auto", {read(shared("samples/gerrit_changes_rest.json"))});
    EXPECT_EQ(tables.result.intake.read, 25u);
    EXPECT_EQ(tables.result.changes, 23u);  // one was never approved, one was given up
    const std::vector<Entry>& entries = tables.result.records.entries;
    EXPECT_EQ(std::count_if(entries.begin(), entries.end(), [](const Entry& e) { return e.outcome == Left::landed; }),
              23);
    EXPECT_EQ(tables.result.records.runs.size(), 49u);  // verdicts
}

TEST(ExportSamples, GerritVerdictsAndZuulBuilds) {
    GATESIM_NEEDS("samples/zuul_v3_builds.json");
    const Tables builds = import_texts("auto", {read(shared("samples/zuul_v3_builds.json"))});
    EXPECT_EQ(builds.result.records.runs.size(), 115u);
    EXPECT_EQ(builds.result.groups, 11u);
    EXPECT_EQ(builds.result.jobs, 65u);
    EXPECT_EQ(builds.result.records.entries.size(), 3u);
    GATESIM_NEEDS("samples/gerrit_stream_events.jsonl");
    const Tables events = import_texts("auto", {read(shared("samples/gerrit_stream_events.jsonl"))});
    EXPECT_EQ(events.result.intake.used, 11u);
    EXPECT_EQ(events.result.groups, 11u);
    EXPECT_EQ(events.result.jobs, 65u);
    EXPECT_EQ(events.result.records.entries.size(), 3u);
    // The time of the event is that of the patch set: no job can have run before it.
    EXPECT_GT(events.result.intake.clocks_repaired, 100u);
}

TEST(ExportSamples, ZuulStatusWithoutTimesIsCounted) {
    GATESIM_NEEDS("samples/zuul_v2_status.json");
    const Tables tables = import_texts("auto", {read(shared("samples/zuul_v2_status.json"))});
    EXPECT_TRUE(tables.result.records.entries.empty());
    EXPECT_EQ(tables.result.intake.dropped.at("waits, since when is not said"), 1u);
    EXPECT_NE(tables.result.intake.warnings.front().find("what is needed"), std::string::npos);
}

/// Deck answers with a script if it is asked for a variable.
TEST(OtherExports, ProwJobsInAScript) {
    const Tables tables = import_texts(
        "auto", {R"(var allBuilds = {"items": [{"metadata": {"name": "p1", "creationTimestamp": "2030-01-07T09:00:00Z"},
        "spec": {"job": "unit"}, "status": {"state": "success", "completionTime": "2030-01-07T09:09:00Z"}}]};)"});
    EXPECT_EQ(tables.result.forge->name, "prow");
    EXPECT_EQ(tables.result.records.runs.size(), 1u);
    tables.add_up();
}

/// The list of builds says since when their change waited, in the newer versions.
TEST(OtherExports, ZuulBuildsWithTheTimeOfTheirEvent) {
    const Tables tables = import_texts(
        "auto", {R"([{"uuid": "b1", "job_name": "unit", "result": "SUCCESS", "start_time": "2030-01-07T09:01:00",
        "end_time": "2030-01-07T09:11:00", "ref": {"project": "o/a", "branch": "main", "change": 101, "patchset": "2"},
        "buildset": {"uuid": "bs1"}, "pipeline": "gate", "event_timestamp": "2030-01-07T09:00:00"}])"});
    EXPECT_EQ(rows(tables.entries), "1,101,o/a,main,,2030-01-07T09:00:00Z,2030-01-07T09:11:00Z,,,landed,,0\n");
}

/// Older answers know no attempts, and jq prints elements without the name of their list.
TEST(OtherExports, GitHubRunsOfAnOlderServer) {
    const Tables tables =
        import_texts("auto", {R"({"id": 7, "workflow_id": 5, "event": "merge_group", "name": "ci", "head_sha": "h1",
        "head_branch": "gh-readonly-queue/main/pr-101-b0", "status": "completed", "conclusion": "success",
        "created_at": "2030-01-07T09:00:00Z", "updated_at": "2030-01-07T09:40:00Z"})"});
    EXPECT_EQ(rows(tables.entries), "1,101,,main,,2030-01-07T09:00:00Z,2030-01-07T09:40:00Z,,,landed,,0\n");
}

TEST(OtherExports, AFinishedBuildAloneSaysWhatElseIsNeeded) {
    const Tables tables = import_texts("prow", {R"({"timestamp": 1893750000, "passed": true, "result": "SUCCESS"})"});
    EXPECT_EQ(tables.result.intake.dropped.at("a finished.json without its started.json"), 1u);
    EXPECT_NE(tables.result.intake.warnings.front().find("started.json beside it"), std::string::npos);
}

TEST(OtherExports, ChecksWithoutACommitAreCounted) {
    const Tables tables = import_texts(
        "github", {R"({"at": "2030-01-07T09:10:00Z", "entries": [{"pr_number": 1, "enqueued_at": "2030-01-07T09:00:00Z",
        "ci_status": {"checks": [{"name": "unit", "status": "QUEUED"}]}}]})"});
    EXPECT_EQ(tables.result.intake.dropped.at("check without name or commit"), 1u);
    tables.add_up();
}

}  // namespace
}  // namespace gatesim::import
