// What nodes that come and go cost, counted from events.
#include "measure/life_meter.hpp"

#include <gtest/gtest.h>

namespace gatesim {
namespace {

constexpr Time hours(double h) {
    return static_cast<Time>(h * static_cast<double>(kHour));
}

struct Told {
    Told() {
        Pool& pool = scenario.pools.emplace_back();
        pool.nodes = 0;
        pool.price_per_hour = 4;
        PoolLife& life = pool.life.emplace();
        life.price_idle = 2;
        life.price_boot = 1;
    }
    void tell(LifeMeter& meter, double at, EventKind kind, std::uint32_t node, std::int64_t value = 0,
              RequestId request = kNone) const {
        Event e;
        e.at = hours(at);
        e.kind = kind;
        e.pool = 0;
        e.node = node;
        e.value = value;
        e.request = request;
        meter.on(e);
    }
    std::optional<double> value(const LifeMeter& meter, const char* name) const {
        MetricValues values(metrics().size());
        meter.fill(values, TimeSample());
        return values[*find_metric(name)];
    }
    Scenario scenario;
};

TEST(LifeMeter, CountsBootsAndHoursWithoutABuild) {
    Told told;
    LifeMeter meter(told.scenario, 0);
    ASSERT_TRUE(meter.wanted());
    for (const std::uint32_t node : {0u, 1u}) {
        told.tell(meter, 0, EventKind::node_asked, node);
        told.tell(meter, 1, EventKind::node_booting, node);
        told.tell(meter, 2, EventKind::node_up, node);
    }
    told.tell(meter, 3, EventKind::granted, 0, 1, 7);
    told.tell(meter, 5, EventKind::node_killed, 0, static_cast<std::int64_t>(NodeEnd::preempted));
    told.tell(meter, 5, EventKind::released, 0, 0, 7);
    told.tell(meter, 5, EventKind::node_gone, 0);
    told.tell(meter, 6, EventKind::node_stopping, 1, static_cast<std::int64_t>(NodeEnd::surplus));
    told.tell(meter, 6, EventKind::node_gone, 1);
    told.tell(meter, 6, EventKind::node_asked, 0);
    told.tell(meter, 6, EventKind::node_booting, 0);
    told.tell(meter, 8, EventKind::node_killed, 0, static_cast<std::int64_t>(NodeEnd::too_slow));
    told.tell(meter, 9, EventKind::ended, kNone);
    EXPECT_DOUBLE_EQ(*told.value(meter, "node_hours_up"), 3 + 4);
    EXPECT_DOUBLE_EQ(*told.value(meter, "node_hours_unused"), 1 + 4);
    EXPECT_DOUBLE_EQ(*told.value(meter, "node_hours_boot"), 1 + 1 + 2);
    EXPECT_DOUBLE_EQ(*told.value(meter, "boots"), 2);
    EXPECT_DOUBLE_EQ(*told.value(meter, "boots_unused"), 1);
    EXPECT_DOUBLE_EQ(*told.value(meter, "boots_failed"), 1);
    EXPECT_DOUBLE_EQ(*told.value(meter, "nodes_killed_busy"), 1);
    EXPECT_DOUBLE_EQ(*told.value(meter, "nodes_preempted"), 1);
    EXPECT_DOUBLE_EQ(meter.cost(), 5 * 2 + 4 * 1) << "what is handed out costs elsewhere";
}

TEST(LifeMeter, LeavesTheWarmUpOut) {
    Told told;
    LifeMeter meter(told.scenario, hours(4));
    told.tell(meter, 0, EventKind::node_up, 0, 1);
    told.tell(meter, 10, EventKind::ended, kNone);
    EXPECT_DOUBLE_EQ(*told.value(meter, "node_hours_unused"), 6);
    EXPECT_DOUBLE_EQ(*told.value(meter, "boots"), 0) << "it was there at the beginning";
}

TEST(LifeMeter, SaysNothingWherePoolsDoNotLive) {
    Scenario scenario;
    scenario.pools.emplace_back();
    const LifeMeter meter(scenario, 0);
    EXPECT_FALSE(meter.wanted());
    MetricValues values(metrics().size());
    meter.fill(values, TimeSample());
    EXPECT_EQ(values[*find_metric("boots")], std::nullopt);
    EXPECT_EQ(values[*find_metric("node_wait_over")], std::nullopt);
}

}  // namespace
}  // namespace gatesim
