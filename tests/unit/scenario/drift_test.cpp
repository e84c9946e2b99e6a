// The schema under scenarios/schema/ is what the field table and the strategies say today.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "scenario/load_scenario.hpp"
#include "scenario/schema.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

std::string content(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST(Schema, CheckedInFileIsUpToDate) {
    const std::string schema = scenario_schema(strategy_descriptions());
    if (std::getenv("GATESIM_WRITE_SCHEMA") != nullptr) std::ofstream(SCENARIOS "/schema/scenario.json") << schema;
    EXPECT_TRUE(content(SCENARIOS "/schema/scenario.json") == schema)
        << "out of date; write it anew: GATESIM_WRITE_SCHEMA=1 schema_drift_test";
}

/// The folders of scenarios/ that hold a scenario.
std::vector<std::filesystem::path> scenarios() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(SCENARIOS)) {
        const bool holds = std::filesystem::exists(entry.path() / "scenario.json");
        if (holds && entry.path().filename() != "schema") out.push_back(entry.path());
    }
    return out;
}

TEST(Schema, EveryScenarioOfTheProjectLoads) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    ASSERT_FALSE(scenarios().empty());
    for (const auto& folder : scenarios()) {
        const Loaded loaded = load_scenario(folder.string(), options);
        EXPECT_TRUE(loaded.scenario.has_value()) << text(loaded.diagnostics);
    }
}

TEST(Schema, EveryScenarioOfTheProjectKeepsToIt) {
    const auto document = nlohmann::json::parse(content(SCENARIOS "/schema/scenario.json"));
    valijson::Schema schema;
    valijson::SchemaParser parser;
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    parser.populateSchema(adapter, schema);
    for (const auto& folder : scenarios()) {
        const auto scenario = nlohmann::json::parse(content(folder / "scenario.json"), nullptr, true, true);
        valijson::Validator validator;
        const valijson::adapters::NlohmannJsonAdapter target(scenario);
        EXPECT_TRUE(validator.validate(schema, target, nullptr)) << folder;
    }
}

TEST(Registry, FindsByNameWhatItLists) {
    for (const StrategyDescription& listed : strategy_descriptions()) {
        const auto found = find_strategy(listed.name);
        ASSERT_TRUE(found) << listed.name;
        EXPECT_EQ(found->summary, listed.summary);
        EXPECT_EQ(found->preset_of, listed.preset_of);
        ASSERT_EQ(found->parameters.size(), listed.parameters.size());
        for (std::size_t i = 0; i < listed.parameters.size(); ++i)
            EXPECT_EQ(found->parameters[i].value, listed.parameters[i].value)
                << listed.name << " " << listed.parameters[i].name;
    }
    EXPECT_FALSE(find_strategy("zull"));
    EXPECT_FALSE(find_strategy(""));
}

}  // namespace
}  // namespace gatesim
