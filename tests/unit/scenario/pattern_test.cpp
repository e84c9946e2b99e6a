// Regular expressions against std::regex, which knows the same syntax, and against what it cannot bear.
#include <gtest/gtest.h>

#include <random>
#include <regex>

#include "model/pattern_text.hpp"

namespace gatesim {
namespace {

bool matches(const std::string& expression, const std::string& text) {
    std::string problem;
    const auto pattern = compile_pattern(expression, problem);
    EXPECT_TRUE(pattern) << expression << ": " << problem;
    return pattern && pattern->matches(text);
}

std::string problem_of(const std::string& expression) {
    std::string problem;
    EXPECT_FALSE(compile_pattern(expression, problem)) << expression;
    return problem;
}

TEST(Pattern, MatchesFromTheStartAndNotToTheEnd) {
    EXPECT_TRUE(matches("src/", "src/a.cpp"));
    EXPECT_FALSE(matches("src/", "a/src/a.cpp"));
    EXPECT_TRUE(matches(".*\\.py$", "nova/api.py"));
    EXPECT_FALSE(matches(".*\\.py$", "nova/api.pyc"));
    EXPECT_TRUE(matches("", "anything"));
    EXPECT_TRUE(matches("^$", ""));
    EXPECT_FALSE(matches("^$", "a"));
}

TEST(Pattern, KnowsLookaheadCountsClassesAndEdges) {
    EXPECT_TRUE(matches("^(?!stable/(folsom|grizzly)).*$", "master"));
    EXPECT_FALSE(matches("^(?!stable/(folsom|grizzly)).*$", "stable/grizzly"));
    EXPECT_TRUE(matches("(?=.*b)a", "aab"));
    EXPECT_FALSE(matches("(?=.*b)a", "aaa"));
    EXPECT_TRUE(matches("^a{2,3}$", "aaa"));
    EXPECT_FALSE(matches("^a{2,3}$", "aaaa"));
    EXPECT_TRUE(matches("[^/]+/\\d+[a-f-]\\x2Fe", "ab/10-/e"));
    EXPECT_TRUE(matches("caf(\\u00E9|e)$", "caf\u00e9"));
    EXPECT_TRUE(matches(".*\\bapi\\b", "nova/api.py"));
    EXPECT_FALSE(matches(".*\\bapi\\b", "nova/apis"));
}

TEST(Pattern, SaysWhatIsWrong) {
    EXPECT_EQ(problem_of("(docs"), "a ( without its )");
    EXPECT_EQ(problem_of("docs)"), "a ) without its ( (before character 5)");
    EXPECT_EQ(problem_of("*.py"), "nothing to repeat before it (before character 1)");
    EXPECT_EQ(problem_of("[a-"), "a [ without its ]");
    EXPECT_EQ(problem_of("[z-a]"), "a range that ends before it begins (before character 5)");
    EXPECT_EQ(problem_of("a{3,2}b"), "a count that ends before it begins (before character 7)");
    EXPECT_EQ(problem_of("(a)\\1"), "back references are not supported");
    EXPECT_EQ(problem_of("(?<=a)b"), "a group begins with (, (?:, (?= or (?! (before character 2)");
    EXPECT_EQ(problem_of("\\q"), "\\q means nothing");
}

TEST(Pattern, NothingHangsOrEndsTheProgram) {
    const std::string text(4096, 'a');
    EXPECT_TRUE(matches("^(a+)+$", text));
    EXPECT_FALSE(matches("^(a+)+$", text + "b"));
    EXPECT_FALSE(matches("((?=((?=((?=.*x|.).)*).)*).)*y", text));
    EXPECT_FALSE(matches("(((((((((a*)*)*)*)*)*)*)*)*)*b", text));
    EXPECT_FALSE(matches("(a?){300}(a?){30}b", text));
    EXPECT_TRUE(matches(".*a", std::string(1 << 20, 'a')));
    EXPECT_TRUE(matches(std::string(140, '(') + "a*" + std::string(140, ')') + "*", text));
    for (const char* bomb :
         {"(a?){16000}", "(((a{1,99}){1,99}){1,99}){1,99}", "((){99999}){99999}x{99999}", "a{99999999999999999999}"}) {
        EXPECT_NE(problem_of(bomb).find("too large"), std::string::npos) << bomb;
    }
}

/// A random expression of what both know. std::regex has its own ideas of ^, \\b and \\B inside a lookahead.
std::string random_expression(std::mt19937& chance, int depth) {
    static constexpr const char* kAtoms[] = {"a", "b", ".", "[ab]", "[^a]", "\\w", "\\W", "/", "$", "\\d"};
    static constexpr const char* kAgain[] = {"*", "+", "?", "{2}", "{1,3}", "{0,2}", "*?", "{2,}"};
    const auto inner = [&] { return random_expression(chance, depth - 1); };
    switch (chance() % (depth > 0 ? 8 : 3)) {
        case 3:
            return inner() + inner();
        case 4:
            return "(" + inner() + "|" + inner() + ")";
        case 5:
            return "(" + inner() + ")" + kAgain[chance() % std::size(kAgain)];
        case 6:
            return "(?=" + inner() + ")" + inner();
        case 7:
            return "(?!" + inner() + ")" + inner();
        default:
            return kAtoms[chance() % std::size(kAtoms)];
    }
}

TEST(Pattern, AgreesWithTheStandardLibrary) {
    std::mt19937 chance(1);
    for (int i = 0; i < 3000; ++i) {
        const std::string expression = random_expression(chance, 3);
        const std::regex reference(expression);
        for (int k = 0; k < 8; ++k) {
            std::string text;
            for (std::size_t n = chance() % 7; n > 0; --n) text += "ab/ 1"[chance() % 5];
            EXPECT_EQ(matches(expression, text),
                      std::regex_search(text, reference, std::regex_constants::match_continuous))
                << expression << " on \"" << text << '"';
        }
    }
}

}  // namespace
}  // namespace gatesim
