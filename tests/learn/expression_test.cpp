#include "learn/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "study/verify/theory.hpp"

namespace gatesim::learn {
namespace {

Value named(const std::string& name) {
    if (name == "x") return Value::of(3);
    if (name == "answer.which-one") return {std::nullopt, "b"};
    if (name == "wide:landed_per_day") return Value::of(120);
    return {};
}

std::optional<double> value(const std::string& text) {
    std::string problem;
    const auto e = Expression::parse(text, problem);
    EXPECT_TRUE(e) << text << ": " << problem;
    return e ? e->value(named).number : std::nullopt;
}

std::string problem_of(const std::string& text) {
    std::string problem;
    EXPECT_FALSE(Expression::parse(text, problem)) << text;
    return problem;
}

TEST(Expression, Arithmetic) {
    EXPECT_DOUBLE_EQ(*value("1 + 2 * 3"), 7);
    EXPECT_DOUBLE_EQ(*value("(1 + 2) * 3"), 9);
    EXPECT_DOUBLE_EQ(*value("10 - 4 - 3"), 3);
    EXPECT_DOUBLE_EQ(*value("12 / 4 / 3"), 1);
    EXPECT_DOUBLE_EQ(*value("2 ^ 3 ^ 2"), 512) << "powers bind to the right";
    EXPECT_DOUBLE_EQ(*value("-2 ^ 2"), -4);
    EXPECT_DOUBLE_EQ(*value("1 - (1 - 2%) ^ 10"), 1 - std::pow(0.98, 10));
}

TEST(Expression, Quantities) {
    EXPECT_DOUBLE_EQ(*value("2.5h"), 9000);
    EXPECT_DOUBLE_EQ(*value("1h30m"), 5400);
    EXPECT_DOUBLE_EQ(*value("5%"), 0.05);
    EXPECT_DOUBLE_EQ(*value("2 * day / hour"), 48);
    EXPECT_DOUBLE_EQ(read_quantity("60/h").value(), 1.0 / 60);
    EXPECT_FALSE(read_quantity("soon"));
}

TEST(Expression, ComparisonsAndLogic) {
    EXPECT_EQ(*value("x < 4 and x >= 3"), 1);
    EXPECT_EQ(*value("x == 4 or not x > 3"), 1);
    EXPECT_EQ(*value("answer.which-one == 'b'"), 1);
    EXPECT_EQ(*value("answer.which-one != 'b'"), 0);
}

TEST(Expression, NamesAndFunctions) {
    EXPECT_DOUBLE_EQ(*value("0.85 * wide:landed_per_day"), 102);
    EXPECT_DOUBLE_EQ(*value("min(x, 2) + max(x, 2)"), 5);
    EXPECT_DOUBLE_EQ(*value("erlang_c(50, 40)"), theory::erlang_c(50, 40));
    EXPECT_DOUBLE_EQ(*value("resolved_per_round(0, 20)"), 20) << "the limit without failures";
    std::string problem;
    const auto e = Expression::parse("x + wide:landed_per_day + x", problem);
    EXPECT_EQ(e->names(), (std::vector<std::string>{"x", "wide:landed_per_day"}));
}

TEST(Expression, WhatIsUndefinedStaysSo) {
    EXPECT_FALSE(value("nothing + 1"));
    EXPECT_FALSE(value("1 / 0"));
    EXPECT_FALSE(value("erlang_c(10, 12)")) << "no steady state";
    EXPECT_EQ(*value("nothing > 1 or x == 3"), 1);
}

TEST(Expression, MistakesAreExplained) {
    EXPECT_NE(problem_of("1 +").find("ends"), std::string::npos);
    EXPECT_NE(problem_of("(1 + 2").find(") is missing"), std::string::npos);
    EXPECT_NE(problem_of("erlagn_c(1, 2)").find("did you mean erlang_c?"), std::string::npos);
    EXPECT_NE(problem_of("min(1)").find("takes 2 values"), std::string::npos);
    EXPECT_NE(problem_of("3 parsecs").find("does not belong"), std::string::npos);
    EXPECT_NE(problem_of(std::string(500, '(')).find("too deep"), std::string::npos);
}

}  // namespace
}  // namespace gatesim::learn
