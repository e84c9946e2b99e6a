// The jobs that bootcamp-2013 runs are those of the recorded layout, project by project.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "load/csv.hpp"
#include "load/load_file.hpp"
#include "scenario/load_scenario.hpp"

namespace gatesim {
namespace {

const std::string kFolder = GATESIM_SOURCE_DIR "/scenarios/bootcamp-2013/";

/// voting, branch pattern, kind
using Rule = std::tuple<bool, std::string, std::string>;
using Jobs = std::map<std::string, std::map<std::string, Rule>>;

StrategyDescription zuul() {
    StrategyDescription description;
    description.name = "zuul";
    description.parameters = {
        {"window", ParameterKind::count, std::int64_t{20}, 0, 1e6, {}, "how many are tested at once"},
        {"on_failure",
         ParameterKind::choice,
         std::string("nearest-non-failing"),
         0,
         0,
         {"nearest-non-failing", "cancel-behind"},
         "rule"}};
    return description;
}

Scenario load(const std::string& name) {
    LoadOptions options;
    options.strategies = {zuul()};
    Loaded loaded = load_scenario(GATESIM_SOURCE_DIR "/scenarios/" + name, options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    return loaded.scenario ? *loaded.scenario : Scenario{};
}

Jobs recorded() {
    LoadError error;
    const auto csv = CsvStream::open(kFolder + "jobs.csv", error);
    Jobs jobs;
    std::vector<CsvField> row;
    csv->next(row, error);  // the header
    while (csv->next(row, error)) jobs[row[0].text][row[1].text] = {row[3].text == "1", row[4].text, row[6].text};
    EXPECT_EQ(error.text, "");
    return jobs;
}

TEST(Bootcamp2013, runs_the_jobs_of_the_layout) {
    const Scenario scenario = load("bootcamp-2013");
    Jobs jobs;
    for (const Project& project : scenario.projects) {
        ASSERT_EQ(project.pipelines.size(), 1u) << project.name;
        EXPECT_EQ(project.pipelines[0].queue, "integrated") << project.name;
        for (const Job& job : project.pipelines[0].jobs) {
            jobs[project.name][scenario.job_names[job.id]] = {
                job.voting, job.branches.empty() ? "" : job.branches[0].text, job.kinds.empty() ? "" : job.kinds[0]};
        }
    }
    const Jobs layout = recorded();
    EXPECT_EQ(layout.size(), 14u);
    for (const auto& [project, expected] : layout) EXPECT_EQ(jobs[project], expected) << project;
    EXPECT_EQ(jobs.size(), layout.size());
}

TEST(Bootcamp2013, knows_every_project_of_its_load) {
    const Scenario scenario = load("bootcamp-2013");
    LoadError error;
    const auto reader = LoadFileReader::open(kFolder + "load.csv", error);
    for (LoadRow row; reader->next(row, error);) {
        EXPECT_TRUE(std::any_of(scenario.projects.begin(), scenario.projects.end(), [&](const Project& p) {
            return p.name == row.project;
        })) << row.project;
    }
    EXPECT_EQ(scenario.replications, 20);
    ASSERT_TRUE(scenario.load.replay);
    EXPECT_EQ(scenario.load.replay->from, EnqueueFrom::landed);
    EXPECT_EQ(scenario.load.replay->shift, -54 * kMinute);
    EXPECT_EQ(scenario.period.start_unix, 1372032000);
}

TEST(Quickstart, is_a_scenario) {
    const Scenario scenario = load("quickstart");
    ASSERT_TRUE(scenario.load.listed);
    EXPECT_EQ(scenario.load.listed->changes.size(), 7u);
    EXPECT_EQ(scenario.load.listed->events.size(), 1u);
    ASSERT_EQ(scenario.projects.size(), 2u);
    for (const Project& project : scenario.projects) {
        ASSERT_EQ(project.pipelines.size(), 1u);
        EXPECT_EQ(project.pipelines[0].queue, "product");
        EXPECT_EQ(project.pipelines[0].jobs.size(), 3u);
    }
}

}  // namespace
}  // namespace gatesim
