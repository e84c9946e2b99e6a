// Exports of each forge, invented with the traps that real ones have, and the rows that they must give; then the same
// exports as they come in life: newest first, pages twice, fields that are null.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "import/driver.hpp"
#include "import/tables.hpp"

namespace gatesim::import {
namespace {

namespace fs = std::filesystem;

std::string read(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What came of some texts.
struct Tables {
    std::string entries, runs;
    ImportResult result;

    std::uint64_t dropped() const {
        std::uint64_t sum = 0;
        for (const auto& [reason, n] : result.intake.dropped) sum += n;
        return sum;
    }
    /// Every record was used or dropped.
    void add_up() const { EXPECT_EQ(result.intake.read, result.intake.used + dropped()) << import_text(result); }
};

Tables import_texts(const std::string& forge, const std::vector<std::string>& texts) {
    const std::string folder =
        testing::TempDir() + "gatesim-forges-" + testing::UnitTest::GetInstance()->current_test_info()->name() + "/";
    fs::create_directories(folder);
    ImportOptions options;
    options.forge = forge;
    options.names.keep = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        options.files.push_back(folder + std::to_string(i) + ".json");
        std::ofstream(options.files.back()) << texts[i];
    }
    Tables tables;
    LoadError error;
    EXPECT_TRUE(import_files(options, tables.result, error)) << error.text;
    tables.entries = entries_csv(tables.result.records);
    tables.runs = runs_csv(tables.result.records);
    fs::remove_all(folder);
    return tables;
}

/// The exports of one forge as documents, and back.
struct Export {
    std::string text;
    bool lines = false;
    std::vector<Json> documents;

