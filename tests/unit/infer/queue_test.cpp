#include "infer/queue.hpp"

#include <gtest/gtest.h>

#include "infer/landings.hpp"
#include "unit/infer/records.hpp"

namespace gatesim::infer {
namespace {

using import::Left;

TEST(Window, MostGroupsAtOnceWhileMoreWait) {
    import::Records records;
    for (std::uint32_t i = 0; i < 12; ++i) {
        const auto stay = add_stay(records, ("c" + std::to_string(i)).c_str(), 0, 10 * (i / 3 + 1));
        add_run(records, stay, i, "unit", 10 * (i / 3), 10 * (i / 3 + 1));
    }
    const Window w = window_of(records, tests_of(records));
    EXPECT_EQ(w.most, 3u);
    EXPECT_TRUE(w.limited);
}

TEST(Window, AGroupThatWasReplacedDoesNotCount) {
    import::Records records;
    const auto stay = add_stay(records, "a", 0, 40);
    add_run(records, stay, 0, "unit", 0, 30);  // it runs on after the next has begun
    add_run(records, stay, 1, "unit", 10, 40);
    const Window w = window_of(records, tests_of(records));
    EXPECT_EQ(w.most, 1u);
    EXPECT_FALSE(w.limited);
}

TEST(Stays, SharesAndComeBack) {
    import::Records records;
    add_stay(records, "a", 0, 10);
    add_stay(records, "b", 1, 20, Left::ejected);
    add_stay(records, "c", 2, 30, Left::ejected);
    add_stay(records, "d", 3, 40, Left::withdrawn);
    add_stay(records, "b", 50, 60);
    add_stay(records, "c", 90, 99, Left::open);
    const Stays s = stays_of(records, {at(0), at(1000)});
    EXPECT_EQ(s.decided, 5u);
    EXPECT_DOUBLE_EQ(s.ejected.value, 0.4);
    EXPECT_DOUBLE_EQ(s.withdrawn.value, 0.2);
    EXPECT_DOUBLE_EQ(s.came_back.value, 1);
    EXPECT_EQ(s.came_back.n, 2u);
    EXPECT_NEAR(s.back_after.value, 60 * std::sqrt(30.0 * 60), 1e-6);
    EXPECT_DOUBLE_EQ(s.ahead, 6.0 / 6);
}

TEST(Stays, WhoWaitedAtTheStart) {
    import::Records records;
    add_stay(records, "a", 0, 10);
    add_stay(records, "b", 1, 30);
    add_stay(records, "c", 25, 40);
    EXPECT_EQ(stays_of(records, {at(20), at(100)}).waiting, std::vector<std::uint32_t>{1});
}

TEST(Landings, WithoutEnqueuesTheFastestSaysHowLongTheGateTakes) {
    import::Records records;
    for (int i = 0; i < 200; ++i) {
        import::Entry e;
        e.uploaded = at(i);
        e.left = at(i + 100 - (i < 3 ? 40 : 0));
        e.outcome = import::Left::landed;
        records.entries.push_back(e);
    }
    EXPECT_TRUE(lacks_enqueues(records));
    const Value gate = fastest_gate(records, std::nullopt);
    EXPECT_EQ(gate.n, 200u);
    EXPECT_EQ(gate.value, 30 * 60);
    EXPECT_EQ(fastest_gate(records, Span{at(150), at(400)}).value, 50 * 60);  // the fast ones are not in it
    assume_enqueues(records, from_seconds(gate.value));
    EXPECT_FALSE(lacks_enqueues(records));
    EXPECT_EQ(records.entries[10].enqueued, at(80));
}

}  // namespace
}  // namespace gatesim::infer
