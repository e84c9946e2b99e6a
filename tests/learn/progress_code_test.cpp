#include "learn/progress_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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
