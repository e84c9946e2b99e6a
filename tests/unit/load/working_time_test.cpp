#include "load/people/working_time.hpp"

#include <gtest/gtest.h>

#include <random>

namespace gatesim {
namespace {

// Monday, 24 June 2013, 00:00 in universal time.
constexpr std::int64_t kMonday = 1372032000;

Period from(std::int64_t unix_seconds, const std::string& zone = "UTC") {
    Period period;
    period.start_unix = unix_seconds;
    period.has_start = true;
    period.timezone = zone;
    return period;
}

const WeeklyHours kOffice = WeeklyHours::daily(9 * kHour, 17 * kHour, {0, 1, 2, 3, 4});

Time at(int day, double hour) {
    return day * kDay + static_cast<Time>(hour * static_cast<double>(kHour));
}

TEST(WeeklyHours, of_office_night_and_day) {
    ASSERT_EQ(kOffice.spans.size(), 5u);
    EXPECT_EQ(kOffice.spans[1].from, at(1, 9));
    EXPECT_EQ(kOffice.spans[1].until, at(1, 17));

    const WeeklyHours night = WeeklyHours::daily(22 * kHour, 6 * kHour, {0, 6});
    ASSERT_EQ(night.spans.size(), 3u) << "Sunday's night reaches into Monday";
    EXPECT_EQ(night.spans[0].until, at(0, 6));
    EXPECT_EQ(night.spans[1].from, at(0, 22));
    EXPECT_EQ(night.spans[1].until, at(1, 6));
    EXPECT_EQ(night.spans[2].until, kWeek);

    const WeeklyHours days = WeeklyHours::daily(0, 0, {2, 3});
    ASSERT_EQ(days.spans.size(), 1u) << "whole days run together";
    EXPECT_EQ(days.spans[0].from, 2 * kDay);
    EXPECT_EQ(days.spans[0].until, 4 * kDay);
}

TEST(LocalClock, knows_the_weekday_and_the_hour) {
    const Period period = from(kMonday);
    EXPECT_EQ(LocalClock(period, "UTC").of_week(at(2, 3.5)), at(2, 3.5));
    EXPECT_EQ(LocalClock(period, "").weekday(at(8, 0)), 1);
    EXPECT_EQ(LocalClock(period, "America/New_York").of_week(at(0, 2)), at(6, 22)) << "still Sunday there";
    EXPECT_EQ(LocalClock(period, "Asia/Kolkata").of_day(at(1, 20)), at(0, 1.5));
    EXPECT_EQ(LocalClock().weekday(0), 3) << "1 January 1970 was a Thursday";
    EXPECT_EQ(LocalClock(from(kMonday, "Asia/Tokyo"), "").of_day(0), 9 * kHour) << "the period's own zone";
}

TEST(WorkingTime, turns_at_the_ends_of_shifts_only) {
    const WorkingTime office(LocalClock(from(kMonday), "UTC"), kOffice);
    EXPECT_EQ(office.turn(at(0, 8)), at(0, 9));
    EXPECT_EQ(office.turn(at(0, 9)), at(0, 17));
    EXPECT_EQ(office.turn(at(4, 17)), at(7, 9));
    EXPECT_EQ(WorkingTime().turn(0), kNever);
    const WorkingTime weekend(LocalClock(from(kMonday), "UTC"), WeeklyHours::daily(0, 0, {5, 6, 0}));
    EXPECT_EQ(weekend.turn(at(5, 0)), at(8, 0)) << "the week's end is no turn";
    Period undated;
    WeeklyHours berlin = kOffice;
    berlin.zone = "Europe/Berlin";
    EXPECT_EQ(hours_of(undated, berlin).turn(0), at(0, 9)) << "without a date it begins on Monday, whatever the zone";
    EXPECT_EQ(hours_of(from(kMonday), berlin).turn(0), at(0, 7));
}

TEST(WorkingTime, of_an_office) {
    const WorkingTime office(LocalClock(from(kMonday), "UTC"), kOffice);
    EXPECT_FALSE(office.at_work(at(0, 8.99)));
    EXPECT_TRUE(office.at_work(at(0, 9)));
    EXPECT_FALSE(office.at_work(at(0, 17)));
    EXPECT_FALSE(office.at_work(at(5, 12)));

    EXPECT_EQ(office.next(at(0, 3)), at(0, 9));
    EXPECT_EQ(office.next(at(0, 10)), at(0, 10));
    EXPECT_EQ(office.next(at(4, 17)), at(7, 9)) << "over the weekend";

    EXPECT_EQ(office.after(at(0, 10), 2 * kHour), at(0, 12));
    EXPECT_EQ(office.after(at(0, 10), 7 * kHour), at(0, 17)) << "to the end of the shift";
    EXPECT_EQ(office.after(at(0, 10), 8 * kHour), at(1, 10));
    EXPECT_EQ(office.after(at(4, 16), 2 * kHour), at(7, 10));
    EXPECT_EQ(office.after(at(5, 1), 0), at(7, 9)) << "no work, but at work";
    EXPECT_EQ(office.after(at(0, 9), 400 * kHour), at(67, 17)) << "ten weeks, to the last shift's end";
    EXPECT_EQ(office.after(at(0, 9), kLongest), kNever);

    EXPECT_EQ(office.between(at(0, 0), at(7, 0)), 40 * kHour);
    EXPECT_EQ(office.between(at(0, 16), at(1, 10)), 2 * kHour);
    EXPECT_EQ(office.between(at(1, 10), at(0, 16)), 0);
}

TEST(WorkingTime, day_and_night) {
    const WorkingTime always;
    EXPECT_TRUE(always.always());
    EXPECT_TRUE(always.at_work(5));
    EXPECT_EQ(always.next(7), 7);
    EXPECT_EQ(always.after(7, 10), 17);
    EXPECT_EQ(always.between(7, 10), 3);
    EXPECT_TRUE(WorkingTime(LocalClock(), WeeklyHours::daily(0, 0, {0, 1, 2, 3, 4, 5, 6})).always());
}

// In the United States clocks went forward on 10 March 2013 and back on 3 November.
TEST(WorkingTime, follows_daylight_saving) {
    const Period march = from(1362355200);  // Monday 4 March 2013
    const WorkingTime york(LocalClock(march, "America/New_York"), kOffice);
    EXPECT_EQ(york.next(0), 14 * kHour) << "five hours behind";
    EXPECT_EQ(york.next(at(7, 0)), at(7, 13)) << "four hours behind";
    EXPECT_EQ(york.between(0, 2 * kWeek), 80 * kHour);

    const WorkingTime sunday(LocalClock(march, "America/New_York"), WeeklyHours::daily(0, 0, {6}));
    EXPECT_EQ(sunday.between(kDay, kWeek + kDay), 23 * kHour) << "the day has 23 hours";
    EXPECT_EQ(sunday.after(kDay, 23 * kHour), at(7, 4));

    const WorkingTime autumn(LocalClock(from(1383004800), "America/New_York"), WeeklyHours::daily(0, 0, {6}));
    EXPECT_EQ(autumn.between(kDay, kWeek + kDay), 25 * kHour);

    const WorkingTime south(LocalClock(march, "Australia/Sydney"), kOffice);
    EXPECT_EQ(south.next(at(0, 8)), at(0, 22)) << "eleven hours ahead in summer";
    EXPECT_EQ(south.next(at(40, 12)), at(41, 23)) << "ten from 7 April on: Saturday noon, then Monday 9:00 there";
}

// after, next and between agree with each other wherever one asks, through ten years of clocks that shift.
TEST(WorkingTime, after_and_between_are_inverse) {
    std::mt19937_64 numbers(1);
    const Period period = from(kMonday);
    const std::vector<WeeklyHours> hours{
        kOffice, WeeklyHours::daily(20 * kHour, 4 * kHour, {0, 2, 4, 6}),
        WeeklyHours::of({{0, kHour}, {kDay + 3 * kMinute, kDay + 5 * kMinute}, {6 * kDay, kWeek}})};
    for (const char* zone : {"UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe"}) {
        for (const WeeklyHours& week : hours) {
            const WorkingTime working(LocalClock(period, zone), week);
            for (int i = 0; i < 2000; ++i) {
                const Time start = static_cast<Time>(numbers() % static_cast<std::uint64_t>(3650 * kDay));
                const Time work = 1 + static_cast<Time>(numbers() % static_cast<std::uint64_t>(i % 2 ? kHour : kWeek));
                const Time end = working.after(start, work);
                ASSERT_EQ(working.between(start, end), work) << zone << " from " << start;
                ASSERT_LT(working.between(start, end - 1), work) << "the earliest such moment";
                const Time next = working.next(start);
                ASSERT_TRUE(working.at_work(next));
                ASSERT_EQ(working.between(start, next), 0);
            }
        }
    }
}

}  // namespace
}  // namespace gatesim
