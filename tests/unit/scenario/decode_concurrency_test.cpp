// Who goes first where not all can go on: groups, grants, returns to the front, successes that count again.
#include <gtest/gtest.h>

#include "model/concurrency.hpp"
#include "unit/scenario/good.hpp"

namespace gatesim {
namespace {

const Job& first_job(const Scenario& scenario) {
    return scenario.projects.front().pipelines.front().jobs.front();
}

TEST(Decode, AJobIsInAGroupByItsNameOrWithAFlag) {
    const Scenario plain = testing::load_with("", R"("e2e": {"duration": "9m", "concurrency": "deploy-{branch}"})");
    ASSERT_TRUE(first_job(plain).concurrency);
    EXPECT_EQ(first_job(plain).concurrency->group, "deploy-{branch}");
    EXPECT_FALSE(first_job(plain).concurrency->cancel_in_progress);
    const Scenario full = testing::load_with(
        "", R"("e2e": {"duration": "9m", "concurrency": {"group": "all", "cancel_in_progress": true}})");
    ASSERT_TRUE(first_job(full).concurrency);
    EXPECT_EQ(first_job(full).concurrency->group, "all");
    EXPECT_TRUE(first_job(full).concurrency->cancel_in_progress);
    EXPECT_FALSE(first_job(testing::load_with("")).concurrency);
}

TEST(Decode, NodesAndSemaphoresAreGrantedByAgeOrByPlace) {
    const Scenario s = testing::load_with(
        R"("defaults": {"semaphores": {"a": 2, "b": {"limit": 3, "grants": "in_order_of_queue"}, "c": {}}},
           "pools": {"default": {"grants": "in_order_of_queue"}, "other": {}})");
    ASSERT_EQ(s.semaphores.size(), 3u);
    EXPECT_EQ(s.semaphores[0].limit, 2);
    EXPECT_EQ(s.semaphores[0].grants, Grants::in_order_asked);
    EXPECT_EQ(s.semaphores[1].limit, 3);
    EXPECT_EQ(s.semaphores[1].grants, Grants::in_order_of_queue);
    EXPECT_EQ(s.semaphores[2].limit, 1);
    EXPECT_EQ(s.pools[0].grants, Grants::in_order_of_queue);
    EXPECT_EQ(s.pools[1].grants, Grants::in_order_asked);
}

TEST(Decode, WhoComesBackGoesToTheEndOrToTheFront) {
    const auto place = [](const std::string& said) {
        return testing::load_of(R"("arrivals": {"rate": "5/day", "limit": 5},
                                   "after_ejection": {"retry": "50%", "after": "1h")" +
                                said + "}")
            .load.after_ejection.at_front;
    };
    EXPECT_FALSE(place(""));
    EXPECT_FALSE(place(R"(, "place": "end")"));
    EXPECT_TRUE(place(R"(, "place": "front")"));
}

TEST(Decode, AJobMayReuseASuccess) {
    EXPECT_TRUE(first_job(testing::load_with("", R"("unit": {"duration": "9m", "reuses_green": true})")).reuses_green);
    EXPECT_FALSE(first_job(testing::load_with("")).reuses_green);
}

TEST(Groups, NamesAreMadeOfWhatTheRunIs) {
    const std::array<std::string_view, 4> values = {"c{job}7", "Stable/Grizzly", "nova", "e2e"};
    EXPECT_EQ(group_name("Deploy", values), "deploy");
    EXPECT_EQ(group_name("{project}/{branch}:{job}-{change}", values), "nova/stable/grizzly:e2e-c{job}7");
    EXPECT_EQ(unknown_placeholder("a{job}{change}b}"), std::nullopt);
    EXPECT_EQ(unknown_placeholder("{job}-{sha}-{x}"), "{sha}");
    EXPECT_EQ(unknown_placeholder("deploy-${{ github.ref }}"), "{{ github.ref }");
    EXPECT_EQ(unknown_placeholder("{job"), "{job");
}

}  // namespace
}  // namespace gatesim
