// Scenarios on disk: folders, bases, files that cannot be read.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenario/load_scenario.hpp"
#include "unit/scenario/strategies.hpp"

namespace gatesim {
namespace {

namespace fs = std::filesystem;

/// A folder of scenarios that is gone after the test.
class OnDisk : public ::testing::Test {
protected:
    void SetUp() override {
        char name[] = "/tmp/gatesim-scenario-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        root_ = name;
        options_.strategies = testing::strategies();
    }
    void TearDown() override { fs::remove_all(root_); }

    void write(const std::string& file, const std::string& content) {
        fs::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file) << content;
    }

    Loaded load(const std::string& file) { return load_scenario((root_ / file).string(), options_); }

    /// Messages without the folder of this test.
    std::string said(const Loaded& loaded) {
        std::string out = text(loaded.diagnostics);
        const std::string folder = root_.string() + "/";
        for (auto at = out.find(folder); at != std::string::npos; at = out.find(folder)) out.erase(at, folder.size());
        return out;
    }

    fs::path root_;
    LoadOptions options_;
};

const char* const kBase = R"({"title": "base", "replications": 3,
 "load": {"replay": {"file": "load.csv"}},
 "jobs": {"unit": {"duration": "9m"}, "full": {"duration": "1h", "flake": "2%"}}})";

TEST_F(OnDisk, AFolderIsItsScenario) {
    write("week/scenario.json", kBase);
    write("week/load.csv", "project\n");
    const Loaded loaded = load("week/");
    ASSERT_TRUE(loaded.scenario) << said(loaded);
    EXPECT_EQ(loaded.scenario->name, "week");
    EXPECT_EQ(loaded.scenario->folder, (root_ / "week").string());
    EXPECT_EQ(loaded.exit_code(), 0);
}

TEST_F(OnDisk, AFileIsNamedByItsStem) {
    write("small.json", R"({"load": {"changes": {}}, "jobs": {"unit": {"duration": "9m"}}})");
    const Loaded loaded = load("small.json");
    ASSERT_TRUE(loaded.scenario) << said(loaded);
    EXPECT_EQ(loaded.scenario->name, "small");
}

TEST_F(OnDisk, ExtendsAScenarioNextToIt) {
    write("week/scenario.json", kBase);
    write("week/load.csv", "project\n");
    write(
        "week-slow/scenario.json",
        R"({"extends": "week", "title": "slow", "jobs": {"full": {"duration": "2h", "flake": null}, "docs": {"duration": "1m"}}})");
    const Loaded loaded = load("week-slow");
    ASSERT_TRUE(loaded.scenario) << said(loaded);
    const Scenario& scenario = *loaded.scenario;
    EXPECT_EQ(scenario.title, "slow");
    EXPECT_EQ(scenario.replications, 3);
    EXPECT_EQ(scenario.job_names, (std::vector<std::string>{"unit", "full", "docs", "noop"}));  // the base first
    EXPECT_EQ(scenario.projects[0].pipelines[0].jobs[1].flake.first, 0);
    EXPECT_EQ(scenario.projects[0].pipelines[0].jobs[1].duration.a, 7200);
    EXPECT_EQ(scenario.load.replay->file, "../week/load.csv");  // the base's file stands where the base stands
    EXPECT_EQ(scenario.resolved.find("extends"), std::string::npos);
}

TEST_F(OnDisk, ExtendsAFileAndAChainOfThem) {
    write("base.json", kBase);
    write("load.csv", "project\n");
    write("over/middle.json", R"({"extends": "../base.json", "replications": 4})");
    write("top.json", R"({"extends": "over/middle.json", "title": "top"})");
    const Loaded loaded = load("top.json");
    ASSERT_TRUE(loaded.scenario) << said(loaded);
    EXPECT_EQ(loaded.scenario->replications, 4);
    EXPECT_EQ(loaded.scenario->title, "top");
    EXPECT_EQ(loaded.scenario->load.replay->file, "load.csv");
}

TEST_F(OnDisk, NamesTheFileInWhichAnErrorStands) {
    write("base.json", "{\"load\": {\"changes\": {}},\n \"jobs\": {\"unit\": {\"duration\": \"9x\"}}}");
    write("top.json", R"({"extends": "base", "title": "top"})");
    EXPECT_EQ(
        said(load("top.json")),
        "base.json:2:32: /jobs/unit/duration: \"9x\" is not a time: \"x\" is not one of its units (us ms s m h d w)\n"
        "  a time (\"9m\") or a distribution; see: gatesim describe /jobs/*/duration\n");
}

