// How late what was said of departures is, and what is special about a stretch of time: by hand.
#include "validate/special.hpp"

#include <gtest/gtest.h>

#include "validate/lateness.hpp"
#include "validate/scores.hpp"

namespace gatesim::validate {
namespace {

const Spans kAlways = {{{0, kNever}}};

Stay stay(const char* name, Time enqueued, Time low, Time high, bool ejected = false) {
    return {name, enqueued * kMinute, low * kMinute, high * kMinute, !ejected, ejected};
}

/// Five stays that left between 100 and 120 min, and what is said of them.
Record five_stays() {
    Record record;
    for (const char* name : {"a", "b", "c", "d", "e"}) record.stays.push_back(stay(name, 0, 100, 120));
    record.instants = {0, 120 * kMinute};
    record.length = 120 * kMinute;
    return record;
}

TEST(Lateness, CountsFromTheTimeInWhichTheyWereSeenToLeave) {
    const Record record = five_stays();
    Forecast forecast;
    forecast.queue = {5, 0};
    forecast.left = {70 * kMinute, 69 * kMinute, 110 * kMinute, 240 * kMinute, kNever};
    const auto classes = late_classes(record, forecast, kAlways);
    EXPECT_EQ(classes[kNearClass], 2u);      // 30 min before 100, and within
    EXPECT_EQ(classes[kNearClass - 1], 1u);  // 31 min before
    EXPECT_EQ(classes[kNearClass + 2], 1u);  // 2 h after 120, which is no more than 2 h
    EXPECT_EQ(classes[kLateClasses - 1], 1u);
    EXPECT_EQ(late_class_name(kNearClass), "within 30 min");
    EXPECT_EQ(late_class_name(kNearClass + 2), "1 to 2 h too late");
    // The picture and the figure count the same.
    EXPECT_NEAR(score(record, forecast, kAlways, 0).within_30min, 2.0 / 5, 1e-12);
}

TEST(Special, IsWhatIsNotSoAtOtherTimes) {
    Record record;
    record.length = 12 * kHour;
    for (const Time at : {0, 180, 190, 200, 360, 540})
        record.stays.push_back(stay("s", at, at + 60, at + 60, at == 190));
    record.tests = {{kHour, 2 * kHour}, {4 * kHour, 7 * kHour}, {kHour, 2 * kHour}};
    Forecast forecast;
    for (const Stay& s : record.stays) forecast.left.push_back(s.left() - 3 * kHour);
    forecast.left.back() = forecast.left[1] + 9 * kHour;
    const Special special = special_of(record, forecast, kAlways, {.from = 3 * kHour});
    EXPECT_EQ(special.came, 3u);
    EXPECT_EQ(special.left, 3u);
    EXPECT_EQ(special.ejected, 1u);
    EXPECT_EQ(special.late, 3u);  // all left three hours after what was said
    EXPECT_EQ(special.early, 0u);
    EXPECT_EQ(special.usual_came, 1.5);  // 6 in four stretches
    EXPECT_FALSE(special.test);          // none ended in the stretch
    EXPECT_EQ(special.usual_test, 3600);
    const Special later = special_of(record, forecast, kAlways, {.from = 6 * kHour});
    EXPECT_EQ(later.test, 3 * 3600);
}

}  // namespace
}  // namespace gatesim::validate
