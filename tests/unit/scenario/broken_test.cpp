// Every broken scenario gives exactly the message that its case states, and nothing else.
#include <gtest/gtest.h>

#include <filesystem>

#include "scenario/load_scenario.hpp"
#include "unit/scenario/cases.hpp"
#include "unit/scenario/strategies.hpp"

namespace gatesim {
namespace {

class Broken : public ::testing::TestWithParam<testing::BrokenCase> {};

TEST_P(Broken, SaysSo) {
    LoadOptions options;
    options.sets = GetParam().sets;
    options.strategies = testing::strategies();
    options.metric_names = {"gate_time_s.p95", "landed", "waste_share"};
    const Loaded loaded = load_scenario_text(GetParam().document, "my.json", SCENARIO_TESTS "/data", options);
    EXPECT_FALSE(loaded.scenario.has_value());
    EXPECT_EQ(loaded.exit_code(), GetParam().exit_code);
    // Messages about files name them with their folder, which differs from machine to machine.
    std::string said = text(loaded.diagnostics);
    const std::string folder = SCENARIO_TESTS "/data/";
    for (auto at = said.find(folder); at != std::string::npos; at = said.find(folder)) said.erase(at, folder.size());
    EXPECT_EQ(said, GetParam().message);
}

std::string test_name(const ::testing::TestParamInfo<testing::BrokenCase>& info) {
    std::string out;
    for (const char c : info.param.name) out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return out;
}

INSTANTIATE_TEST_SUITE_P(Syntax, Broken, ::testing::ValuesIn(testing::read_cases("syntax.txt")), test_name);
INSTANTIATE_TEST_SUITE_P(Structure, Broken, ::testing::ValuesIn(testing::read_cases("structure.txt")), test_name);
INSTANTIATE_TEST_SUITE_P(Meaning, Broken, ::testing::ValuesIn(testing::read_cases("meaning.txt")), test_name);

TEST(BrokenCorpus, IsLargeAndDistinct) {
    std::vector<std::string> messages;
    for (const char* file : {"syntax.txt", "structure.txt", "meaning.txt"}) {
        for (const testing::BrokenCase& broken : testing::read_cases(file))
            messages.push_back(broken.message.substr(broken.message.find(' ')));
    }
    std::sort(messages.begin(), messages.end());
    const auto distinct = std::unique(messages.begin(), messages.end()) - messages.begin();
    EXPECT_GE(distinct, 90);
}

}  // namespace
}  // namespace gatesim
