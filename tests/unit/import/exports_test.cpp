// Exports as forges print them, each with the rows that must come of it: tests/import/FORGE/CASE, or
// tests/import/FORGE where there is one case only. However the files are
// bent that says the same, the rows stay the same.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>

#include "import/driver.hpp"
#include "import/tables.hpp"

namespace gatesim::import {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Name and text of the files of an export, in the order in which they are read.
using Files = std::vector<std::pair<std::string, std::string>>;

struct Case {
    std::string forge, name;
    fs::path folder;

    Files files() const {
        Files out;
        for (const auto& file : fs::directory_iterator(folder))
            if (file.path().extension() != ".csv") out.emplace_back(file.path().filename(), content(file.path()));
        std::sort(out.begin(), out.end());
        return out;
    }
};

std::vector<Case> cases() {
    std::vector<Case> out;
    for (const auto& forge : fs::directory_iterator(GATESIM_SOURCE "/tests/import")) {
        if (!forge.is_directory()) continue;
        const std::string name = forge.path().filename();
        if (fs::exists(forge.path() / kEntriesFile)) out.push_back({name, "all", forge.path()});
        for (const auto& folder : fs::directory_iterator(forge.path()))
            if (folder.is_directory()) out.push_back({name, folder.path().filename(), folder.path()});
    }
    std::sort(out.begin(), out.end(), [](const Case& a, const Case& b) { return a.folder < b.folder; });
    return out;
}

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.forge << "/" << c.name;
}

class Exports : public testing::TestWithParam<Case> {
protected:
    void SetUp() override {
        std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
        std::replace(name.begin(), name.end(), '/', '-');
        folder_ = fs::path(testing::TempDir()) / ("gatesim-exports-" + name);
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    ImportResult import(const Files& files, const std::string& forge = "") {
        ImportOptions options;
        options.forge = forge.empty() ? GetParam().forge : forge;
        options.names.keep = true;
        for (const auto& [name, text] : files) {
            options.files.push_back(folder_ / name);
            std::ofstream(options.files.back(), std::ios::binary) << text;
        }
        ImportResult result;
        LoadError error;
        EXPECT_TRUE(import_files(options, result, error)) << error.text;
        return result;
    }
    static std::string rows(const ImportResult& result) {
        return entries_csv(result.records) + runs_csv(result.records);
    }
    std::string expected() const {
        return content(GetParam().folder / kEntriesFile) + content(GetParam().folder / kRunsFile);
    }
    /// What comes of the files after each was bent.
    ImportResult bent(const std::function<std::string(const std::string&)>& bend) {
        Files files = GetParam().files();
        for (auto& [name, text] : files) text = bend(text);
        return import(files);
    }

    fs::path folder_;
};

std::vector<Json> documents(const std::string& text) {
    std::vector<Json> out;
    std::istringstream in(text.starts_with(")]}'") ? text.substr(text.find('\n')) : text);
    while (in >> std::ws && !in.eof()) in >> out.emplace_back();
    return out;
}

std::string printed(const std::vector<Json>& documents, int indent = -1) {
    std::string out;
    for (const Json& document : documents) out += document.dump(indent) + "\n";
    return out;
}

/// Every list of records in it: of the names that the forge knows, and those without a name.
void each_list(Json& value, const Forge& forge, const std::function<void(Json&)>& visit, bool named = true) {
    if (value.is_array() && named) visit(value);
    if (value.is_array())
        for (Json& element : value) each_list(element, forge, visit, false);
    if (value.is_object())
        for (auto& [name, member] : value.items())
            each_list(member, forge, visit, std::count(forge.lists.begin(), forge.lists.end(), name) > 0);
}

std::string gzipped(const std::string& text) {
    z_stream stream{};
    ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(::deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    ::deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

std::string with_line_ends(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
    return out;
}

TEST_P(Exports, GiveTheirRows) {
    const ImportResult result = import(GetParam().files());
    EXPECT_EQ(rows(result), expected());
    EXPECT_GT(result.intake.used, 0u);
    EXPECT_LE(result.intake.used, result.intake.read);
}

TEST_P(Exports, AreKnownByTheirShape) {
    EXPECT_EQ(import(GetParam().files(), "auto").forge->name, GetParam().forge);
}

TEST_P(Exports, GiveTheSameHoweverTheyAreWritten) {
    EXPECT_EQ(rows(bent(with_line_ends)), expected());
    EXPECT_EQ(rows(bent([](const std::string& text) { return "\xef\xbb\xbf" + text; })), expected());
    EXPECT_EQ(rows(bent(gzipped)), expected());
    if (import(GetParam().files()).forge->reads != Reads::json) return;
    EXPECT_EQ(rows(bent([](const std::string& text) { return ")]}'\n" + text; })), expected());
    EXPECT_EQ(rows(bent([](const std::string& text) { return printed(documents(text)); })), expected());
    EXPECT_EQ(rows(bent([](const std::string& text) { return printed(documents(text), 4); })), expected());
    EXPECT_EQ(rows(bent([](const std::string& text) { return printed({documents(text)}); })), expected())
        << "all documents in one array";
}

TEST_P(Exports, GiveTheSameInAnyOrderAndTwice) {
    const Forge& forge = *import(GetParam().files()).forge;
    Files backwards = GetParam().files();
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(rows(import(backwards)), expected()) << "files in the other order";
    EXPECT_EQ(rows(bent([](const std::string& text) { return text + "\n" + text; })), expected()) << "each page twice";
    if (forge.reads != Reads::json) return;
    const auto newest_first = [&](const std::string& text) {
        std::vector<Json> all = documents(text);
        std::reverse(all.begin(), all.end());
        for (Json& document : all)
            each_list(document, forge, [](Json& list) { std::reverse(list.begin(), list.end()); });
        return printed(all);
    };
    EXPECT_EQ(rows(bent(newest_first)), expected()) << "newest first";
}

TEST_P(Exports, CountWhatIsNoRecord) {
    const ImportResult plain = import(GetParam().files());
    if (plain.forge->reads != Reads::json) return;
    std::uint64_t added = 0;
    const ImportResult result = bent([&](const std::string& text) {
        std::vector<Json> all = documents(text);
        for (Json& document : all)
            each_list(document, *plain.forge, [&](Json& list) {
                list.push_back(nullptr);
                ++added;
            });
        all.push_back(nullptr);
        ++added;
        return printed(all) + "{\"broken\": \n";
    });
    EXPECT_EQ(rows(result), expected());
    EXPECT_GE(result.intake.dropped.at("no record"), 1u);
    EXPECT_LE(result.intake.dropped.at("no record"), added);
    EXPECT_EQ(result.intake.dropped.at("broken document"), GetParam().files().size());
}

/// Cut off anywhere: what was read before counts, and somebody is told.
TEST_P(Exports, MayBeCutOff) {
    const Files whole = GetParam().files();
    const ImportResult plain = import(whole);
    for (std::size_t part = 1; part < 40; ++part) {
        Files files = whole;
        std::string& text = files.back().second;
        text.resize(text.size() * part / 40);
        const ImportResult result = import(files);
        EXPECT_LE(result.intake.used, plain.intake.used);
    }
}

INSTANTIATE_TEST_SUITE_P(Each, Exports, testing::ValuesIn(cases()), [](const auto& test) {
    std::string name = test.param.forge + "_" + test.param.name;
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
});

}  // namespace
}  // namespace gatesim::import
