#include "load/when.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

Time when(std::string_view text) {
    std::string why;
    const auto parsed = parse_when(text, why);
    EXPECT_TRUE(parsed) << why;
    return parsed.value_or(-1);
}

std::string why_not(std::string_view text) {
    std::string why;
    EXPECT_FALSE(parse_when(text, why)) << text;
    return why;
}

TEST(When, reads_iso_8601) {
    EXPECT_EQ(when("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(when("2013-06-24T04:57:13Z"), 1372049833 * kSecond);
    EXPECT_EQ(when("2013-06-24 04:57:13"), 1372049833 * kSecond) << "UTC unless it says otherwise";
    EXPECT_EQ(when("2013-06-24T06:57:13+02:00"), 1372049833 * kSecond);
    EXPECT_EQ(when("2013-06-23T23:27:13-0530"), 1372049833 * kSecond);
    EXPECT_EQ(when("2013-06-24T04:57"), 1372049820 * kSecond);
    EXPECT_EQ(when("2013-06-24"), 1372032000 * kSecond);
    EXPECT_EQ(when("2013-06-24T04:57:13.25Z"), 1372049833 * kSecond + 250'000);
    EXPECT_EQ(when("2016-02-29T12:00Z"), 1456747200 * kSecond);
    EXPECT_EQ(when("9999-12-31T23:59:59Z"), 253402300799 * kSecond);
}

TEST(When, reads_unix_seconds) {
    EXPECT_EQ(when("0"), 0);
    EXPECT_EQ(when("1372049833"), 1372049833 * kSecond);
    EXPECT_EQ(when("1372049833.5"), 1372049833 * kSecond + 500'000);
    EXPECT_EQ(when("1.0000009"), 1'000'000) << "cut off, not rounded, beyond the microsecond";
}

TEST(When, refuses_what_is_no_time) {
    for (const char* text :
         {"yesterday", "", "-", "12:30", "2013-6-24", "2013-06-24T", "2013-06-24T04", "2013-06-24T04:57:13ZZ",
          "2013-06-24T04:57:13+2", "2013-06-24T04:57:13+15:00", "1.", "1e9", " 12", "12 ", "0x10", "+5"}) {
        EXPECT_NE(why_not(text).find("not a time"), std::string::npos) << text;
    }
}

TEST(When, explains_absurd_times) {
    EXPECT_NE(why_not("-5").find("before 1970"), std::string::npos);
    EXPECT_NE(why_not("1969-12-31T23:59:59Z").find("not between 1970 and 9999"), std::string::npos);
    EXPECT_NE(why_not("1970-01-01T00:30+01:00").find("not between"), std::string::npos);
    EXPECT_NE(why_not("1372049833000").find("milliseconds?"), std::string::npos);
    EXPECT_NE(why_not("99999999999999999999999999").find("milliseconds?"), std::string::npos) << "no overflow";
    EXPECT_NE(why_not("2013-02-29").find("not a date"), std::string::npos);
    EXPECT_NE(why_not("2013-06-24T24:00Z").find("not a time of day"), std::string::npos);
    EXPECT_NE(why_not(std::string(1000, '1')).find("1000 bytes"), std::string::npos);
}

TEST(When, formats_what_it_reads) {
    for (const char* text :
         {"1970-01-01T00:00:00Z", "2013-06-24T04:57:13Z", "2000-02-29T23:59:59.000001Z", "2013-06-24T04:57:13.25Z"}) {
        EXPECT_EQ(format_when(when(text)), text);
    }
    EXPECT_EQ(format_when(-1), "1969-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace gatesim
