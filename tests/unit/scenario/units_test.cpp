// Quantities with units, dates with zones, and their grammars in the schema.
#include "scenario/units.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "scenario/instant.hpp"

namespace gatesim::units {
namespace {

TEST(Time, IsReadExactly) {
    EXPECT_EQ(read_time("45m").value, 45 * kMinute);
    EXPECT_EQ(read_time("1.5h").value, 90 * kMinute);
    EXPECT_EQ(read_time("1h30m").value, 90 * kMinute);
    EXPECT_EQ(read_time("1h 30m").value, 90 * kMinute);
    EXPECT_EQ(read_time("14 d").value, 14 * kDay);
    EXPECT_EQ(read_time("2w").value, 2 * kWeek);
    EXPECT_EQ(read_time("0s").value, 0);
    EXPECT_EQ(read_time("0.1s").value, 100'000);
    EXPECT_EQ(read_time("250us").value, 250);
    EXPECT_EQ(read_time("7ms").value, 7'000);
    EXPECT_EQ(read_time("0.3us").value, 0);
    EXPECT_EQ(read_time("2.5us").value, 2);  // halves to the even neighbour
    EXPECT_EQ(read_time("365000d").value, kLongest);
}

TEST(Time, SaysWhatIsWrong) {
    EXPECT_EQ(read_time("").problem, "it is empty");
    EXPECT_EQ(read_time("45").problem, "it has no unit (us ms s m h d w)");
    EXPECT_EQ(read_time("-45m").problem, "it is negative");
    EXPECT_EQ(read_time("soon").problem, "it does not begin with a number");
    EXPECT_EQ(read_time("1h-5m").problem, "\"h-\" is not one of its units (us ms s m h d w)");
    EXPECT_EQ(read_time("365001d").problem, "it is longer than 1000 years");
    EXPECT_EQ(read_time(std::string(400, '9') + "s").problem, "it is longer than 1000 years");
    EXPECT_EQ(read_time("1e3s").problem, "\"e\" is not one of its units (us ms s m h d w)");
    EXPECT_EQ(read_time("5m ").problem, "it ends with a blank");
    EXPECT_EQ(read_time(".5m").problem, "it does not begin with a number");
}

TEST(Time, PrintsAsPeopleWrite) {
    EXPECT_EQ(print_time(0), "0s");
    EXPECT_EQ(print_time(90 * kMinute), "1h30m");
    EXPECT_EQ(print_time(kDay + 5 * kSecond / 2), "1d2.5s");
    EXPECT_EQ(print_time(250), "250us");
    EXPECT_EQ(print_time(7'000), "7ms");
}

TEST(Share, IsAFraction) {
    EXPECT_DOUBLE_EQ(*read_share("2%").value, 0.02);
    EXPECT_EQ(*read_share("7%").value, 0.07);
    EXPECT_DOUBLE_EQ(*read_share("0.5 %").value, 0.005);
    EXPECT_DOUBLE_EQ(*read_share("120%").value, 1.2);
    EXPECT_EQ(read_share("-2%").problem, "it is negative");
    EXPECT_EQ(read_share("2").problem, "it has no unit (%)");
}

TEST(Rate, IsPerSecond) {
    EXPECT_DOUBLE_EQ(*read_rate("86400/day").value, 1);
    EXPECT_DOUBLE_EQ(*read_rate("300/h").value, 300.0 / 3600);
    EXPECT_DOUBLE_EQ(*read_rate("7 / weekday").value, 5.0 / 86400);
    EXPECT_DOUBLE_EQ(*read_rate("1.5/minute").value, 0.025);
    EXPECT_FALSE(read_rate("83").value);
    EXPECT_FALSE(read_rate("83/fortnight").value);
}

TEST(Price, IsUsdAnHour) {
    EXPECT_DOUBLE_EQ(*read_price("0.12 USD/h").value, 0.12);
    EXPECT_DOUBLE_EQ(*read_price("24USD/day").value, 1);
    EXPECT_FALSE(read_price("0.12 EUR/h").value);
    EXPECT_FALSE(read_price("0.12").value);
}

TEST(Size, IsBytes) {
    EXPECT_DOUBLE_EQ(*read_size("80 MiB").value, 80.0 * 1024 * 1024);
    EXPECT_DOUBLE_EQ(*read_size("1.5kB").value, 1500);
    EXPECT_FALSE(read_size("80 Mb").value);
}

TEST(WhatIs, NamesTheQuantity) {
    EXPECT_EQ(what_is("45m"), "a time");
    EXPECT_EQ(what_is("2%"), "a share");
    EXPECT_EQ(what_is("83/day"), "a rate");
    EXPECT_EQ(what_is("0.12 USD/h"), "a price");
    EXPECT_EQ(what_is("80 MiB"), "a size");
    EXPECT_EQ(what_is("-12.5"), "a number");
    EXPECT_EQ(what_is("many"), "");
    EXPECT_EQ(what_is(""), "");
}

TEST(Instant, IsUtcUnlessItSaysOtherwise) {
    constexpr std::int64_t kMidnight = 1372032000;  // 2013-06-24T00:00Z
    EXPECT_EQ(read_instant("2013-06-24", "UTC").value, kMidnight * kSecond);
    EXPECT_EQ(read_instant("2013-06-24T00:00Z", "UTC").value, kMidnight * kSecond);
    EXPECT_EQ(read_instant("2013-06-24 09:30:15.25", "UTC").value, (kMidnight + 34215) * kSecond + 250'000);
    EXPECT_EQ(read_instant("2013-06-24T02:00+02:00", "UTC").value, kMidnight * kSecond);
    EXPECT_EQ(read_instant("2013-06-23T19:00-0500", "Europe/Berlin").value, kMidnight * kSecond);
    EXPECT_EQ(read_instant("1969-12-31T23:59:59Z", "UTC").value, -kSecond);
}

TEST(Instant, FollowsZonesThroughTheirChanges) {
    EXPECT_EQ(read_instant("2013-06-24T02:00", "Europe/Berlin").value,
              1372032000 * kSecond);  // summer: two hours ahead
    EXPECT_EQ(read_instant("2013-01-24T01:00", "Europe/Berlin").value, 1358985600 * kSecond);  // winter: one
    // 2013-10-27 02:30 came twice: the first time is meant.
    EXPECT_EQ(read_instant("2013-10-27T02:30", "Europe/Berlin").value, 1382833800 * kSecond);
    // 2013-03-31 02:30 never came: the moment of the change.
    EXPECT_EQ(read_instant("2013-03-31T02:30", "Europe/Berlin").value, 1364691600 * kSecond);
}

TEST(Instant, SaysWhatIsWrong) {
    EXPECT_EQ(read_instant("2013-02-29", "UTC").problem, "there is no such day");
    EXPECT_EQ(read_instant("2013-06-24T24:00Z", "UTC").problem, "there is no such time of day");
    EXPECT_EQ(read_instant("0001-01-01", "UTC").problem, "its year is not from 1900 to 2900");
    EXPECT_EQ(read_instant("24.6.2013", "UTC").problem, "it is not written like 2013-06-24T09:30Z");
    EXPECT_EQ(read_instant("2013-06-24T09:30X", "UTC").problem, "it is not written like 2013-06-24T09:30Z");
    EXPECT_EQ(read_instant("2013-06-24", "Mars/Olympus").problem, "its time zone is not known here");
}

TEST(Zone, IsKnownOrNearlyKnown) {
    EXPECT_EQ(zone_problem("Europe/Berlin"), "");
    EXPECT_EQ(zone_problem("UTC"), "");
    EXPECT_NE(zone_problem("Europe/Berln"), "");
    EXPECT_EQ(nearest_zone("Europe/Berln"), "Europe/Berlin");
}

/// The patterns in the schema and the readers accept the same texts.
TEST(Grammar, PatternsAgreeWithReaders) {
    const char* const texts[] = {"45m",
                                 "1.5h",
                                 "1h30m",
                                 "1h 30m",
                                 "1h  30m",
                                 "45",
                                 "45 m",
                                 " 45m",
                                 "45m ",
                                 "-4m",
                                 "1..5h",
                                 "1.h",
                                 ".5h",
                                 "5min",
                                 "",
                                 "m",
                                 "0s",
                                 "2%",
                                 "2 %",
                                 "2 % ",
                                 "%",
                                 "2.5%",
                                 "-2%",
                                 "2%%",
                                 "83/day",
                                 "83 / day",
                                 "83/ weekday",
                                 "83/days",
                                 "83",
                                 "1.5/h",
                                 "/h",
                                 "0.12 USD/h",
                                 "0.12USD/day",
                                 "0.12 usd/h",
                                 "0.12 USD",
                                 "2013-06-24",
                                 "2013-06-24T09:30",
                                 "2013-06-24T09:30:01Z",
                                 "2013-06-24 09:30:01.123456+01:00",
                                 "2013-06-24T09:30:01.1234567Z",
                                 "2013-6-24",
                                 "2013-06-24T9:30",
                                 "2013-06-24Z",
                                 "5mm",
                                 "5s5",
                                 "5us5ms"};
    for (const char* text : texts) {
        EXPECT_EQ(std::regex_match(text, std::regex(kTimePattern)), read_time(text).value.has_value()) << text;
        EXPECT_EQ(std::regex_match(text, std::regex(kSharePattern)), read_share(text).value.has_value()) << text;
        EXPECT_EQ(std::regex_match(text, std::regex(kRatePattern)), read_rate(text).value.has_value()) << text;
        EXPECT_EQ(std::regex_match(text, std::regex(kPricePattern)), read_price(text).value.has_value()) << text;
        EXPECT_EQ(std::regex_match(text, std::regex(kInstantPattern)), read_instant(text, "UTC").value.has_value())
            << text;
    }
}

}  // namespace
}  // namespace gatesim::units
