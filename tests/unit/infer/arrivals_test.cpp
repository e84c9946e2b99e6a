#include "infer/arrivals.hpp"

#include <gtest/gtest.h>

#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

const Span kFourWeeks{kDayOne, kDayOne + 4 * kWeek};

TEST(Arrivals, ShrunkTowardsTheMean) {
    // Four a week in the second hour of Monday, for two weeks: (8 + 4 * 8/336) / (2 + 4).
    const Span two{kDayOne, kDayOne + 2 * kWeek};
    std::vector<Moment> times;
    for (const Time week : {Time{0}, kWeek})
        for (int i = 0; i < 4; ++i) times.push_back(kDayOne + week + kHour + i * kMinute);
    const Arrivals a = arrivals_of(times, two);
    EXPECT_DOUBLE_EQ(a.rate.value, 8.0 / 336);
    ASSERT_EQ(a.by_hour_of_week.size(), kHoursOfWeek);
    EXPECT_NEAR(a.by_hour_of_week[1], (8 + 4 * 8.0 / 336) / 6, 1e-12);
    EXPECT_NEAR(a.by_hour_of_week[2], 4 * 8.0 / 336 / 6, 1e-12);
    EXPECT_GT(a.dispersion.value, 1);
}

TEST(Arrivals, BelowTwoWeeksAllDaysAreTheSame) {
    // One each day in the second hour, for five days: (5 + 5/120) / (5 + 1).
    std::vector<Moment> times;
    for (int day = 0; day < 5; ++day) times.push_back(kDayOne + day * kDay + kHour);
    const Arrivals a = arrivals_of(times, {kDayOne, kDayOne + 5 * kDay});
    EXPECT_TRUE(a.daily);
    ASSERT_EQ(a.by_hour_of_week.size(), kHoursOfWeek);
    EXPECT_NEAR(a.by_hour_of_week[1], (5 + 5.0 / 120) / 6, 1e-12);
    EXPECT_EQ(a.by_hour_of_week[24 * 6 + 1], a.by_hour_of_week[1]);
    EXPECT_LT(a.by_hour_of_week[2], 0.01);
}

TEST(Arrivals, BelowTwoDaysThereIsNoProfile) {
    EXPECT_TRUE(arrivals_of({kDayOne}, {kDayOne, kDayOne + kDay}).by_hour_of_week.empty());
}

TEST(Arrivals, MondayComesFirst) {
    EXPECT_EQ(hour_of_week(kDayOne), 0u);
    EXPECT_EQ(hour_of_week(kDayOne - kHour), 167u);
}

TEST(Arrivals, DrawnOnesAreLikeThoseSeen) {
    Arrivals seen;
    seen.rate = {3, std::nullopt, std::nullopt, 1};
    for (const double dispersion : {1.0, 3.0}) {
        seen.dispersion.value = dispersion;
        const std::vector<Moment> drawn = draw_arrivals(seen, kFourWeeks, 1);
        EXPECT_EQ(drawn, draw_arrivals(seen, kFourWeeks, 1));
        const Arrivals again = arrivals_of(drawn, kFourWeeks);
        EXPECT_NEAR(again.rate.value, 3, 0.4);
        EXPECT_NEAR(again.dispersion.value, dispersion, 0.25 * dispersion);
    }
}

}  // namespace
}  // namespace gatesim::infer
