// The schema and the loader are made from one table; an independent validator confirms that they agree.
#include "scenario/schema.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "unit/scenario/cases.hpp"
#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

class Schema : public ::testing::Test {
protected:
    Schema() {
        const auto document = nlohmann::json::parse(scenario_schema(testing::strategies()));
        valijson::SchemaParser parser;
        const valijson::adapters::NlohmannJsonAdapter adapter(document);
        parser.populateSchema(adapter, schema_);
    }

    bool accepts(const std::string& text) {
        const auto document = nlohmann::json::parse(text, nullptr, true, true);
        valijson::Validator validator;
        const valijson::adapters::NlohmannJsonAdapter adapter(document);
        return validator.validate(schema_, adapter, nullptr);
    }

    valijson::Schema schema_;
};

TEST_F(Schema, AcceptsWhatTheLoaderAccepts) {
    EXPECT_TRUE(accepts(testing::kEverything));
    testing::load_good(testing::kEverything);
    for (const char* keys :
         {R"("strategy": "serial")", R"("pools": {"notes": "none"})", R"("expect": [])",
          R"("period": {"start": "2013-06-24"})", R"("jobs": {"unit": {"duration": "1h 30m", "notes": {"a": [1]}}})",
          R"("observed": {"file": "load.csv"})",
          R"("defaults": {"job": {"semaphore": "db"}, "project": {"gate": ["unit"]}})",
          R"("strategy": {"name": "zuul-wide", "bypass": "10%"})"}) {
        const std::string jobs =
            std::string(keys).find("\"jobs\"") == 0 ? "" : R"(, "jobs": {"unit": {"duration": "9m"}})";
        const std::string document = std::string(R"({"load": {"changes": {}}, )") + keys + jobs + "}";
        EXPECT_TRUE(accepts(document)) << document;
        testing::load_good(document);
    }
}

TEST_F(Schema, RefusesWhatHasTheWrongStructure) {
    const auto cases = testing::read_cases("structure.txt");
    ASSERT_GE(cases.size(), 50u);
    for (const testing::BrokenCase& broken : cases) EXPECT_FALSE(accepts(broken.document)) << broken.name;
}

TEST_F(Schema, AcceptsWhatOnlyMeansNonsense) {
    const auto cases = testing::read_cases("meaning.txt");
    ASSERT_GE(cases.size(), 50u);
    for (const testing::BrokenCase& broken : cases) EXPECT_TRUE(accepts(broken.document)) << broken.name;
}

/// Takes each key of a good document away, or gives it a value of the wrong type: loader and schema must judge alike.
void mutate(const nlohmann::ordered_json& root, const nlohmann::ordered_json::json_pointer& at,
            std::vector<std::string>& out) {
    const auto& here = root[at];
    if (!here.is_structured() || at.to_string().find("notes") != std::string::npos) return;
    std::vector<std::string> keys;
    for (const auto& item : here.items()) keys.push_back(item.key());
    for (const std::string& key : keys) {
        auto without = root;
        if (here.is_object()) {
            without[at].erase(key);
            out.push_back(without.dump());
        }
        for (const auto& wrong :
             {nlohmann::ordered_json(-1), nlohmann::ordered_json(""), nlohmann::ordered_json(nullptr),
              nlohmann::ordered_json::array(), nlohmann::ordered_json::object(), nlohmann::ordered_json(true),
              nlohmann::ordered_json("\x01")}) {
            auto changed = root;
            if (here.is_object()) {
                changed[at][key] = wrong;
            } else {
                changed[at][std::stoul(key)] = wrong;
            }
            out.push_back(changed.dump());
        }
        mutate(root, at / key, out);
    }
}

TEST_F(Schema, AgreesWithTheLoaderOnEverySmallChange) {
    std::vector<std::string> documents;
    mutate(nlohmann::ordered_json::parse(testing::kEverything), nlohmann::ordered_json::json_pointer(""), documents);
    ASSERT_GT(documents.size(), 1000u);
    LoadOptions options;
    options.strategies = testing::strategies();
    std::size_t refused = 0;
    for (const std::string& document : documents) {
        const Loaded loaded = load_scenario_text(document, "m.json", SCENARIO_TESTS "/data", options);
        const bool accepted = accepts(document);
        // What the schema refuses the loader must refuse; the loader knows more (names, units' ranges) and may refuse
        // more.
        if (!accepted) {
            ++refused;
            EXPECT_FALSE(loaded.scenario.has_value()) << document;
        }
    }
    EXPECT_GT(refused, documents.size() / 2);
}

TEST_F(Schema, TreatsAScenarioThatExtendsAsAPatch) {
    EXPECT_TRUE(accepts(
        R"({"extends": "base", "jobs": {"unit": {"flake": null}, "full": null}, "load": {"replay": {"enqueue": {"minus": "1m"}}}})"));
    EXPECT_TRUE(accepts(R"({"extends": "base"})"));
    EXPECT_FALSE(accepts(R"({"extends": "base", "jobs": {"unit": {"flak": null}}})"));
    EXPECT_FALSE(accepts(R"({"extends": "base", "replications": "many"})"));
}

}  // namespace
}  // namespace gatesim
