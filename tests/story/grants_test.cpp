// Nodes and semaphores by place in the queue instead of by age.
#include <gtest/gtest.h>

#include "support/story.hpp"

namespace gatesim {
namespace {

// Row c19b of the field cases (tensorzero 6003): two slots for the database; the head builds slower than those behind
// it, which take the slots that it needs.
Story slots(Grants grants, bool pool) {
    Story story("github");
    story.job("build", 300);
    Job& db = story.job("db", 600);
    db.needs.push_back({0, false});
    if (pool) {
        Pool small = story.scenario().pools.front();
        story.scenario().labels.push_back("clickhouse");
        small.name = "clickhouse";
        small.labels = {1};
        small.nodes = 2;
        small.grants = grants;
        story.scenario().pools.push_back(small);
        db.label = 1;
    } else {
        story.scenario().semaphores = {{"clickhouse", 2, grants}};
        db.semaphore = SemaphoreUse{0, false};
    }
    story.change("head", 0).lasts("build", 420);
    for (const char* name : {"p2", "p3", "p4", "p5"}) story.change(name, 0);
    return story;
}

TEST(Grants, InOrderAskedTheHeadWaitsForThoseBehindIt) {
    EXPECT_EQ(slots(Grants::in_order_asked, true).outcomes(),
              "2100 head landed\n2100 p2 landed\n2100 p3 landed\n2100 p4 landed\n2100 p5 landed\n");
}

TEST(Grants, InOrderOfTheQueueTheHeadHasTheNextSlot) {
    for (const bool pool : {true, false}) {
        Story story = slots(Grants::in_order_of_queue, pool);
        EXPECT_EQ(story.outcomes(),
                  "1500 head landed\n1500 p2 landed\n1500 p3 landed\n1500 p4 landed\n2100 p5 landed\n")
            << (pool ? "nodes" : "semaphore");
        EXPECT_EQ(story.broken(), "");
    }
}

TEST(Grants, OfDifferentQueuesWhoAskedFirstGoesFirst) {
    Story story("zuul");
    story.job("build", 10);
    story.job("db", 100).needs.push_back({0, false});
    story.scenario().projects.push_back(story.scenario().projects.front());
    story.scenario().projects.back().name = "q";
    Pool one = story.scenario().pools.front();
    story.scenario().labels.push_back("db");
    one.labels = {1};
    one.nodes = 1;
    one.grants = Grants::in_order_of_queue;
    story.scenario().pools.push_back(one);
    for (Project& project : story.scenario().projects) project.pipelines.front().jobs.back().label = 1;
    story.change("A", 0).lasts("build", 40);
    story.change("B", 0);
    story.change("C", 0).lasts("build", 20);
    story.change("other", 0).lasts("build", 30);
    story.scenario().load.listed->changes.back().project = 1;
    // Asked: B at 10 (served), C at 20, other at 30, A at 40. At 110 it is the turn of the first queue, and A's in it.
    const std::string told = story.told();
    EXPECT_LT(told.find("110 A/db"), told.find("210 other/db")) << told;
    EXPECT_LT(told.find("210 other/db"), told.find("310 C/db")) << told;
    EXPECT_EQ(story.broken(), "");
}

/// A and B stand in one queue, other in another; a semaphore for one. other asks before B does.
std::string one_semaphore(Grants grants) {
    Story story("zuul");
    story.scenario().semaphores = {{"db", 1, grants}};
    story.job("db", 100).semaphore = SemaphoreUse{0, false};
    story.scenario().projects.push_back(story.scenario().projects.front());
    story.scenario().projects.back().name = "q";
    story.change("A", 0);
    story.change("other", 10);
    story.scenario().load.listed->changes.back().project = 1;
    story.change("B", 20);
    const std::string outcomes = story.outcomes();
    EXPECT_EQ(story.broken(), "");
    return outcomes;
}

TEST(Grants, ASemaphoreGoesToWhoAskedFirstOfDifferentQueues) {
    EXPECT_EQ(one_semaphore(Grants::in_order_asked), "100 A landed\n200 B landed\n300 other landed\n")
        << "as ever: the first queue is looked at first";
    EXPECT_EQ(one_semaphore(Grants::in_order_of_queue), "100 A landed\n200 other landed\n300 B landed\n");
}

}  // namespace
}  // namespace gatesim
