#include "picture/ticks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gatesim::picture {
namespace {

std::string labels(const std::vector<Tick>& ticks) {
    std::string out;
    for (const Tick& tick : ticks) out += (out.empty() ? "" : " | ") + tick.label;
    return out;
}

TEST(Ticks, OfNumbersAreRound) {
    EXPECT_EQ(labels(number_ticks(0, 10, 5)), "0 | 2 | 4 | 6 | 8 | 10");
    EXPECT_EQ(labels(number_ticks(0.13, 0.94, 4)), "0.5");
    EXPECT_EQ(labels(number_ticks(0.13, 0.94, 5)), "0.2 | 0.4 | 0.6 | 0.8");
    EXPECT_EQ(labels(number_ticks(-3, 3, 3)), "-2 | 0 | 2");
    EXPECT_EQ(labels(number_ticks(0, 30000, 3)), "0 | 10,000 | 20,000 | 30,000");
    EXPECT_EQ(labels(number_ticks(0, 0.3, 3)), "0 | 0.1 | 0.2 | 0.3");
    EXPECT_EQ(labels(number_ticks(5, 5, 3)), "5.00");
}

TEST(Ticks, OfLogarithmsArePowersAndWhatLiesBetween) {
    EXPECT_EQ(labels(log_ticks(1, 1000, 4)), "1 | 10 | 100 | 1000");
    EXPECT_EQ(labels(log_ticks(1, 20, 6)), "1 | 2 | 5 | 10 | 20");
    EXPECT_TRUE(log_ticks(0, 10, 5).empty());
}

TEST(Ticks, OfLengthsAreWhatPeopleCountIn) {
    EXPECT_EQ(labels(duration_ticks(0, 3300, 6)), "0 | 10 min | 20 min | 30 min | 40 min | 50 min");
    EXPECT_EQ(labels(duration_ticks(0, 7200, 4)), "0 | 30 min | 1 h | 1 h 30 | 2 h");
    EXPECT_EQ(labels(duration_ticks(0, 86400 * 7, 7)), "0 | 1 d | 2 d | 3 d | 4 d | 5 d | 6 d | 7 d");
    EXPECT_EQ(labels(duration_ticks(0, 86400 * 3, 6)), "0 | 12 h | 1 d | 36 h | 2 d | 2 d 12 h | 3 d");
    EXPECT_EQ(labels(duration_ticks(0, 0.5, 5)), "0 | 0.1 s | 0.2 s | 0.3 s | 0.4 s | 0.5 s");
    EXPECT_EQ(labels(log_duration_ticks(5, 100000)), "10 s | 1 min | 10 min | 1 h | 6 h | 1 d");
}

TEST(Ticks, OfDatesBeginAtMidnightMondayAndTheFirst) {
    const std::int64_t monday = 1372032000;  // 24 June 2013
    EXPECT_EQ(labels(date_ticks(0, 86400 * 3, monday, 3)), "24 Jun | 25 Jun | 26 Jun | 27 Jun");
    EXPECT_EQ(labels(date_ticks(3600, 86400, monday, 4)), "24 Jun 06:00 | 12:00 | 18:00 | 25 Jun");
    EXPECT_EQ(labels(date_ticks(0, 86400 * 30.0, monday + 86400, 5)), "1 Jul | 8 Jul | 15 Jul | 22 Jul");
    EXPECT_EQ(labels(date_ticks(0, 86400 * 180.0, monday, 6)),
              "Jul 2013 | Aug 2013 | Sep 2013 | Oct 2013 | Nov 2013 | Dec 2013");
    EXPECT_EQ(labels(date_ticks(0, 86400 * 3660.0, monday, 4)), "2015 | 2020");
}

TEST(Ticks, StayWithinTheirEndsAndAreFew) {
    constexpr double kMax = std::numeric_limits<double>::max();
    const double ends[] = {-kMax, -1e18, -86400.5, -1, -1e-300, 0, 1e-300, 0.3, 1, 59, 3600, 1e6, 1e9, 1e18, kMax};
    for (const double low : ends)
        for (const double high : ends)
            for (const int wanted : {0, 1, 5, 10})
                for (const auto& ticks :
                     {number_ticks(low, high, wanted), log_ticks(low, high, wanted), duration_ticks(low, high, wanted),
                      log_duration_ticks(low, high), date_ticks(low, high, 1372032000, wanted)}) {
                    EXPECT_LE(ticks.size(), 12u);
                    for (const Tick& tick : ticks) {
                        EXPECT_GE(tick.at, low - (high - low) * 1e-6);
                        EXPECT_LE(tick.at, high + (high - low) * 1e-6);
                        EXPECT_FALSE(tick.label.empty());
                    }
                }
    EXPECT_TRUE(number_ticks(0, std::nan(""), 5).empty());
    EXPECT_TRUE(date_ticks(0, INFINITY, 0, 5).empty());
}

}  // namespace
}  // namespace gatesim::picture
