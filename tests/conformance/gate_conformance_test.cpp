// Tide and bors-ng against the record: every case must give exactly the tests, landings and ejections that the real
// decision code gave, times included.
#include <gtest/gtest.h>

#include <fstream>

#include "conformance/gate_case.hpp"

namespace gatesim {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Json> gate_cases(const std::string& file) {
    std::ifstream in(std::string(GATESIM_CASES) + "/" + file);
    std::vector<Json> result;
    for (std::string line; std::getline(in, line);) result.push_back(Json::parse(line));
    return result;
}

void expect_as_recorded(const Json& recorded) {
    SCOPED_TRACE(recorded["name"].get<std::string>());
    const auto got = comparable(run_gate_case(recorded["scenario"]));
    const auto want = comparable(recorded["expected"]);
    for (const char* key : {"tests", "landed", "ejected"}) EXPECT_EQ(got[key], want[key]) << key;
}

class GateRule : public testing::TestWithParam<Json> {};

TEST_P(GateRule, AsRecorded) {
    expect_as_recorded(GetParam());
}

std::string name_of_rule(const testing::TestParamInfo<Json>& info) {
    std::string name = info.param["name"];
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Tide, GateRule, testing::ValuesIn(gate_cases("tide-hand-picked.jsonl")), name_of_rule);
INSTANTIATE_TEST_SUITE_P(BorsNg, GateRule, testing::ValuesIn(gate_cases("bors-ng-hand-picked.jsonl")), name_of_rule);

TEST(RandomOfTide, AllAsRecorded) {
    const std::vector<Json> all = gate_cases("tide-random.jsonl");
    ASSERT_EQ(all.size(), 300u);
    for (const Json& recorded : all) expect_as_recorded(recorded);
}

TEST(RandomOfBorsNg, AllAsRecorded) {
    const std::vector<Json> all = gate_cases("bors-ng-random.jsonl");
    ASSERT_EQ(all.size(), 300u);
    for (const Json& recorded : all) expect_as_recorded(recorded);
}

TEST(GateTranslation, RefusesUnknownKeys) {
    EXPECT_THROW(scenario_of_gate_case(Json::parse(R"({"sync_period":60,"speed":1})")), std::runtime_error);
}

}  // namespace
}  // namespace gatesim
