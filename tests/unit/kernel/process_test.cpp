#include "kernel/process.hpp"

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernel/engine.hpp"

namespace gatesim {
namespace {

struct World {
    Calendar calendar;
    CancelToken token;
    std::string said;
    Processes processes;

    void run(Time until = kNever) { make_heap_engine()->run(calendar, until, {}); }
    void say(const std::string& word) { said += word + "@" + std::to_string(calendar.now()) + " "; }
};

const char* word(Wait wait) {
    return wait == Wait::done ? "done" : "cancelled";
}

Process sleeper(World& w, std::string name, Time length, int times) {
    for (int i = 0; i < times; ++i) {
        co_await sleep_for(w.calendar, length);
        w.say(name);
    }
}

Process cancellable(World& w, Time length, CancelToken* token) {
    w.say(word(co_await sleep_for(w.calendar, length, token)));
    w.say(word(co_await sleep_for(w.calendar, length, token)));
}

Process canceller(World& w, Time when, CancelToken& token) {
    co_await sleep_until(w.calendar, when);
    token.cancel();
    w.say("cancel");
}

TEST(Process, SleepsSideBySide) {
    World w;
    w.processes.start(sleeper(w, "a", 10, 2));
    w.processes.start(sleeper(w, "b", 5, 4));
    EXPECT_EQ(w.processes.live(), 2u);
    w.run();
    EXPECT_EQ(w.said, "b@5 a@10 b@10 b@15 a@20 b@20 ");
    EXPECT_EQ(w.processes.live(), 0u);
}

TEST(Process, ANeverStartedOneIsDropped) {
    World w;
    { Process unused = sleeper(w, "a", 10, 2); }
    w.run();
    EXPECT_EQ(w.said, "");
}

TEST(Process, ZeroSleepLastsOneWave) {
    World w;
    w.processes.start(sleeper(w, "a", 0, 3));
    w.processes.start(sleeper(w, "b", 0, 3));
    w.run();
    EXPECT_EQ(w.said, "a@0 b@0 a@0 b@0 a@0 b@0 ");
}

TEST(Process, CancellationWakesInTheNextWaveAndNeverInLine) {
    World w;
    w.processes.start(cancellable(w, 100, &w.token));
    w.processes.start(canceller(w, 30, w.token));
    w.run();
    EXPECT_EQ(w.said, "cancel@30 cancelled@30 cancelled@30 ");
    EXPECT_EQ(w.calendar.now(), 30);
    EXPECT_EQ(w.calendar.pending(), 0u);
}

TEST(Process, CancellationAfterTheWaitTouchesOnlyLaterOnes) {
    World w;
    w.processes.start(cancellable(w, 100, &w.token));
    w.processes.start(canceller(w, 100, w.token));  // its event comes second, within the same wave
    w.run();
    EXPECT_EQ(w.said, "done@100 cancel@100 cancelled@100 ");
    w.token.cancel();
    w.run();
    EXPECT_EQ(w.said, "done@100 cancel@100 cancelled@100 ");
}

TEST(Process, CancellationOfAWaitThatIsDueInTheSameWaveWins) {
    World w;
    w.processes.start(canceller(w, 100, w.token));
    w.processes.start(cancellable(w, 100, &w.token));
    w.run();
    EXPECT_EQ(w.said, "cancel@100 cancelled@100 cancelled@100 ");
}

TEST(Process, ACancelledTokenCancelsAtOnce) {
    World w;
    w.token.cancel();
    w.processes.start(cancellable(w, 100, &w.token));
    EXPECT_EQ(w.said, "cancelled@0 cancelled@0 ");
    EXPECT_EQ(w.processes.live(), 0u);
}

// Something that answers by callback: counts what it was asked.
struct Oven {
    Calendar& calendar;
    int begun = 0;
    int taken_back = 0;
    Calendar::Handle event = {};

