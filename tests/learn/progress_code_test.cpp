#include "learn/progress_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace gatesim::learn {
namespace {

RC_GTEST_PROP(ProgressCode, IsReadAgain, ()) {
    const auto values = *rc::gen::resize(30, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6)));
    RC_PRE(!values.empty() && values.size() <= 30);
    std::vector<Mark> marks;
    for (const int v : values) marks.push_back(static_cast<Mark>(v));
    const auto read = read_progress_code(progress_code(marks), marks.size());
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == marks);
}

RC_GTEST_PROP(ProgressCode, WithAnOpenLessonItHasTwoMoreLettersAndTheSameMarks, ()) {
    const std::vector<Mark> marks(*rc::gen::inRange<std::size_t>(1, 31), Mark::started);
    const OpenNow open{*rc::gen::inRange<std::size_t>(0, marks.size()), *rc::gen::inRange(0, 100'000)};
    const std::string code = progress_code(marks, open);
    RC_ASSERT(read_progress_code(code, marks.size()) == marks);
    const auto letters = [](const std::string& text) {
        return text.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), '-'));
    };
    RC_ASSERT(letters(code) == letters(progress_code(marks)) + 2);
}

TEST(ProgressCode, ALessonIsOpenSinceItsBeginningOrTheLastPass) {
    State state;
    const std::vector<std::string> lessons = {"00-a", "01-b"};
    EXPECT_FALSE(open_now(state, lessons, 1000));
    state.current = "01-b";
    state.lessons["01-b"].phase = Phase::started;
    EXPECT_FALSE(open_now(state, lessons, 1000)) << "nobody knows since when";
    state.lessons["01-b"].started = 300;
    EXPECT_EQ(open_now(state, lessons, 1000)->seconds, 700);
    EXPECT_EQ(open_now(state, lessons, 1000)->lesson, 1u);
    state.lessons["00-a"].passed = 900;
    EXPECT_EQ(open_now(state, lessons, 1000)->seconds, 100);
    EXPECT_EQ(open_now(state, lessons, 0)->seconds, 0) << "a clock that was set back";
    state.lessons["01-b"].phase = Phase::passed;
    EXPECT_FALSE(open_now(state, lessons, 1000));
}

TEST(ProgressCode, EverySlipOfOneLetterAndEverySwapIsNoticed) {
    const std::vector<Mark> marks = {
        Mark::passed, Mark::passed_with_hints,    Mark::gave_up, Mark::started, Mark::passed, Mark::fresh,
        Mark::passed, Mark::passed_with_all_hints};
    const std::string code = progress_code(marks);
    const std::string letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '-') continue;
        for (const char c : letters) {
            std::string other = code;
            other[i] = c;
            if (c == code[i]) continue;
            EXPECT_FALSE(read_progress_code(other, marks.size())) << other;
        }
        for (std::size_t j = i + 1; j < code.size(); ++j) {
            std::string other = code;
            std::swap(other[i], other[j]);
            if (code[j] == '-' || other == code || j + 1 == code.size()) continue;
            EXPECT_FALSE(read_progress_code(other, marks.size())) << other;
        }
    }
}

TEST(ProgressCode, IsReadAsPeopleTypeIt) {
    const std::vector<Mark> marks(12, Mark::passed);
    std::string code = progress_code(marks), typed;
    for (const char c : code)
        if (c != '-') typed += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    EXPECT_EQ(read_progress_code(typed, 12), marks) << code;
    EXPECT_FALSE(read_progress_code(typed, 11));
    EXPECT_FALSE(read_progress_code("", 12));
}

}  // namespace
}  // namespace gatesim::learn
