#include "learn/state.hpp"

#include <gtest/gtest.h>

namespace gatesim::learn {
namespace {

State some() {
    State out;
    out.track = "bootcamp";
    out.learner = "Ana María Ø";
    out.current = "06-the-reset";
    LessonState& l = out.lessons["06-the-reset"];
    l.phase = Phase::passed;
    l.attempts = 3;
    l.rung = 2;
    l.revision = 4;
    l.started = 1700000000;
    l.passed = 1700000600;
    l.predictions["waste"] = "about half";
    out.lessons["00-warm-up"].phase = Phase::gave_up;
    return out;
}

TEST(State, WhatIsWrittenIsReadAgain) {
    const std::string text = state_text(some());
    const auto read = parse_state(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(state_text(*read), text);
    EXPECT_EQ(read->learner, "Ana María Ø");
    EXPECT_EQ(read->of("06-the-reset").predictions.at("waste"), "about half");
    EXPECT_EQ(read->of("00-warm-up").phase, Phase::gave_up);
    EXPECT_EQ(read->of("never").phase, Phase::fresh);
}

TEST(State, WhatCanNotBeUnderstoodIsNothing) {
    const std::string good = state_text(some());
    EXPECT_FALSE(parse_state(""));
    EXPECT_FALSE(parse_state("{}"));
    EXPECT_FALSE(parse_state("gatesim lessons, format 2\ntrack x\nlearner y\n"));
    EXPECT_FALSE(parse_state(good + "lesson 07 is=perfect\n"));
    EXPECT_FALSE(parse_state(good + "lesson 07 attempts=many\n"));
    EXPECT_FALSE(parse_state(good + "lesson 07 hints=9\n"));
    EXPECT_FALSE(parse_state(good + "lesson 07 attempts=2147483647\n")) << "one more would overflow";
    EXPECT_FALSE(parse_state(good + "lesson 07 begun=9223372036854775807\n"));
    EXPECT_FALSE(parse_state(good + "<<<<<<< a merge gone wrong\n"));
    for (std::size_t cut = 0; cut < good.size(); cut += 3) parse_state(good.substr(0, cut));  // must not crash
}

}  // namespace
}  // namespace gatesim::learn
