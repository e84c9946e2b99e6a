#include "infer/pools.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

/// First come, first served on so many nodes that take so long to boot: `count` runs of 10 minutes, one each `every`.
import::Records served(std::size_t nodes, double every, double boot, std::uint32_t count = 300){import::Records records;
std::vector<double> free(nodes, 0);
for (std::uint32_t i = 0; i < count; ++i) {
    const double asked = every * i;
    auto& node = *std::min_element(free.begin(), free.end());
    const double start = std::max(node, asked) + boot;
    node = start + 10 + i % 3;
    add_run(records, kNone, i, "unit", asked, node).started = at(start);
}
return records;
}  // namespace

PoolSeen pool_of(const import::Records& records) {
    return pools_of(tests_of(records), {}, {at(0), at(5000)}).at(0);
}

TEST(Pools, AFullPoolShowsItsSize) {
    const PoolSeen pool = pool_of(served(4, 2.6, 0));
    EXPECT_TRUE(pool.limited);
    EXPECT_EQ(pool.nodes, 4u);
}

TEST(Pools, BootingNodesAreTaken) {
    const PoolSeen pool = pool_of(served(4, 2.95, 1));
    EXPECT_TRUE(pool.limited);
    EXPECT_EQ(pool.nodes, 4u);
    EXPECT_NEAR(pool.boot.value, 60, 1);
}

TEST(Pools, WhereNothingWaitsThereAreAtLeastSoMany) {
    const PoolSeen pool = pool_of(served(100, 2.6, 0));
    EXPECT_FALSE(pool.limited);
    EXPECT_EQ(pool.nodes, 5u);
}

TEST(Pools, WaitingForAnotherJobIsNoWaitingForAMachine) {
    import::Records records;
    for (std::uint32_t i = 0; i < 50; ++i) {
        add_run(records, kNone, i, "lint", 20 * i, 20 * i + 8);
        add_run(records, kNone, i, "unit", 20 * i, 20 * i + 18).started = at(20 * i + 8);  // created with the group
    }
    const auto tests = tests_of(records);
    const PoolSeen with_graph = pools_of(tests, graph_of(tests), {at(0), at(1000)}).at(0);
    EXPECT_FALSE(with_graph.limited);
    EXPECT_TRUE(pools_of(tests, {}, {at(0), at(1000)}).at(0).limited);
}

}  // namespace gatesim::infer
}  // namespace gatesim::infer
