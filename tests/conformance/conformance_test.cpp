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

std::string test_name(const testing::TestParamInfo<Json>& info) {
    std::string name = info.param["name"];
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Zuul, HandPicked, testing::ValuesIn(cases("hand-picked.jsonl")), test_name);
INSTANTIATE_TEST_SUITE_P(Corners, HandPicked, testing::ValuesIn(cases("corners.jsonl")), test_name);

class Random : public testing::TestWithParam<std::pair<const char*, std::size_t>> {};

TEST_P(Random, AllAsRecorded) {
    const auto& [file, number] = GetParam();
    const std::vector<Json> all = cases(file);
    ASSERT_EQ(all.size(), number);
    for (const Json& recorded : all) expect_as_recorded(recorded);
}

INSTANTIATE_TEST_SUITE_P(Zuul, Random,
                         testing::Values(std::pair("random.jsonl", 400u), std::pair("random-b.jsonl", 379u)));

TEST(Translation, RefusesUnknownKeys) {
    EXPECT_THROW(scenario_of_case(Json::parse(R"({"projects":{},"changes":[],"speed":1})")), std::runtime_error);
}

}  // namespace
}  // namespace gatesim
