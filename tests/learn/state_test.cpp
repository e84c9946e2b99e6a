#include "learn/state.hpp"

#include <gtest/gtest.h>

#include <algorithm>

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

std::vector<std::size_t> lost_in(const std::string& text) {
    std::vector<std::size_t> lost;
    parse_state(text, lost);
    return lost;
}

State read(const std::string& text) {
    std::vector<std::size_t> ignored;
    return parse_state(text, ignored);
}

TEST(State, WhatIsWrittenIsReadAgain) {
    const std::string text = state_text(some());
    EXPECT_TRUE(lost_in(text).empty());
    const State again = read(text);
    EXPECT_EQ(state_text(again), text);
    EXPECT_EQ(again.learner, "Ana María Ø");
    EXPECT_EQ(again.of("06-the-reset").predictions.at("waste"), "about half");
    EXPECT_EQ(again.of("00-warm-up").phase, Phase::gave_up);
    EXPECT_EQ(again.of("never").phase, Phase::fresh);
}

TEST(State, ABadLineLosesOnlyItself) {
    const std::string good = state_text(some());
    const auto lines = static_cast<std::size_t>(std::count(good.begin(), good.end(), '\n'));
    for (const char* bad : {"lesson 07 is=perfect", "lesson 07 attempts=many", "lesson 07 hints=9", "lesson 07",
                            "lesson 07 attempts=2147483647", "lesson 07 begun=9223372036854775807",
                            "<<<<<<< a merge gone wrong", "predicted 07", "learner \xff", "predicted 07 x \xc0\xaf"}) {
        EXPECT_EQ(lost_in(good + bad + "\n"), std::vector<std::size_t>{lines + 1}) << bad;
        EXPECT_EQ(state_text(read(good + bad + "\n")), good) << bad;
    }
    EXPECT_EQ(read(good + "lesson 07 is=passed attempts=many\n").of("07").phase, Phase::passed)
        << "one part of a line does not take the others along";
}

TEST(State, EveryLineThatIsDamagedLeavesTheOthersAlone) {
    const std::string good = state_text(some());
    const std::string pass =
        "lesson 06-the-reset is=passed attempts=3 hints=2 revision=4 begun=1700000000 done=1700000600";
    ASSERT_NE(good.find(pass), std::string::npos);
    for (std::size_t at = 0; at < good.size(); ++at) {
        if (at >= good.find(pass) && at <= good.find(pass) + pass.size()) continue;  // that line itself
        if (good[at] == '\n' || (at > 0 && at - 1 == good.find(pass) + pass.size())) continue;
        std::string damaged = good;
        damaged[at] = '\xff';
        EXPECT_EQ(read(damaged).of("06-the-reset").phase, Phase::passed) << at;
        EXPECT_EQ(read(damaged).of("06-the-reset").attempts, 3) << at;
    }
    for (std::size_t cut = 0; cut < good.size(); ++cut) read(good.substr(0, cut));  // must not crash
}

TEST(State, WhatIsNoProgressFileHoldsNothing) {
    for (const char* text : {"", "{}", "no progress file at all"}) {
        EXPECT_EQ(lost_in(text), std::vector<std::size_t>{1}) << text;
        EXPECT_TRUE(read(text).lessons.empty() && read(text).learner.empty()) << text;
    }
}

}  // namespace
}  // namespace gatesim::learn