TEST_F(OnDisk, FindsCircles) {
    write("a.json", R"({"extends": "b.json"})");
    write("b.json", R"({"extends": "./a.json"})");
    const Loaded loaded = load("a.json");
    EXPECT_EQ(said(loaded),
              "b.json:1:13: /extends: \"a.json\" extends itself through this\n  a chain of files that ends; see: "
              "gatesim describe /extends\n");
    EXPECT_EQ(loaded.exit_code(), 2);
}

TEST_F(OnDisk, ASyntaxErrorOfABaseIsTheBases) {
    write("base.json", "{");
    write("top.json", R"({"extends": "base.json"})");
    EXPECT_EQ(load("top.json").diagnostics.at(0).file, (root_ / "base.json").string());
}

TEST_F(OnDisk, WhatCanNotBeReadIsExitFour) {
    write("week/scenario.json", kBase);
    write("nothing/notes.md", "");
    EXPECT_EQ(load("weak").exit_code(), 4);
    EXPECT_EQ(said(load("weak")), "weak: cannot read it: No such file or directory; did you mean \"week\"?\n");
    EXPECT_EQ(said(load("nothing")), "nothing: cannot read it: the folder holds no scenario.json\n");
    EXPECT_EQ(load("").exit_code(), 4);
    EXPECT_EQ(load("week").exit_code(), 4);  // its load file is missing
}

TEST_F(OnDisk, ReadsAPipe) {
    const std::string pipe = (root_ / "pipe.json").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const pid_t writer = ::fork();
    if (writer == 0) {
        std::ofstream(pipe) << R"({"load": {"changes": {}}, "jobs": {"unit": {"duration": "9m"}}})";
        ::_exit(0);
    }
    const Loaded loaded = load("pipe.json");
    EXPECT_TRUE(loaded.scenario) << said(loaded);
}

TEST_F(OnDisk, RefusesMoreThanSixteenMebibytes) {
    write("large.json", std::string((16 << 20) + 1, ' '));
    const Loaded loaded = load("large.json");
    EXPECT_EQ(said(loaded),
              "large.json: the scenario is larger than 16 MiB\n  a long list of changes belongs in a load file "
              "(load.replay)\n");
    EXPECT_EQ(loaded.exit_code(), 2);
}

// A chain may be 16 files long: one more is too long, which is no circle.
TEST_F(OnDisk, AChainOfFilesMayBeTooLong) {
    write("0.json", kBase);
    write("week/load.csv", "project\n");
    write("load.csv", "project\n");
    for (int i = 1; i <= 16; ++i)
        write(std::to_string(i) + ".json", "{\"extends\": \"" + std::to_string(i - 1) + ".json\"}");
    EXPECT_TRUE(load("15.json").scenario) << said(load("15.json"));
    const Loaded loaded = load("16.json");
    EXPECT_NE(said(loaded).find("1.json:1:13: /extends: with \"0.json\" more than 16 files extend each other in a row\n"
                                "  a chain of at most 16 files"),
              std::string::npos)
        << said(loaded);
    EXPECT_EQ(loaded.exit_code(), 2);
}

TEST_F(OnDisk, TheHashFollowsTheContentOfFiles) {
    write("week/scenario.json", kBase);
    write("week/load.csv", "project\n");
    const std::string before = load("week").scenario->sha256;
    EXPECT_EQ(load("week").scenario->sha256, before);
    write("week/load.csv", "project \n");
    EXPECT_NE(load("week").scenario->sha256, before);
}

TEST_F(OnDisk, CommentsAndLayoutDoNotChangeTheHash) {
    write("a/scenario.json", R"({"load": {"changes": {}}, "jobs": {"unit": {"duration": "9m"}}})");
    write("b/scenario.json",
          "// same\n{\"$schema\": \"x\", \"load\":{\"changes\":{}},\n\"jobs\":{\"unit\":{\"duration\":\"9m\"/**/}}}");
    EXPECT_EQ(load("a").scenario->sha256, load("b").scenario->sha256);
}

TEST_F(OnDisk, TheResolvedDocumentLoadsToItself) {
    write("week/scenario.json", kBase);
    write("week/load.csv", "project\n");
    const Loaded first = load("week");
    const Loaded again = load_scenario_text(first.scenario->resolved, "week.json", (root_ / "week").string(), options_);
    ASSERT_TRUE(again.scenario) << said(again);
    EXPECT_EQ(again.scenario->resolved, first.scenario->resolved);
    EXPECT_EQ(again.scenario->sha256, first.scenario->sha256);
}

}  // namespace
}  // namespace gatesim
