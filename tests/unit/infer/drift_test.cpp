#include "infer/drift.hpp"

#include <gtest/gtest.h>

#include "chance/draw.hpp"

namespace gatesim::infer {
namespace {

std::vector<Timed> days(double step) {
    std::vector<Timed> out;
    const Luck luck(7, 1);
    for (std::uint64_t i = 0; i < 200; ++i) {
        const auto day = static_cast<Time>(i / 40);
        out.push_back({day * kDay + static_cast<Time>(i % 40) * kMinute,
                       (day % 2 == 0 ? step : -step) + luck.uniform(Purpose::duration, i)});
    }
    return out;
}

TEST(Drift, NoneWhereThereIsNone) {
    const Drift d = drift_of(days(0), kDay);
    EXPECT_FALSE(d.drifts());
    EXPECT_EQ(d.between.n, 200u);
}

TEST(Drift, DaysThatDifferGetAScale) {
    const Drift d = drift_of(days(0.5), kDay);
    EXPECT_TRUE(d.drifts());
    EXPECT_GT(d.between.value, 0.6);
    ASSERT_EQ(d.stretches.size(), 5u);
    EXPECT_NEAR(d.stretches[1].scale, std::exp(-0.6), 0.06);  // the mean of all is 0.1 above the middle
    EXPECT_EQ(d.scale_at(kDay + kHour), d.stretches[1].scale);
    EXPECT_EQ(d.scale_at(-1), 1);
}

TEST(Drift, TwoDaysAreTooFew) {
    std::vector<Timed> two = days(0.5);
    two.resize(80);
    EXPECT_EQ(drift_of(two, kDay).between.n, 0u);
}

}  // namespace
}  // namespace gatesim::infer
