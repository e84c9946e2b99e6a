#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "import/driver.hpp"
#include "import/pseudonyms.hpp"
#include "import/tables.hpp"

namespace gatesim::import {
namespace {

namespace fs = std::filesystem;

/// RFC 4231, cases 1, 2 and 6.
TEST(Pseudonyms, AreHmacSha256) {
    EXPECT_EQ(hmac_sha256(std::string(20, '\x0b'), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Pseudonyms, HideWhoAndWhereAndKeepNumbersAndJobs) {
    Records records;
    Texts& texts = records.texts;
    const auto entry = [&](const char* change, const char* branch, const char* author) {
        Entry e;
        e.change = texts.of(change);
        e.project = texts.of("acme/rocket");
        e.branch = texts.of(branch);
        e.author = texts.of(author);
        e.enqueued = kDay;
        records.entries.push_back(e);
    };
    entry("101", "main", "wile");
    entry("fix the rocket", "secret/engine", "dependabot[bot]");
    entry("12,3", "stable/2030", "wile");
    gatesim::import::Run run;
    run.job = texts.of("unit\x1b[31m");
    run.runner = texts.of("host.acme.example");
    records.runs.push_back(run);
    const std::string key(32, 'k');
    hide_names({.key = key}, records);
    const auto& e = records.entries;
    EXPECT_EQ(texts[e[0].change], "101");
    EXPECT_EQ(texts[e[0].project], hmac_sha256(key, "acme/rocket").substr(0, 10));
    EXPECT_EQ(texts[e[0].branch], "main");
    EXPECT_EQ(texts[e[0].author], hmac_sha256(key, "wile").substr(0, 10));
    EXPECT_EQ(texts[e[1].change].size(), 10u);
    EXPECT_EQ(texts[e[1].branch].size(), 10u);
    EXPECT_EQ(texts[e[1].author], "") << "a program";
    EXPECT_EQ(texts[e[2].change], "12,3");
    EXPECT_EQ(texts[e[2].branch], "stable/2030");
    EXPECT_EQ(e[2].author, e[0].author);
    EXPECT_EQ(texts[records.runs[0].job], "unit?[31m");
    EXPECT_EQ(texts[records.runs[0].runner].size(), 10u);
}

TEST(Pseudonyms, HaveAKeyThatOnlyItsOwnerReads) {
    const std::string folder = testing::TempDir() + "gatesim-key";
    fs::remove_all(folder);
    const std::string path = folder + "/below/import.key";
    std::string key, again;
    bool fresh = false;
    ASSERT_EQ(read_or_draw_key(path, key, fresh), "");
    EXPECT_TRUE(fresh);
    EXPECT_FALSE(fs::exists(path)) << "it is written when tables are";
    ASSERT_EQ(write_key(path, key), "");
    EXPECT_EQ(key.size(), 64u);
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 07777, 0600u);
    ASSERT_EQ(read_or_draw_key(path, again, fresh), "");
    EXPECT_FALSE(fresh);
    EXPECT_NE(write_key(path, key), "") << "another key is never replaced";
    EXPECT_EQ(again, key);
    std::ofstream(path) << "short\n";
    EXPECT_NE(read_or_draw_key(path, again, fresh).find("at least 16 characters"), std::string::npos);
    fs::remove_all(folder);
}

/// Every text of a JSON value that could say who or what: not times, and not what the tables are there to tell.
void texts_of(const Json& value, std::set<std::string>& out) {
    static const std::set<std::string> told = {"name",  "labels", "status", "conclusion", "action",
                                               "event", "state",  "reason", "__typename", "base_ref"};
    if (value.is_string() && value.get_ref<const std::string&>().size() > 3) out.insert(value.get<std::string>());
    if (value.is_array())
        for (const Json& element : value) texts_of(element, out);
    if (value.is_object())
        for (const auto& [name, member] : value.items())
            if (!told.contains(name) && !name.ends_with("_at") && !name.ends_with("At")) texts_of(member, out);
}

TEST(Pseudonyms, LetNoTextOfTheInputThrough) {
    const Json run = Json::parse(R"json({"total_count": 1, "workflow_runs": [{"id": 77001, "run_attempt": 1,
        "event": "merge_group", "name": "ci", "display_title": "Mend the secret rocket (#101)",
        "head_branch": "gh-readonly-queue/topic/quiet/pr-101-0123456789abcdef0123456789abcdef01234567",
        "head_sha": "fedcba9876543210fedcba9876543210fedcba98", "status": "completed", "conclusion": "success",
        "created_at": "2030-01-07T09:00:05Z", "run_started_at": "2030-01-07T09:00:05Z",
        "updated_at": "2030-01-07T09:41:00Z", "url": "https://api.github.example/repos/acme/rocket/actions/runs/77001",
        "actor": {"login": "wile-e", "type": "User", "html_url": "https://github.example/wile-e"},
        "head_commit": {"message": "Mend the secret rocket", "author": {"name": "Wile", "email": "wile@acme.example"}},
        "repository": {
    "full_name" : "acme/rocket", "owner" : {
        "login" : "acme-inc"
    }}}]
})json");
    const Json job = Json::parse(R"json({"total_count": 1, "jobs": [{"id": 5, "run_id": 77001, "run_attempt": 1,
        "head_sha": "fedcba9876543210fedcba9876543210fedcba98", "name": "unit", "status": "completed",
        "conclusion": "success", "created_at": "2030-01-07T09:00:06Z", "started_at": "2030-01-07T09:00:20Z",
        "completed_at": "2030-01-07T09:08:00Z", "labels": ["big"], "runner_name": "machine-7.acme.example",
        "runner_group_name": "roadrunners", "html_url": "https://github.example/acme/rocket/actions/runs/77001/job/5"}]})json");
    const Json pulls = Json::parse(R"json({"data": {"repository": {"pullRequests": {"nodes": [{"number": 101,
        "title": "Mend the secret rocket", "author": {"login": "wile-e", "__typename": "User"},
        "timelineItems": {"nodes": [{"__typename": "AddedToMergeQueueEvent", "createdAt": "2030-01-07T09:00:00Z",
        "enqueuer": {"login": "road-runner"}}]}}]}}}})json");
    const std::string file = testing::TempDir() + "gatesim-privacy.json";
    std::ofstream(file) << run << "\n" << job << "\n" << pulls << "\n";
    ImportOptions options;
    options.forge = "github";
    options.files = {file};
    options.names.key = std::string(32, 'k');
    ImportResult result;
    LoadError error;
    ASSERT_TRUE(import_files(options, result, error)) << error.text;
    ASSERT_EQ(result.records.entries.size(), 1u);
    ASSERT_EQ(result.records.runs.size(), 1u);
    const std::string written = entries_csv(result.records) + runs_csv(result.records) + import_json(result);
    std::set<std::string> secrets{"Mend the secret rocket", "topic/quiet", "0123456789abcdef", "fedcba9876543210"};
    for (const Json* document : {&run, &job, &pulls}) texts_of(*document, secrets);
    EXPECT_GT(secrets.size(), 15u);
    for (const std::string& secret : secrets)
        EXPECT_EQ(written.find(secret), std::string::npos) << secret << " is in\n" << written;

    options.names.hide_jobs = true;
    ImportResult jobless;
    ASSERT_TRUE(import_files(options, jobless, error)) << error.text;
    EXPECT_EQ(jobless.records.texts[jobless.records.runs[0].job], hmac_sha256(options.names.key, "unit").substr(0, 10));
    EXPECT_EQ(runs_csv(jobless.records).find("unit"), std::string::npos);
    options.names.hide_jobs = false;

    const std::string author = result.records.texts[result.records.entries[0].author];
    options.names.key = std::string(32, 'l');
    ImportResult other;
    ASSERT_TRUE(import_files(options, other, error)) << error.text;
    EXPECT_NE(other.records.texts[other.records.entries[0].author], author);
    options.shift = -2 * kWeek;
    ImportResult moved;
    ASSERT_TRUE(import_files(options, moved, error)) << error.text;
    EXPECT_EQ(moved.records.entries[0].enqueued, other.records.entries[0].enqueued - 2 * kWeek);
    EXPECT_EQ(moved.records.runs[0].ended, other.records.runs[0].ended - 2 * kWeek);
}

}  // namespace
}  // namespace gatesim::import
