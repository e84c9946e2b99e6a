// The gate against the record: every case must give exactly the builds, reports, merges, windows and changes that Zuul
// gave.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "conformance/case.hpp"

namespace gatesim {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Json> cases(const std::string& file) {
    std::ifstream in(std::string(GATESIM_CASES) + "/" + file);
    std::vector<Json> result;
    for (std::string line; std::getline(in, line);) result.push_back(Json::parse(line));
    return result;
}

/// Builds as a sorted list of texts, without run numbers and key order.
std::vector<std::string> builds(const Json& list) {
    std::vector<std::string> result;
    for (Json build : list) {
        build.erase("run");
        result.push_back(nlohmann::json(build).dump());
    }
    std::sort(result.begin(), result.end());
    return result;
}

void expect_as_recorded(const Json& recorded) {
    SCOPED_TRACE(recorded["name"].get<std::string>());
    const Json got = run_case(recorded["scenario"]);
    const Json& want = recorded["expected"];
    EXPECT_EQ(builds(got["builds"]), builds(want["builds"]));
    for (const char* key : {"reports", "merged", "windows", "changes"})
        EXPECT_EQ(nlohmann::json(got[key]), nlohmann::json(want[key])) << key;
    EXPECT_EQ(got["stuck"], Json::array());
}

class HandPicked : public testing::TestWithParam<Json> {};

TEST_P(HandPicked, AsRecorded) {
    expect_as_recorded(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Zuul, HandPicked, testing::ValuesIn(cases("hand-picked.jsonl")),
                         [](const auto& info) { return info.param["name"].template get<std::string>(); });

TEST(Random, AllAsRecorded) {
    const std::vector<Json> all = cases("random.jsonl");
    ASSERT_EQ(all.size(), 400u);
    for (const Json& recorded : all) expect_as_recorded(recorded);
}

TEST(Translation, RefusesUnknownKeys) {
    EXPECT_THROW(scenario_of_case(Json::parse(R"({"projects":{},"changes":[],"speed":1})")), std::runtime_error);
}

}  // namespace
}  // namespace gatesim
