#include <gtest/gtest.h>

#include <csignal>
#include <deque>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernel/process.hpp"
#include "kernel/simgrid_engine.hpp"
#include "support/child.hpp"

namespace gatesim {
namespace {

using test::in_child;

// A random programme of events and processes that writes down everything that happens.
class Programme {
public:
    explicit Programme(unsigned seed, Time span) : random_(seed), span_(span) {
        for (int i = 0; i < 40; ++i) schedule();
        for (int i = 0; i < 20; ++i) processes_.start(wander(i, tokens_.emplace_back()));
    }

    Calendar calendar;

    std::string run(Engine& engine) {
        engine.run(calendar, span_ / 3, {});
        say("horizon", 0);
        const std::uint64_t some = calendar.fired() + 300;
        engine.run(calendar, kNever, [&] { return calendar.fired() >= some; });
        say("stopped", 0);
        engine.run(calendar, kNever, {});
        say("end", static_cast<std::int64_t>(processes_.live()));
        return said_;
    }

private:
    void say(const char* what, std::int64_t number) {
        said_ += std::to_string(calendar.now()) + " " + what + " " + std::to_string(number) + "\n";
    }
    Time wait() {
        switch (random_() % 4) {
            case 0:
                return 0;
            case 1:
                return static_cast<Time>(random_() % 3);
            case 2:
                return static_cast<Time>(random_() % 1000) * kSecond;
            default:
                return static_cast<Time>(random_() % static_cast<std::uint64_t>(span_));
        }
    }
    void schedule() {
        if (left_ == 0) return;
        --left_;
        handles_.push_back(calendar.at(calendar.now() + wait(), static_cast<Priority>(random_() % 3), &Programme::fire,
                                       this, handles_.size()));
    }
    static void fire(void* self, std::uint64_t number) {
        auto& p = *static_cast<Programme*>(self);
        p.say("event", static_cast<std::int64_t>(number));
        for (auto n = p.random_() % 3; n > 0; --n) p.schedule();
        const bool cancelled = p.calendar.cancel(p.handles_[p.random_() % p.handles_.size()]);
        if (cancelled) p.say("cancelled", 1);
        if (p.random_() % 50 == 0) p.tokens_[p.random_() % p.tokens_.size()].cancel();
    }
    Process wander(int number, CancelToken& token) {
        for (int i = 0; i < 30; ++i) {
            const Wait ended = co_await sleep_for(calendar, wait(), &token);
            say(ended == Wait::done ? "slept" : "woken", number);
            if (ended == Wait::cancelled) break;
            schedule();
        }
    }

    std::mt19937_64 random_;
    Time span_;
    int left_ = 1500;
    std::string said_;
    std::vector<Calendar::Handle> handles_;
    std::deque<CancelToken> tokens_;
    Processes processes_;
};

TEST(SimgridEngine, GivesTheHeapsBytesOnRandomProgrammes) {
    unsigned seed = 0;
    for (const Time span : {10 * kSecond, kDay, 365 * kDay, 60 * 365 * kDay}) {
        for (int i = 0; i < 3; ++i, ++seed) {
            Programme heap(seed, span);
            const std::string expected = heap.run(*make_heap_engine());
            EXPECT_GT(expected.size(), 1000u);
            const std::string got = in_child([&] {
                Programme same(seed, span);
                return same.run(*make_simgrid_engine(same.calendar));
            });
            ASSERT_EQ(got, expected) << "seed " << seed;
        }
    }
}

// Jumps longer than the whole past, beyond 97 days: where SimGrid's clock can miss a date of its own.
TEST(SimgridEngine, ReachesEveryInstantExactlyAfterLongJumps) {
    const auto run = [](bool simgrid) {
        Calendar calendar;
        std::string said;
        struct Note {
            Calendar* calendar;
            std::string* said;
        } note{&calendar, &said};
        std::mt19937_64 random(5);
        Time when = 1;
        for (int i = 0; i < 60; ++i) {
            calendar.at(
                when, Priority::deliver,
                [](void* n, std::uint64_t) {
                    const auto& to = *static_cast<Note*>(n);
                    *to.said += std::to_string(to.calendar->now()) + " ";
                },
                &note);
            when += 1 + static_cast<Time>(random() %
                                          static_cast<std::uint64_t>(when < kLongest / 10 ? 3 * when : when / 4));
        }
        const auto engine = simgrid ? make_simgrid_engine(calendar) : make_heap_engine();
        engine->run(calendar, kNever, {});
        return said + std::to_string(calendar.fired());
    };
    EXPECT_EQ(in_child([&] { return run(true); }), run(false));
}

TEST(SimgridEngine, OneAProcess) {
    const std::string message = in_child([] {
        Calendar calendar;
        { const auto first = make_simgrid_engine(calendar); }
        try {
            make_simgrid_engine(calendar);
        } catch (const std::runtime_error& e) {
            return std::string(e.what());
        }
        return std::string("no error");
    });
    EXPECT_NE(message.find("one engine"), std::string::npos) << message;
}

TEST(SimgridEngine, RunsOnlyItsOwnCalendar) {
    EXPECT_THROW(in_child([] {
                     Calendar mine, other;
                     make_simgrid_engine(mine)->run(other, kNever, {});
                     return std::string();
                 }),
                 std::runtime_error);
}

void our_handler(int) {}

TEST(SimgridEngine, LeavesSignalHandlersAlone) {
    const std::string kept = in_child([] {
        std::signal(SIGINT, our_handler);
        struct sigaction before {
        }, interrupt{}, fault{};
        sigaction(SIGSEGV, nullptr, &before);  // a sanitizer has one of its own
        Calendar calendar;
        calendar.at(
            5, Priority::deliver, [](void*, std::uint64_t) {}, nullptr);
        const auto engine = make_simgrid_engine(calendar);
        engine->run(calendar, kNever, {});
        sigaction(SIGINT, nullptr, &interrupt);
        sigaction(SIGSEGV, nullptr, &fault);
        return std::string(interrupt.sa_handler == our_handler ? "ours " : "theirs ") +
               (fault.sa_handler == before.sa_handler ? "as before" : "theirs");
    });
    EXPECT_EQ(kept, "ours as before");
}

Process failing(Calendar& calendar) {
    const Wait slept = co_await sleep_for(calendar, kMinute);
    if (slept == Wait::done) throw std::runtime_error("the oven is on fire");
}

TEST(SimgridEngine, AnExceptionComesOutAsItWas) {
    const std::string message = in_child([] {
        Calendar calendar;
        Processes processes;
        processes.start(failing(calendar));
        processes.start(failing(calendar));
        const auto engine = make_simgrid_engine(calendar);
        std::string all;
        for (int i = 0; i < 2; ++i) {
            try {
                engine->run(calendar, kNever, {});
            } catch (const std::runtime_error& e) {
                all += std::string(e.what()) + ";";
            }
        }
        return all + std::to_string(processes.live());
    });
    EXPECT_EQ(message, "the oven is on fire;the oven is on fire;0");
}

TEST(SimgridEngine, SaysNothingOfItsOwn) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    in_child([] {
        Programme programme(1, kDay);
        return programme.run(*make_simgrid_engine(programme.calendar));
    });
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace gatesim
