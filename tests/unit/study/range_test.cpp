// Ranges: what they stand for, and what somebody reads who typed a wrong one.
#include "study/range.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

using Values = std::vector<std::string>;

Values values(const std::string& text) {
    std::string problem;
    const auto out = expand_range(text, problem);
    EXPECT_EQ(problem, "") << text;
    return out.value_or(Values{});
}

std::string problem(const std::string& text) {
    std::string out;
    EXPECT_FALSE(expand_range(text, out).has_value()) << text;
    EXPECT_TRUE(out.starts_with(text + " ")) << out;
    return out.substr(std::min(out.size(), text.size() + 1));
}

TEST(RangeTest, StandsForItsValuesWithBothEnds) {
    EXPECT_EQ(values("1..4"), (Values{"1", "2", "3", "4"}));
    EXPECT_EQ(values("10..80:35"), (Values{"10", "45", "80"}));
    EXPECT_EQ(values("-1..1"), (Values{"-1", "0", "1"}));
    EXPECT_EQ(values("7..7"), Values{"7"});
    EXPECT_EQ(values("0..999").size(), 1000u);
}

TEST(RangeTest, CountsInDecimalsWithoutRounding) {
    EXPECT_EQ(values("0.1..0.3:0.1"), (Values{"0.1", "0.2", "0.3"}));
    EXPECT_EQ(values("0.5..2:0.5"), (Values{"0.5", "1", "1.5", "2"}));
    EXPECT_EQ(values("-0.05..0.05:0.05"), (Values{"-0.05", "0", "0.05"}));
    EXPECT_EQ(values("1..2:0.25"), (Values{"1", "1.25", "1.5", "1.75", "2"}));
}

TEST(RangeTest, KeepsUnits) {
    EXPECT_EQ(values("10m..30m:10m"), (Values{"10m", "20m", "30m"}));
    EXPECT_EQ(values("1%..3%"), (Values{"1%", "2%", "3%"}));
    EXPECT_EQ(values("40/day..60/day:10/day"), (Values{"40/day", "50/day", "60/day"}));
}

TEST(RangeTest, LeavesAloneWhatIsNoRange) {
    for (const char* text : {"", "5", "zuul", "../load.csv", "a..b", "\"1..3\"", "[1,2]", "2024/../x.csv", "1.5",
                             "-..3", "{\"dist\": \"lognormal\"}"})
        EXPECT_EQ(values(text), Values{text});
}

TEST(RangeTest, SaysWhatIsWrong) {
    EXPECT_EQ(problem("80..10"), "goes down; write 10..80");
    EXPECT_EQ(problem("10..80:0"), "has a step that is not more than 0");
    EXPECT_EQ(problem("10..80:-5"), "has a step that is not more than 0");
    EXPECT_EQ(problem("10..80:30"), "does not reach its end: the last values are 70 and 100; write 10..70:30");
    EXPECT_EQ(problem("10..60m"), "has the unit none at one end and m at the other; write it at both");
    EXPECT_EQ(problem("10m..60m:5"), "has a step in another unit than its ends; write 5m");
    EXPECT_EQ(problem("0.5..2"), "needs a step, because its ends are not whole numbers: FROM..TO:STEP");
    EXPECT_EQ(problem("1..100000"), "stands for 100000 values; at most 1000");
    EXPECT_EQ(problem("10.."), std::string("has no number as its end; a range is FROM..TO or FROM..TO:STEP, as in "
                                           "10..80:5 or 10m..60m:10m"));
    EXPECT_TRUE(problem("10..80:").starts_with("has no number as its step; "));
    EXPECT_TRUE(problem("10...80").starts_with("has no number as its end; "));
    EXPECT_TRUE(problem("1..8:2:3").starts_with("has no number as its step; "));
    EXPECT_EQ(problem("0.000000000001..999999999999:1"), "has more digits than a range may have");
    EXPECT_TRUE(problem("1..99999999999999999999").starts_with("has no number as its end; "));
}

}  // namespace
}  // namespace gatesim