    void start(Time length, Calendar::Action done, void* context) {
        ++begun;
        event = calendar.at(calendar.now() + length, Priority::deliver, done, context, 42);
    }
    void take_back() {
        ++taken_back;
        EXPECT_TRUE(calendar.cancel(event));
    }
};

Process baker(World& w, Oven& oven, Time length) {
    const Answer answer = co_await wait_for(
        w.calendar, [&](Calendar::Action done, void* context) { oven.start(length, done, context); },
        [&] { oven.take_back(); }, &w.token);
    w.say(std::string(word(answer.wait)) + std::to_string(answer.argument));
}

TEST(Process, WaitsForACallback) {
    World w;
    Oven oven{.calendar = w.calendar};
    w.processes.start(baker(w, oven, 7));
    w.run();
    EXPECT_EQ(w.said, "done42@7 ");
    EXPECT_EQ(oven.taken_back, 0);
}

TEST(Process, TakesACallbackBackOnCancellation) {
    World w;
    Oven oven{.calendar = w.calendar};
    w.processes.start(baker(w, oven, 7));
    w.processes.start(canceller(w, 3, w.token));
    w.run();
    EXPECT_EQ(w.said, "cancel@3 cancelled0@3 ");
    EXPECT_EQ(oven.begun, 1);
    EXPECT_EQ(oven.taken_back, 1);
}

TEST(Process, TakesACallbackBackOnDestruction) {
    World w;
    Oven oven{.calendar = w.calendar};
    {
        Processes mine;
        mine.start(baker(w, oven, 7));
        EXPECT_EQ(mine.live(), 1u);
    }
    EXPECT_EQ(oven.taken_back, 1);
    EXPECT_EQ(w.calendar.pending(), 0u);
    w.token.cancel();  // knows of no waiter any more
    w.run();
    EXPECT_EQ(w.said, "");
}

TEST(Process, DestructionBetweenCancellationAndWakeUp) {
    World w;
    Oven oven{.calendar = w.calendar};
    {
        Processes mine;
        mine.start(baker(w, oven, 7));
        w.token.cancel();
        EXPECT_EQ(w.calendar.pending(), 1u);  // the wake-up
    }
    EXPECT_EQ(oven.taken_back, 1);
    EXPECT_EQ(w.calendar.pending(), 0u);
}

struct Counted {
    int& count;
    explicit Counted(int& c) : count(c) { ++count; }
    Counted(const Counted&) = delete;
    ~Counted() { --count; }
};

Process holder(World& w, int& alive, bool fail) {
    const Counted counted(alive);
    co_await sleep_for(w.calendar, 10);
    if (fail) throw std::runtime_error("the oven is on fire");
    co_await sleep_for(w.calendar, 10);
}

TEST(Process, DestroysWhatStillWaits) {
    int alive = 0;
    {
        World w;
        for (int i = 0; i < 5; ++i) w.processes.start(holder(w, alive, false));
        w.run(10);
        EXPECT_EQ(alive, 5);
    }
    EXPECT_EQ(alive, 0);
}

TEST(Process, AnExceptionComesOutOfTheInstant) {
    int alive = 0;
    World w;
    w.processes.start(holder(w, alive, true));
    w.processes.start(holder(w, alive, false));
    try {
        w.run();
        FAIL() << "the exception was swallowed";
    } catch (const std::runtime_error& e) {
        EXPECT_STREQ(e.what(), "the oven is on fire");
    }
    EXPECT_EQ(alive, 1);
    EXPECT_EQ(w.processes.live(), 1u);
    w.run();
    EXPECT_EQ(alive, 0);
}

Process hasty() {
    throw std::runtime_error("before the first wait");
    co_return;
}

TEST(Process, AnExceptionBeforeTheFirstWaitComesOutOfStart) {
    World w;
    EXPECT_THROW(w.processes.start(hasty()), std::runtime_error);
    EXPECT_EQ(w.processes.live(), 0u);
}

Process without_variables(World& w) {
    for (;;) {
        if (co_await sleep_for(w.calendar, 10, &w.token) == Wait::cancelled) co_return;
        w.say("x");
    }
}

// Either the compiler does it right or the process is refused; what must not happen is a jump into the void.
TEST(Process, AFrameThatTheCompilerMisplacesIsRefused) {
    World w;
    try {
        w.processes.start(without_variables(w));
        w.processes.start(canceller(w, 25, w.token));
        w.run();
        EXPECT_EQ(w.said, "x@10 x@20 cancel@25 ");
    } catch (const std::logic_error& e) {
        EXPECT_NE(std::string(e.what()).find("co_await"), std::string::npos);
    }
    EXPECT_EQ(w.processes.live(), 0u);
}

Process parent(World& w, int depth) {
    co_await sleep_for(w.calendar, 1);
    if (depth > 0) {
        w.processes.start(parent(w, depth - 1));
        w.processes.start(parent(w, depth - 1));
    }
    w.said += "x";
}

TEST(Process, ProcessesStartProcesses) {
    World w;
    w.processes.start(parent(w, 6));
    w.run();
    EXPECT_EQ(w.said.size(), 127u);
    EXPECT_EQ(w.calendar.now(), 7);
}

Process large(World& w, int& sum) {
    std::array<int, 2000> memory{};
    for (std::size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<int>(i);
    co_await sleep_for(w.calendar, 1);
    for (const int m : memory) sum += m;
}

TEST(Process, FramesLargerThanThePoolsClasses) {
    World w;
    int sum = 0;
    w.processes.start(large(w, sum));
    w.processes.start(large(w, sum));
    w.run();
    EXPECT_EQ(sum, 2 * 1999 * 1000);
}

Process wanderer(World& w, std::mt19937_64& random, CancelToken& token, int& ended) {
    for (;;) {
        const Wait wait = co_await sleep_for(w.calendar, static_cast<Time>(random() % 20), &token);
        if (wait == Wait::cancelled || random() % 8 == 0) break;
    }
    ++ended;
}

TEST(Process, ManyLivesAndCancellationsEndEachOnce) {
    World w;
    std::mt19937_64 random(7);
    std::deque<CancelToken> tokens;
    int ended = 0;
    for (int i = 0; i < 20'000; ++i) {
        w.processes.start(wanderer(w, random, tokens.emplace_back(), ended));
        if (random() % 2) tokens[random() % tokens.size()].cancel();
        if (i % 16 == 0) w.calendar.work_off_instant();
    }
    w.run();
    EXPECT_EQ(ended, 20'000);
    EXPECT_EQ(w.processes.live(), 0u);
}

}  // namespace
}  // namespace gatesim
