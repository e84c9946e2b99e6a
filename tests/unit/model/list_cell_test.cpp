#include "model/list_cell.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

TEST(ListCell, GivesBackAnyNameAsItWas) {
    const std::vector<std::string> names = {"C1", "fix the login", "100 % done", "a%20b", "über\tall",
                                            "%",  "x%4",           "\n"};
    std::string cell;
    for (const std::string& name : names) add_to_list(cell, name);
    EXPECT_EQ(names_in(cell), names);
    EXPECT_EQ(cell.substr(0, 20), "C1 fix%20the%20login");
}

TEST(ListCell, TakesWhatIsNoCodeAsItStands) {
    EXPECT_EQ(names_in("a%zz  b% %2"), (std::vector<std::string>{"a%zz", "b%", "%2"}));
    EXPECT_TRUE(names_in("").empty());
}

}  // namespace
}  // namespace gatesim