    explicit Export(const std::string& path) : text(read(path)), lines(path.ends_with(".jsonl")) {
        std::string rest = text.starts_with(")]}'") ? text.substr(5) : text;
        if (!lines) {
            documents.push_back(Json::parse(rest));
            return;
        }
        for (std::size_t end; !rest.empty(); rest.erase(0, end + 1)) {
            end = rest.find('\n');
            documents.push_back(Json::parse(rest.substr(0, end)));
        }
    }
    std::string again() const {
        std::string out;
        for (const Json& document : documents) out += document.dump(lines ? -1 : 1) + "\n";
        return out;
    }
};

std::string folder_of(const std::string& forge) {
    return std::string(GATESIM_SOURCE "/tests/import/") + forge + "/";
}

std::vector<Export> exports_of(const std::string& forge) {
    std::vector<std::string> paths;
    for (const auto& file : fs::directory_iterator(folder_of(forge)))
        if (file.path().extension() != ".csv") paths.push_back(file.path().string());
    std::sort(paths.begin(), paths.end());
    std::vector<Export> out;
    for (const std::string& path : paths) out.emplace_back(path);
    return out;
}

Tables import_exports(const std::string& forge, const std::vector<Export>& exports) {
    std::vector<std::string> texts;
    for (const Export& one : exports) texts.push_back(one.again());
    return import_texts(forge, texts);
}

/// Turns every list around.
void reverse_lists(Json& value) {
    if (value.is_array()) std::reverse(value.begin(), value.end());
    if (value.is_structured())
        for (Json& part : value) reverse_lists(part);
}

/// Calls `visit` with each value that has no parts.
template <class Visit>
void visit_leaves(Json& value, const Visit& visit) {
    if (!value.is_structured()) return visit(value);
    for (Json& part : value) visit_leaves(part, visit);
}

class ForgeExport : public testing::TestWithParam<const char*> {};

TEST_P(ForgeExport, GivesItsRows) {
    const std::string forge = GetParam();
    std::vector<std::string> texts;
    for (const Export& one : exports_of(forge)) texts.push_back(one.text);
    const Tables tables = import_texts("auto", texts);
    EXPECT_EQ(tables.result.forge->name, forge);
    EXPECT_EQ(tables.entries, read(folder_of(forge) + "entries.csv"));
    EXPECT_EQ(tables.runs, read(folder_of(forge) + "runs.csv"));
    tables.add_up();
}

TEST_P(ForgeExport, GivesTheSameTwiceAndWithOtherLineEnds) {
    const std::string forge = GetParam(), entries = read(folder_of(forge) + "entries.csv"),
                      runs = read(folder_of(forge) + "runs.csv");
    std::vector<std::string> twice, ends;
    for (const Export& one : exports_of(forge)) {
        twice.push_back(one.text + one.again());
        twice.push_back(one.text);
        std::string text = "\xef\xbb\xbf";
        for (const char c : one.text) text += c == '\n' ? "\r\n" : std::string(1, c);
        ends.push_back(text);
    }
    const Tables again = import_texts(forge, twice);
    EXPECT_EQ(again.entries, entries);
    EXPECT_EQ(again.runs, runs);
    EXPECT_GT(again.result.intake.dropped.at(kRepeated), 0u);
    again.add_up();
    const Tables windows = import_texts(forge, ends);
    EXPECT_EQ(windows.entries, entries);
    EXPECT_EQ(windows.runs, runs);
}

/// Newest first. Where the order inside of a record means something (what one build tested), that stays.
TEST_P(ForgeExport, DoesNotDependOnTheOrderOfRecords) {
    const std::string forge = GetParam();
    std::vector<Export> exports = exports_of(forge);
    for (Export& one : exports) {
        std::reverse(one.documents.begin(), one.documents.end());
        for (Json& document : one.documents) {
            if (forge == "gitlab" || forge == "gerrit") {
                reverse_lists(document);
                continue;
            }
            if (document.is_array()) std::reverse(document.begin(), document.end());
            if (document.contains("items")) std::reverse(document["items"].begin(), document["items"].end());
            if (document.contains("History"))
                for (Json& pool : document["History"]) std::reverse(pool.begin(), pool.end());
        }
    }
    std::reverse(exports.begin(), exports.end());
    const Tables reversed = import_exports(forge, exports);
    EXPECT_EQ(reversed.entries, read(folder_of(forge) + "entries.csv"));
    EXPECT_EQ(reversed.runs, read(folder_of(forge) + "runs.csv"));
    reversed.add_up();
}

TEST_P(ForgeExport, TakesNullAndOtherTypesAnywhere) {
    const std::string forge = GetParam();
    const std::vector<Export> exports = exports_of(forge);
    const Tables whole = import_exports(forge, exports);
    const std::vector<Json> others{-1, "", 1e300, Json::array({1}), Json::object(), true, 17, "x"};
    std::size_t fields = 0;
    for (const Export& one : exports)
        for (Json document : one.documents) visit_leaves(document, [&](Json&) { ++fields; });
    for (std::size_t i = 0; i < 2 * fields; ++i) {
        const bool null = i < fields;
        std::vector<Export> bent = exports;
        std::size_t leaf = 0;
        for (Export& one : bent)
            for (Json& document : one.documents)
                visit_leaves(document, [&](Json& value) {
                    if (leaf++ == i % fields) value = null ? Json() : others[i % others.size()];
                });
        const Tables tables = import_exports(forge, bent);
        tables.add_up();
        // Gerrit's runs come of messages: one without its text is none.
        const auto& now = tables.result.intake.dropped;
        const bool counted = std::any_of(now.begin(), now.end(), [&](const auto& reason) {
            const auto before = whole.result.intake.dropped.find(reason.first);
            return before == whole.result.intake.dropped.end() || before->second < reason.second;
        });
        const bool lost = tables.result.records.runs.size() < whole.result.records.runs.size();
        const bool silent = null && forge != "gerrit" && lost && !counted;
        EXPECT_FALSE(silent) << "field " << i << " costs a run, in silence";
    }
    EXPECT_GT(fields, 100u);
}

TEST_P(ForgeExport, TakesAPageThatIsMissing) {
    const std::string forge = GetParam();
    const std::vector<Export> exports = exports_of(forge);
    for (std::size_t file = 0; file < exports.size(); ++file) {
        std::vector<Export> fewer = exports;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(file));
        import_exports(forge, fewer).add_up();
        for (std::size_t i = 0; i < exports[file].documents.front().size(); ++i) {
            fewer = exports;
            Json& list = fewer[file].documents.front();
            if (!list.is_array()) break;
            list.erase(i);
            import_exports(forge, fewer).add_up();
        }
    }
}

/// Titles, messages, addresses and hashes of the exports all have this word in them.
TEST_P(ForgeExport, CarriesNoWordsOver) {
    const std::string forge = GetParam();
    const Tables tables = import_exports(forge, exports_of(forge));
    for (const std::string& text : {tables.entries, tables.runs, import_json(tables.result)})
        EXPECT_EQ(text.find("SECRET"), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(Forges, ForgeExport, testing::Values("gerrit", "gitlab", "prow", "zuul"),
                         [](const auto& one) { return std::string(one.param); });

// The shapes that the issue names and real samples, where their folders are.

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
}

}  // namespace
}  // namespace gatesim::import
