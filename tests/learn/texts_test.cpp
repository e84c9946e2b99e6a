#include "learn/texts.hpp"

#include "support.hpp"

namespace gatesim::learn {
namespace {

TEST(Texts, TokensAreFilled) {
    const LessonCopy copy;
    const Lesson lesson = copy.read();
    const Figures figures = {{"price", {"4.2 h", "4.2", "4.2 h ± 0.1 (95 %, n = 30)"}},
                             {"price@10%", {"6 h", "6", "6 h"}}};
    const Texts texts(lesson, {"tools/gatesim", "here", 3, "ana"}, figures);
    EXPECT_EQ(texts.fill("{{gatesim}} in {{dir}} for {{name}}, seed {{seed}}"),
              "tools/gatesim in here for ana, seed 3");
    EXPECT_EQ(texts.fill("{{golden.price}}, {{golden.price.number}}, {{golden.price.interval}}"),
              "4.2 h, 4.2, 4.2 h ± 0.1 (95 %, n = 30)");
    EXPECT_EQ(texts.fill("{{golden.price@10%}}"), "6 h");
    EXPECT_EQ(texts.fill("{{scenario./load/arrivals/rate}}, {{=24}}"), "2/h, 24");
    std::vector<std::string> unknown;
    EXPECT_EQ(texts.fill("{{golden.prize}} {{", &unknown), "{{golden.prize}} {{");
    EXPECT_EQ(unknown, std::vector<std::string>{"golden.prize"});
}

TEST(Texts, NumbersThatWereTyped) {
    const auto typed = [](const std::string& text) { return typed_numbers(text, "window 40, 2.5"); };
    EXPECT_EQ(typed("between 18.3 and 21 a day"), (std::vector<std::string>{"18.3", "21"}));
    EXPECT_TRUE(typed("a window of 40, 2.5 h, and twelve or 12").empty());
    EXPECT_TRUE(typed("`42` and {{=99}} and {{golden.x@80}}").empty());
    EXPECT_TRUE(typed("```\nseed 1234\n```").empty());
    EXPECT_TRUE(typed("13. a list\n14. goes on").empty());
    EXPECT_TRUE(typed("web-104 and v23").empty()) << "names";
    EXPECT_EQ(typed("2013 was long ago"), std::vector<std::string>{"2013"});
    EXPECT_EQ(typed("0.5 is not a whole number"), std::vector<std::string>{"0.5"});
}

}  // namespace
}  // namespace gatesim::learn
