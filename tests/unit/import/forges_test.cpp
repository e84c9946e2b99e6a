// Exports of each forge, invented with the traps that real ones have, and the rows that they must give; then the same
// exports as they come in life: newest first, pages twice, fields that are null.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "unit/import/imported.hpp"

namespace gatesim::import {
namespace {

namespace fs = std::filesystem;

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

}  // namespace
}  // namespace gatesim::import
