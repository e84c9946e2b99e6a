#include "infer/graph.hpp"

#include <gtest/gtest.h>

#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

/// lint, then unit and build, then system after both; `delay` minutes pass before each of them.
import::Records diamond(std::uint32_t tests, double delay){import::Records records;
for (std::uint32_t i = 0; i < tests; ++i) {
    const double t = 100.0 * i, unit = 10 + i % 5, build = 12 - i % 7;
    add_run(records, kNone, i, "lint", t, t + 3);
    add_run(records, kNone, i, "unit", t + 3 + delay, t + 3 + delay + unit);
    add_run(records, kNone, i, "build", t + 3 + delay, t + 3 + delay + build);
    const double both = t + 3 + delay + std::max(unit, build);
    add_run(records, kNone, i, "system", both + delay, both + delay + 20);
}
return records;
}  // namespace

TEST(Graph, ADiamondWithoutWhatFollows) {
    import::Records r = diamond(30, 0.2);
    const auto id = [&](const char* name) { return r.texts.of(name); };
    const Graph g = graph_of(tests_of(r));
    EXPECT_EQ(g.needs.size(), 3u);
    EXPECT_EQ(g.needs.at(id("unit")), std::vector{id("lint")});
    EXPECT_EQ(g.needs.at(id("system")), (std::vector{id("unit"), id("build")}));
    EXPECT_EQ(g.explained.value, 1);
}

TEST(Graph, NineteenTestsAreTooFew) {
    const import::Records r = diamond(19, 0.2);
    EXPECT_TRUE(graph_of(tests_of(r)).needs.empty());
}

TEST(Graph, WhoStartsMuchLaterWaitsForSomethingElse) {
    const import::Records r = diamond(30, 5);
    EXPECT_TRUE(graph_of(tests_of(r)).needs.empty());
}

TEST(Graph, OneStartBeforeTheEndRefutes) {
    import::Records r = diamond(30, 0.2);
    for (import::Run& run : r.runs)
        if (run.group == 7 && run.job == r.texts.of("unit")) run.queued = run.started = at(701);
    EXPECT_EQ(graph_of(tests_of(r)).needs.count(r.texts.of("unit")), 0u);
}

}  // namespace gatesim::infer
}  // namespace gatesim::infer
