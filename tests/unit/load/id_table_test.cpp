#include "load/id_table.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gatesim {
namespace {

TEST(IdTable, finds_every_id_by_its_text_and_nothing_else) {
    IdTable table;
    std::vector<std::string> names;
    const auto find = [&](const std::string& text) {
        return table.find(text, [&](std::uint32_t id) { return names[id] == text; });
    };
    EXPECT_EQ(find("nova/I0/master"), nullptr);
    for (std::uint32_t id = 0; id < 10'000; ++id) {
        names.push_back("nova/I" + std::to_string(id) + "/master");
        ASSERT_EQ(find(names.back()), nullptr);
        table.insert(names.back(), id);
    }
    for (std::uint32_t id = 0; id < names.size(); ++id) {
        ASSERT_NE(find(names[id]), nullptr) << names[id];
        EXPECT_EQ(*find(names[id]), id);
    }
    EXPECT_EQ(find("nova/I10000/master"), nullptr);
}

TEST(IdTable, an_id_may_be_overwritten_by_one_of_the_same_text) {
    IdTable table;
    const auto any = [](std::uint32_t) { return true; };
    table.insert("I1", 7);
    *table.find("I1", any) = 9;
    EXPECT_EQ(*table.find("I1", any), 9u);
}

}  // namespace
}  // namespace gatesim
