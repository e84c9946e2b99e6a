// The schema under scenarios/schema/ is what the field table and the strategies say today.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "scenario/schema.hpp"
#include "strategy/registry.hpp"

namespace gatesim {
namespace {

TEST(Schema, CheckedInFileIsUpToDate) {
    const std::string schema = scenario_schema(strategy_descriptions());
    if (std::getenv("GATESIM_WRITE_SCHEMA") != nullptr) std::ofstream(SCHEMA_FILE) << schema;
    std::ifstream in(SCHEMA_FILE);
    std::stringstream content;
    content << in.rdbuf();
    EXPECT_TRUE(content.str() == schema) << "out of date; write it anew: GATESIM_WRITE_SCHEMA=1 schema_drift_test";
}

}  // namespace
}  // namespace gatesim
