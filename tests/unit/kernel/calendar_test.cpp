#include "kernel/calendar.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "kernel/engine.hpp"

namespace gatesim {
namespace {

// A calendar whose events call functions, for short tests.
class Script {
public:
    Calendar calendar;

    Calendar::Handle at(Time when, std::function<void()> body, Priority priority = Priority::deliver) {
        return calendar.at(when, priority, &Script::call, this, keep(std::move(body)));
    }
    Calendar::Handle later(Priority priority, std::function<void()> body) {
        return calendar.later_this_wave(priority, &Script::call, this, keep(std::move(body)));
    }
    Calendar::Handle note(Time when, const std::string& word, Priority priority = Priority::deliver) {
        return at(
            when, [this, word] { said += word; }, priority);
    }
    void run() { make_heap_engine()->run(calendar, kNever, {}); }

    std::string said;

private:
    std::uint64_t keep(std::function<void()> body) {
        bodies_.push_back(std::move(body));
        return bodies_.size() - 1;
    }
    static void call(void* self, std::uint64_t number) {
        const auto body = static_cast<Script*>(self)->bodies_[number];
        body();
    }
    std::vector<std::function<void()>> bodies_;
};

TEST(Calendar, TimesInOrderTiesFirstInFirstOut) {
    Script s;
    s.note(20, "d");
    s.note(10, "a");
    s.note(20, "e");
    s.note(10, "b");
    s.note(10, "c");
    EXPECT_EQ(s.calendar.next(), 10);
    s.run();
    EXPECT_EQ(s.said, "abcde");
    EXPECT_EQ(s.calendar.now(), 20);
    EXPECT_EQ(s.calendar.fired(), 5u);
    EXPECT_EQ(s.calendar.next(), kNever);
}

TEST(Calendar, PrioritiesSpeakInOrderWithinAWave) {
    Script s;
    s.note(5, "h", Priority::hand_out);
    s.note(5, "g", Priority::decide);
    s.note(5, "d", Priority::deliver);
    s.note(5, "H", Priority::hand_out);
    s.note(5, "D", Priority::deliver);
    s.run();
    EXPECT_EQ(s.said, "dDghH");
}

TEST(Calendar, WorkForThePresentInstantJoinsTheNextWave) {
    Script s;
    s.at(5, [&] {
        s.said += "1";
        s.at(5, [&] {
            s.said += "3";
            s.note(5, "5");
        });
    });
    s.at(
        5, [&] { s.said += "2"; }, Priority::hand_out);
    s.at(
        5, [&] { s.note(5, "4", Priority::deliver); }, Priority::decide);
    s.run();
    EXPECT_EQ(s.said, "12345");
}

TEST(Calendar, WorkScheduledFromEarlierInstantsFormsWaveZero) {
    Script s;
    s.at(1, [&] {
        s.note(9, "b");
        s.at(1, [&] { s.note(9, "c"); });
    });
    s.note(9, "a");
    s.at(9, [&] { s.note(9, "d"); });
    s.run();
    EXPECT_EQ(s.said, "abcd");
}

TEST(Calendar, LaterThisWaveComesBeforeTheNextWave) {
    Script s;
    s.at(5, [&] {
        s.note(5, "n");
        s.later(Priority::decide, [&] { s.said += "w"; });
        EXPECT_THROW(s.later(Priority::deliver, [] {}), std::logic_error);
    });
    s.note(5, "a");
    s.run();
    EXPECT_EQ(s.said, "awn");
    EXPECT_THROW(s.later(Priority::hand_out, [] {}), std::logic_error);
}

TEST(Calendar, BetweenInstantsThePresentIsWaveZero) {
    Script s;
    s.note(0, "a");
    s.run();
    s.note(0, "b");
    s.at(0, [&] { s.note(0, "d"); });
    s.note(0, "c");
    s.run();
    EXPECT_EQ(s.said, "abcd");
}

TEST(Calendar, ThePastIsRefused) {
    Script s;
    s.note(10, "a");
    s.run();
    EXPECT_THROW(s.note(9, "b"), std::logic_error);
}

TEST(Calendar, CancelTakesBackOnce) {
    Script s;
    const auto a = s.note(10, "a");
    const auto b = s.note(10, "b");
    EXPECT_EQ(s.calendar.pending(), 2u);
    EXPECT_TRUE(s.calendar.cancel(a));
    EXPECT_FALSE(s.calendar.cancel(a));
    EXPECT_EQ(s.calendar.pending(), 1u);
    s.run();
    EXPECT_EQ(s.said, "b");
    EXPECT_FALSE(s.calendar.cancel(b));
    EXPECT_FALSE(s.calendar.cancel(Calendar::Handle{}));
    EXPECT_FALSE((s.calendar.cancel(Calendar::Handle{77, 1})));
}

TEST(Calendar, StaleHandleDoesNotTouchTheSlotsNextEvent) {
    Script s;
    const auto a = s.note(10, "a");
    s.calendar.cancel(a);
    const auto b = s.note(10, "b");
    EXPECT_EQ(a.slot, b.slot);
    EXPECT_FALSE(s.calendar.cancel(a));
    s.run();
    EXPECT_EQ(s.said, "b");
}

TEST(Calendar, AnEventCanCancelAnotherOfItsOwnWaveButNotItself) {
    Script s;
    Calendar::Handle self, other;
    self = s.at(5, [&] {
        EXPECT_FALSE(s.calendar.cancel(self));
        EXPECT_TRUE(s.calendar.cancel(other));
        s.said += "a";
    });
    other = s.note(5, "b");
    s.note(5, "c");
    s.run();
    EXPECT_EQ(s.said, "ac");
}

TEST(Calendar, AnInstantThatDoesNotEndIsReported) {
    Script s;
    std::function<void()> again = [&] { s.at(s.calendar.now(), again); };
    s.at(3, again);
    try {
        s.run();
        FAIL() << "a runaway instant must be stopped";
    } catch (const std::runtime_error& e) {
        EXPECT_NE(std::string(e.what()).find("does not end"), std::string::npos) << e.what();
    }
}

TEST(Calendar, AManyWavedInstantIsAllowed) {
    Script s;
    int waves = 0;
    std::function<void()> again = [&] {
        if (++waves < 59'000) s.at(s.calendar.now(), again);
    };
    s.at(3, again);
    s.run();
    EXPECT_EQ(waves, 59'000);
}

TEST(Calendar, AnExceptionLeavesTheCalendarUsable) {
    Script s;
    s.at(3, [] { throw std::runtime_error("trouble in an event"); });
    s.note(4, "b");
    EXPECT_THROW(s.run(), std::runtime_error);
    s.note(3, "a");  // between instants again: the present is open
    s.run();
    EXPECT_EQ(s.said, "ab");
}

TEST(Calendar, CancelStormsDoNotGrowIt) {
    Calendar calendar;
    const auto nothing = [](void*, std::uint64_t) {};
    std::vector<Calendar::Handle> waiting;
    std::mt19937_64 random(1);
    for (int i = 0; i < 1000; ++i) waiting.push_back(calendar.at(i + 1'000'000, Priority::deliver, nothing, nullptr));
    for (int i = 0; i < 200'000; ++i) {
        auto& handle = waiting[random() % waiting.size()];
        ASSERT_TRUE(calendar.cancel(handle));
        handle = calendar.at(static_cast<Time>(1'000'000 + random() % 1'000'000), Priority::deliver, nothing, nullptr);
        ASSERT_LE(calendar.held(), 2 * calendar.pending() + 1);
    }
    for (const auto& handle : waiting) ASSERT_TRUE(calendar.cancel(handle));
    EXPECT_EQ(calendar.pending(), 0u);
    EXPECT_LT(calendar.held(), 128u);
}

// The same random programme on the calendar and on a sorted map.
TEST(Calendar, AgreesWithASortedMapUnderRandomUse) {
    using Key = std::tuple<Time, std::uint64_t, int, std::uint64_t>;  // time, wave, priority, sequence
    for (unsigned seed = 0; seed < 30; ++seed) {
        struct World {
            Calendar calendar;
            std::map<Key, std::uint64_t> expected;
            std::map<std::uint64_t, std::pair<Key, Calendar::Handle>> alive;
            std::vector<std::pair<Key, Calendar::Handle>> dead;
            std::mt19937_64 random;
            std::uint64_t sequence = 0;
            std::uint64_t wave = 0;
            bool working = false;
            int left = 3000;

            void schedule() {
                const Time when = calendar.now() + static_cast<Time>(random() % 4 == 0 ? 0 : random() % 50);
                const auto priority = static_cast<Priority>(random() % 3);
                const std::uint64_t w = working && when == calendar.now() ? wave + 1 : 0;
                const std::uint64_t id = sequence++;
                const Key key{when, w, static_cast<int>(priority), id};
                alive[id] = {key, calendar.at(when, priority, &World::fire, this, id)};
                expected[key] = id;
            }
            void drop() {
                if (alive.empty()) return;
                auto at = alive.lower_bound(random() % sequence);
                if (at == alive.end()) at = alive.begin();
                ASSERT_TRUE(calendar.cancel(at->second.second));
                expected.erase(at->second.first);
                dead.push_back(at->second);
                alive.erase(at);
            }
            static void fire(void* self, std::uint64_t id) {
                auto& w = *static_cast<World*>(self);
                ASSERT_FALSE(w.expected.empty());
                ASSERT_EQ(w.expected.begin()->second, id);
                const Key key = w.expected.begin()->first;
                ASSERT_EQ(w.calendar.now(), std::get<0>(key));
                w.wave = std::get<1>(key);
                w.expected.erase(w.expected.begin());
                w.dead.push_back(w.alive[id]);
                w.alive.erase(id);
                w.step();
            }
            void step() {
                for (int i = static_cast<int>(random() % 3); i-- > 0 && left > 0; --left) schedule();
                if (random() % 3 == 0) drop();
                if (!dead.empty()) {
                    ASSERT_FALSE(calendar.cancel(dead[random() % dead.size()].second));
                }
                ASSERT_EQ(calendar.pending(), expected.size());
            }
        } world;
        world.random.seed(seed);
        for (int i = 0; i < 200; ++i) world.schedule();
        while (world.calendar.next() != kNever && !::testing::Test::HasFatalFailure()) {
            world.working = true;
            world.calendar.work_off_instant();
            world.working = false;
            if (world.left > 0) world.schedule();
        }
        ASSERT_TRUE(world.expected.empty());
    }
}

TEST(HeapEngine, StopsAtItsHorizonAndWhenAsked) {
    Script s;
    for (int i = 1; i <= 9; ++i) s.note(i * 10, std::to_string(i));
    const auto engine = make_heap_engine();
    engine->run(s.calendar, 30, {});
    EXPECT_EQ(s.said, "123");
    engine->run(s.calendar, kNever, [&] { return s.said.size() == 5; });
    EXPECT_EQ(s.said, "12345");
    engine->run(s.calendar, kNever, {});
    EXPECT_EQ(s.said, "123456789");
}

}  // namespace
}  // namespace gatesim
