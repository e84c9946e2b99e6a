// What `describe` says about the keys of a scenario.
#include "scenario/describe.hpp"

#include <gtest/gtest.h>

#include <set>

#include "unit/scenario/strategies.hpp"

namespace gatesim {
namespace {

TEST(Describe, KnowsEveryPlace) {
    const std::vector<std::string> pointers = all_pointers();
    EXPECT_GT(pointers.size(), 150u);
    EXPECT_EQ(std::set<std::string>(pointers.begin(), pointers.end()).size(), pointers.size());
    for (const std::string& pointer : pointers) {
        const auto said = describe_pointer(pointer, testing::strategies());
        ASSERT_TRUE(said) << pointer;
        EXPECT_EQ(said->rfind(pointer, 0), 0u) << pointer;
    }
}

TEST(Describe, TakesNamesForStars) {
    EXPECT_EQ(describe_pointer("/jobs/unit/flake", {}),
              "/jobs/*/flake\n\nChance that a run fails although nothing is wrong with what it tests.\n\n"
              "Value: a share from 0% to 100% (\"2%\")\nDefault: 0%\n");
    EXPECT_EQ(describe_pointer("/jobs/unit/flake", {}), describe_pointer("/jobs/*/flake", {}));
}

TEST(Describe, ListsStrategies) {
    const auto said = describe_pointer("/strategy", testing::strategies());
    ASSERT_TRUE(said);
    EXPECT_NE(said->find("zuul-wide  everything at once (preset of zuul)"), std::string::npos);
}

TEST(Describe, SaysNothingAboutNothing) {
    EXPECT_FALSE(describe_pointer("/jobs/*/weather", {}));
    EXPECT_FALSE(describe_pointer("jobs", {}));
    EXPECT_FALSE(describe_pointer("/jobs/unit/flake/more", {}));
    EXPECT_EQ(nearest_pointer("/jobs/*/flak"), "/jobs/*/flake");
    EXPECT_EQ(nearest_pointer("/pools/our~1machines/node"), "/pools/our~1machines/nodes");
    EXPECT_EQ(nearest_pointer("/pools/our-build-machines/node"), "/pools/our-build-machines/nodes");
}

}  // namespace
}  // namespace gatesim
