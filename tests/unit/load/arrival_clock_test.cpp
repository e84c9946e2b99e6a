// Arrivals in hours of work: how many are expected when, and that they come by chance (Poisson).
#include "load/arrival_clock.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "chance/draw.hpp"

namespace gatesim {
namespace {

// Monday, 24 March 2014, 00:00 in universal time: clocks in Berlin go forward on Sunday, 30 March.
constexpr std::int64_t kMonday = 1395619200;

const WeeklyHours kOffice = WeeklyHours::daily(9 * kHour, 17 * kHour, {0, 1, 2, 3, 4});

ArrivalLoad load_of(double count, RatePer per, const WeeklyHours& hours) {
    static constexpr double kSeconds[] = {3600, 86400, 86400 * 7 / 5.0, 604800};
    ArrivalLoad load;
    load.per_second = count / kSeconds[static_cast<int>(per)];
    load.per = per;
    load.hours = hours;
    return load;
}

/// Expected changes before `time`, found by steps of a hundredth of a change.
double expected_before(const ArrivalLoad& load, const Period& period, Time time) {
    ArrivalClock clock(load, period);
    double count = 0;
    while (clock.go_on(0.01) && clock.now() <= seconds(time)) count += 0.01;
    return count;
}

Period without_date() {
    Period period;
    period.length = 8 * kWeek;
    return period;
}

TEST(ArrivalClock, FortyADayAreFortyOnEachDayWithHours) {
    const ArrivalLoad load = load_of(40, RatePer::day, kOffice);
    EXPECT_NEAR(expected_before(load, without_date(), 9 * kHour), 0, 0.02) << "Monday 0:00 is time 0";
    EXPECT_NEAR(expected_before(load, without_date(), 13 * kHour), 20, 0.02);
    EXPECT_NEAR(expected_before(load, without_date(), kDay), 40, 0.02);
    EXPECT_NEAR(expected_before(load, without_date(), kWeek), 200, 0.05);
}

TEST(ArrivalClock, ARateCountsByItsUnit) {
    const auto week = [&](RatePer per, const WeeklyHours& hours) {
        return expected_before(load_of(40, per, hours), without_date(), kWeek);
    };
    const WeeklyHours uneven = WeeklyHours::of({{9 * kHour, 17 * kHour}, {5 * kDay, 5 * kDay + 2 * kHour}});
    EXPECT_NEAR(week(RatePer::hour, uneven), 400, 0.1);
    EXPECT_NEAR(week(RatePer::day, uneven), 80, 0.05);
    EXPECT_NEAR(week(RatePer::weekday, uneven), 40, 0.05) << "Saturday is no weekday";
    EXPECT_NEAR(week(RatePer::week, uneven), 40, 0.05);
    const WeeklyHours night = WeeklyHours::daily(22 * kHour, 6 * kHour, {0, 6});
    EXPECT_NEAR(week(RatePer::day, night), 80, 0.05) << "a night counts for the day on which it begins";
    EXPECT_NEAR(expected_before(load_of(40, RatePer::day, night), without_date(), 6 * kHour), 30, 0.05);
    EXPECT_NEAR(mean_rate_factor(kOffice, RatePer::day), 5.0 / 7, 1e-12);
}

TEST(ArrivalClock, GoesByTheClockOfThePlace) {
    Period period;
    period.start_unix = kMonday;
    period.has_start = true;
    period.length = 8 * kWeek;
    WeeklyHours berlin = kOffice;
    berlin.zone = "Europe/Berlin";
    const ArrivalLoad load = load_of(40, RatePer::day, berlin);
    EXPECT_NEAR(expected_before(load, period, 8 * kHour), 0, 0.02);
    EXPECT_NEAR(expected_before(load, period, 9 * kHour), 5, 0.02) << "in winter 9:00 is 8:00 UTC";
    EXPECT_NEAR(expected_before(load, period, kWeek + 7 * kHour), 200, 0.05);
    EXPECT_NEAR(expected_before(load, period, kWeek + 8 * kHour), 205, 0.05) << "in summer 7:00";
}

TEST(ArrivalClock, FollowsTheTimeline) {
    ArrivalLoad load = load_of(40, RatePer::day, kOffice);
    load.per_second.steps = {{13 * kHour, 10.0 / 3600}, {15 * kHour, 0.0}, {kDay, 80.0 / 86400}};
    load.per.steps = {{13 * kHour, RatePer::hour}, {15 * kHour, RatePer::hour}, {kDay, RatePer::day}};
    EXPECT_NEAR(expected_before(load, without_date(), kDay), 20 + 20, 0.05);
    EXPECT_NEAR(expected_before(load, without_date(), 2 * kDay), 40 + 80, 0.05);
}

TEST(ArrivalClock, StopsWhereNothingComesAnyMore) {
    ArrivalLoad load = load_of(40, RatePer::day, kOffice);
    load.per_second.steps = {{kDay, 0.0}};
    ArrivalClock clock(load, without_date());
    EXPECT_TRUE(clock.go_on(39.9));
    EXPECT_FALSE(clock.go_on(1));
}

/// Over many weeks the count of each hour has the mean and the variance of a Poisson law.
TEST(ArrivalClock, CountsByHourArePoisson) {
    constexpr int kWeeks = 2000;
    Period period;
    period.length = kWeeks * kWeek;
    const ArrivalLoad load = load_of(40, RatePer::day, kOffice);
    ArrivalClock clock(load, period);
    const Luck luck(1, 1);
    std::vector<std::vector<int>> counts(168, std::vector<int>(kWeeks));
    for (std::uint64_t n = 0; clock.go_on(-std::log(luck.uniform(Purpose::arrival_gap, n))); ++n) {
        const auto hour = static_cast<std::size_t>(clock.now() / 3600);
        if (hour / 168 >= kWeeks) break;
        ++counts[hour % 168][hour / 168];
    }
    for (std::size_t hour = 0; hour < 168; ++hour) {
        double sum = 0, squares = 0;
        for (const int n : counts[hour]) {
            sum += n;
            squares += n * n;
        }
        const double mean = sum / kWeeks, variance = squares / kWeeks - mean * mean;
        const bool open = hour < 120 && hour % 24 >= 9 && hour % 24 < 17;
        if (!open) {
            EXPECT_EQ(sum, 0) << hour;
            continue;
        }
        EXPECT_NEAR(mean, 5, 4 * std::sqrt(5.0 / kWeeks)) << hour;
        EXPECT_NEAR(variance, 5, 4 * 5 * std::sqrt(2.2 / kWeeks)) << hour;
    }
}

}  // namespace
}  // namespace gatesim
