// What freezes and pauses cost, counted from events.
#include "measure/hold_meter.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

/// One gate with a freeze and a pause, and whatever is told of it at these hours.
struct Told {
    Told() {
        scenario.pipelines.emplace_back().name = "gate";
        for (const Hold hold : {Hold::freeze, Hold::thaw, Hold::pause, Hold::resume}) {
            TimelineStep& step = scenario.timeline.emplace_back();
            step.pipeline = 0;
            step.hold = hold;
        }
    }
    Event event(double hours, EventKind kind, ItemId item = kNone, Why why = Why::none) const {
        Event e;
        e.at = from_seconds(hours * 3600);
        e.kind = kind;
        e.pipeline = 0;
        e.item = item;
        e.change = item;
        e.reason.why = why;
        return e;
    }
    Event set(double hours, int step) const {
        Event e = event(hours, EventKind::setting);
        e.value = step;
        return e;
    }
    std::optional<double> value(HoldMeter& meter, const char* name, double end) const {
        MetricValues values(metrics().size());
        meter.fill(values, from_seconds(end * 3600));
        return values[*find_metric(name)];
    }
    Scenario scenario;
};

TEST(HoldMeter, CountsHoursAndWhoIsHeld) {
    Told told;
    HoldMeter meter(told.scenario, 0);
    ASSERT_TRUE(meter.wanted());
    meter.on(told.set(1, 0));
    meter.on(told.event(2, EventKind::waits, 7, Why::frozen));
    meter.on(told.event(3, EventKind::waits, 8, Why::frozen));
    meter.on(told.event(4, EventKind::waits, 8, Why::testing));  // it is tested again
    meter.on(told.event(5, EventKind::waits, 8, Why::frozen));
    meter.on(told.set(6, 1));
    meter.on(told.event(6, EventKind::waits, 8, Why::verdict_waits));
    meter.on(told.event(6, EventKind::dequeued, 7));
    meter.on(told.set(7, 2));
    meter.on(told.event(8, EventKind::waits, 9, Why::paused));
    EXPECT_DOUBLE_EQ(*told.value(meter, "hours_frozen", 10), 5);
    EXPECT_DOUBLE_EQ(*told.value(meter, "hours_paused", 10), 3);
    EXPECT_DOUBLE_EQ(*told.value(meter, "changes_held", 10), 3);
    EXPECT_DOUBLE_EQ(*told.value(meter, "hours_held", 10), 4 + 1 + 1 + 2);
}

TEST(HoldMeter, LeavesWarmUpAndWhatComesAfterThePeriodOut) {
    Told told;
    told.scenario.period.length = 10 * kHour;
    HoldMeter meter(told.scenario, 2 * kHour);
    meter.on(told.set(0, 0));
    meter.on(told.event(0, EventKind::waits, 1, Why::frozen));
    meter.on(told.event(1, EventKind::dequeued, 1));  // before anything counts
    meter.on(told.event(1, EventKind::waits, 2, Why::frozen));
    meter.on(told.event(4, EventKind::dequeued, 2));
    meter.on(told.event(11, EventKind::waits, 3, Why::frozen));  // too late
    EXPECT_DOUBLE_EQ(*told.value(meter, "hours_frozen", 12), 8);
    EXPECT_DOUBLE_EQ(*told.value(meter, "changes_held", 12), 1);
    EXPECT_DOUBLE_EQ(*told.value(meter, "hours_held", 12), 2);
}

TEST(HoldMeter, KnowsNoHoursOfWhatThereIsNot) {
    Told told;
    told.scenario.timeline.resize(2);
    HoldMeter meter(told.scenario, 0);
    EXPECT_EQ(told.value(meter, "hours_frozen", 10), 0.0);
    EXPECT_EQ(told.value(meter, "hours_paused", 10), std::nullopt);
}

TEST(HoldMeter, SaysNothingWhereNobodyIsEverFrozen) {
    Told told;
    told.scenario.timeline.clear();
    HoldMeter meter(told.scenario, 0);
    EXPECT_FALSE(meter.wanted());
    EXPECT_EQ(told.value(meter, "hours_frozen", 10), std::nullopt);
    EXPECT_EQ(told.value(meter, "changes_held", 10), std::nullopt);
}

}  // namespace
}  // namespace gatesim
