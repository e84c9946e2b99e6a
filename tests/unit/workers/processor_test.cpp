#include "workers/processor.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernel/simgrid_engine.hpp"
#include "support/child.hpp"
#include "workers/processors.hpp"

namespace gatesim {
namespace {

using test::in_child;

// Work that starts and is taken back at stated times, and when each piece ended (-1: taken back).
struct Order {
    std::uint32_t machine;
    Time start;
    Time work;
    Time cancel = kNever;
    int after = -1;  // if not -1: starts when that piece ended, `start` later
};

class Shop {
public:
    Shop(Calendar& calendar, Processor& processor, std::vector<Order> orders)
        : calendar_(calendar),
          processor_(processor),
          orders_(std::move(orders)),
          ends_(orders_.size(), -1),
          tickets_(orders_.size()) {
        for (std::size_t i = 0; i < orders_.size(); ++i) {
            if (orders_[i].after < 0) calendar_.at(orders_[i].start, Priority::hand_out, &Shop::begin, this, i);
        }
    }

    const std::vector<Time>& ends() const { return ends_; }

private:
    static void begin(void* self, std::uint64_t i) {
        auto& s = *static_cast<Shop*>(self);
        const Order& order = s.orders_[i];
        s.tickets_[i] = s.processor_.start(order.machine, order.work, &Shop::done, self, i);
        if (order.cancel == kNever) return;
        s.calendar_.at(
            s.calendar_.now() + order.cancel, Priority::decide,
            [](void* shop, std::uint64_t n) {
                auto& t = *static_cast<Shop*>(shop);
                t.processor_.cancel(t.tickets_[n]);  // may come too late
            },
            self, i);
    }
    static void done(void* self, std::uint64_t i) {
        auto& s = *static_cast<Shop*>(self);
        EXPECT_EQ(s.ends_[i], -1) << "told twice";
        s.ends_[i] = s.calendar_.now();
        for (std::size_t next = 0; next < s.orders_.size(); ++next) {
            if (s.orders_[next].after == static_cast<int>(i)) {
                s.calendar_.at(s.calendar_.now() + s.orders_[next].start, Priority::hand_out, &Shop::begin, self, next);
            }
        }
    }

    Calendar& calendar_;
    Processor& processor_;
    std::vector<Order> orders_;
    std::vector<Time> ends_;
    std::vector<std::uint64_t> tickets_;
};

std::vector<Time> with_ps(const std::vector<Order>& orders, double cores) {
    Calendar calendar;
    const auto processor = make_ps_processor(calendar, cores);
    const Shop shop(calendar, *processor, orders);
    make_heap_engine()->run(calendar, kNever, {});
    return shop.ends();
}

std::vector<Time> with_simgrid(const std::vector<Order>& orders, std::size_t machines, double cores) {
    const std::string text = in_child([&] {
        Calendar calendar;
        const auto engine = make_simgrid_engine(calendar);
        const auto processor = engine->make_processor("devstack", machines, cores);
        const Shop shop(calendar, *processor, orders);
        engine->run(calendar, kNever, {});
        std::string ends;
        for (const Time end : shop.ends()) ends += std::to_string(end) + " ";
        return ends;
    });
    std::vector<Time> ends;
    std::istringstream in(text);
    for (Time end = 0; in >> end;) ends.push_back(end);
    return ends;
}

TEST(PlainProcessor, EverythingAtFullSpeed) {
    Calendar calendar;
    const auto processor = make_plain_processor(calendar);
    const Shop shop(calendar, *processor, {{0, 0, 100}, {0, 10, 100}, {0, 20, 100, 50}, {0, 30, 0}});
    make_heap_engine()->run(calendar, kNever, {});
    EXPECT_EQ(shop.ends(), (std::vector<Time>{100, 110, -1, 30}));
}

TEST(PsProcessor, ClosedForms) {
    // One core, two at once: both need twice as long. Then one joins later.
    EXPECT_EQ(with_ps({{0, 0, 100}, {0, 0, 100}}, 1), (std::vector<Time>{200, 200}));
    EXPECT_EQ(with_ps({{0, 0, 100}, {0, 50, 100}}, 1), (std::vector<Time>{150, 200}));
    // As many cores as work: nobody is slowed down; machines do not share.
    EXPECT_EQ(with_ps({{0, 0, 100}, {0, 0, 70}}, 2), (std::vector<Time>{100, 70}));
    EXPECT_EQ(with_ps({{0, 0, 100}, {1, 0, 70}}, 1), (std::vector<Time>{100, 70}));
    // Three on two cores at 2/3; the first ends at 90, from then on full speed.
    EXPECT_EQ(with_ps({{0, 0, 60}, {0, 0, 80}, {0, 0, 100}}, 2), (std::vector<Time>{90, 110, 130}));
    // Half a core for everybody when alone.
    EXPECT_EQ(with_ps({{0, 0, 100}}, 0.5), (std::vector<Time>{200}));
    // Taken back at 50: the other one had half of it, then all.
    EXPECT_EQ(with_ps({{0, 0, 100}, {0, 0, 100, 50}}, 1), (std::vector<Time>{125, -1}));
    // k equal pieces on c cores end together at k w / c.
    const Time hour = kHour;
    EXPECT_EQ(with_ps(std::vector<Order>(8, {0, 0, hour}), 6), std::vector<Time>(8, hour * 8 / 6));
    // Between two microseconds: told at the later one, and the rest is not wronged: 10/3 and 3 x 4 - 10/3 x 2.
    EXPECT_EQ(with_ps({{0, 0, 1}, {0, 0, 3}}, 0.9), (std::vector<Time>{3, 5}));
}

TEST(PsProcessor, WorkIsConservedOnABusyMachine) {
    // While all cores are busy, the last end is the total work over the cores, whatever the pieces are.
    std::mt19937_64 random(2);
    for (int round = 0; round < 50; ++round) {
        std::vector<Order> orders;
        Time total = 0;
        for (int i = 0; i < 12; ++i) {
            orders.push_back({0, 0, 1 + static_cast<Time>(random() % kHour)});
            total += orders.back().work;
        }
        Time last = 0;
        for (const Time end : with_ps(orders, 1)) last = std::max(last, end);
        EXPECT_NEAR(static_cast<double>(last), static_cast<double>(total), 1);
    }
}

TEST(PsProcessor, WhoIsToldMayStartAndTakeBackOnTheSameMachine) {
    struct Shared {
        Calendar calendar;
        std::unique_ptr<Processor> processor = make_ps_processor(calendar, 2);
        std::uint64_t other = 0;
        std::string told;
    } s;
    const auto say = [](void* shared, std::uint64_t letter) {
        auto& to = *static_cast<Shared*>(shared);
        to.told += static_cast<char>(letter) + std::to_string(to.calendar.now()) + " ";
    };
    static constexpr auto first_done = [](void* shared, std::uint64_t) {
        auto& to = *static_cast<Shared*>(shared);
        to.told += "a" + std::to_string(to.calendar.now()) + " ";
        to.processor->cancel(to.other);  // ended at this very instant, not told yet
        to.processor->start(
            0, 10, [](void* t, std::uint64_t) { static_cast<Shared*>(t)->told += "d "; }, shared, 0);
    };
    s.processor->start(0, 50, first_done, &s, 0);
    s.other = s.processor->start(0, 50, say, &s, 'b');
    s.processor->start(0, 80, say, &s, 'c');
    make_heap_engine()->run(s.calendar, kNever, {});
    EXPECT_EQ(s.told, "a75 d c105 ");
    EXPECT_EQ(s.calendar.now(), 105);
}

TEST(PsProcessor, NeedsCores) {
    Calendar calendar;
    EXPECT_THROW(make_ps_processor(calendar, 0), std::invalid_argument);
}

// Overloaded machines, whole seconds and odd microseconds, cancellations before and after the end, follow-up work.
std::vector<Order> random_orders(unsigned seed, int machines, int pieces) {
    std::mt19937_64 random(seed);
    const bool whole_seconds = seed % 3 == 0;
    const auto time = [&](Time most) {
        const Time t = static_cast<Time>(random() % static_cast<std::uint64_t>(most));
        return whole_seconds ? t / kSecond * kSecond : t;
    };
    std::vector<Order> orders;
    for (int i = 0; i < pieces; ++i) {
        Order order{static_cast<std::uint32_t>(random() % static_cast<unsigned>(machines)), time(2 * kHour),
                    time(40 * kMinute)};
        if (random() % 5 == 0) order.cancel = time(kHour);
        if (i > 10 && random() % 2) {
            order.after = static_cast<int>(random() % static_cast<unsigned>(i));
            order.start = random() % 3 ? 0 : time(kMinute);
        }
        orders.push_back(order);
    }
    return orders;
}

TEST(PsProcessor, EqualsSimgrid) {
    for (unsigned seed = 0; seed < 24; ++seed) {
        const int machines = 1 + static_cast<int>(seed % 4);
        const double cores = 1 + seed % 7;
        const auto orders = random_orders(seed, machines, 200);
        const auto ps = with_ps(orders, cores);
        const auto simgrid = with_simgrid(orders, static_cast<std::size_t>(machines), cores);
        ASSERT_EQ(ps.size(), simgrid.size());
        int ended = 0;
        for (std::size_t i = 0; i < ps.size(); ++i) {
            ASSERT_LE(std::abs(ps[i] - simgrid[i]), 2)
                << "seed " << seed << " piece " << i << ": " << ps[i] << " " << simgrid[i];
            ended += ps[i] >= 0;
        }
        EXPECT_GT(ended, 50);
    }
}

// An end that falls on an instant of the calendar joins the wave of what was scheduled before.
std::string waves(Calendar& calendar, Engine& engine, Processor& processor) {
    struct Notes {
        Calendar& calendar;
        std::string said;
        static void done(void* n, std::uint64_t letter) {
            auto& notes = *static_cast<Notes*>(n);
            notes.said += static_cast<char>(letter);
            notes.calendar.at(notes.calendar.now(), Priority::deliver, &Notes::plain, n, 'n');
        }
        static void plain(void* n, std::uint64_t letter) { static_cast<Notes*>(n)->said += static_cast<char>(letter); }
    } notes{calendar, {}};
    calendar.at(120 * kSecond, Priority::deliver, &Notes::plain, &notes, 'a');
    calendar.at(120 * kSecond, Priority::decide, &Notes::plain, &notes, 'g');
    calendar.at(120 * kSecond, Priority::hand_out, &Notes::plain, &notes, 'h');
    for (int i = 0; i < 4; ++i) processor.start(0, kMinute, &Notes::done, &notes, 'e');
    engine.run(calendar, kNever, {});
    return notes.said;
}

TEST(SimgridProcessor, EndsJoinTheWaveOfTheirInstant) {
    Calendar calendar;
    EXPECT_EQ(waves(calendar, *make_heap_engine(), *make_ps_processor(calendar, 2)), "aeeeeghnnnn");
    EXPECT_EQ(in_child([] {
                  Calendar other;
                  const auto engine = make_simgrid_engine(other);
                  return waves(other, *engine, *engine->make_processor("p", 1, 2));
              }),
              "aeeeeghnnnn");
}

TEST(SimgridProcessor, StopsAtHorizonsAndGoesOn) {
    const std::string said = in_child([] {
        Calendar calendar;
        const auto engine = make_simgrid_engine(calendar);
        const auto processor = engine->make_processor("p", 1, 1);
        const Shop shop(calendar, *processor, {{0, 0, 100 * kSecond}, {0, 0, 100 * kSecond}, {0, kSecond, 0}});
        std::string text;
        for (const Time until : {Time{0}, 50 * kSecond, 200 * kSecond, 200 * kSecond, kNever}) {
            engine->run(calendar, until, {});
            text += std::to_string(shop.ends()[0]) + "," + std::to_string(shop.ends()[2]) + " ";
        }
        return text;
    });
    EXPECT_EQ(said, "-1,-1 -1,1000000 200000000,1000000 200000000,1000000 200000000,1000000 ");
}

TEST(SimgridProcessor, DestroyedWithWorkOnItsMachines) {
    const std::string said = in_child([] {
        Calendar calendar;
        const auto engine = make_simgrid_engine(calendar);
        auto processor = engine->make_processor("p", 2, 1);
        const Shop shop(calendar, *processor, {{0, 0, kHour}, {1, 0, kMinute}, {1, 0, kHour}});
        engine->run(calendar, 10 * kMinute, {});
        processor.reset();
        engine->run(calendar, kNever, {});
        std::string text;
        for (const Time end : shop.ends()) text += std::to_string(end) + " ";
        return text;
    });
    EXPECT_EQ(said, "-1 120000000 -1 ");
}

TEST(SimgridProcessor, SaysWhatItCanNotDo) {
    const auto trouble = [](const std::function<void(Calendar&, SimgridEngine&)>& use) {
        return in_child([&] {
            Calendar calendar;
            const auto engine = make_simgrid_engine(calendar);
            try {
                use(calendar, *engine);
            } catch (const std::runtime_error& e) {
                return std::string(e.what());
            }
            return std::string("no error");
        });
    };
    EXPECT_NE(trouble([](Calendar&, SimgridEngine& e) {
                  e.make_processor("devstack", 2, 6.5);
              }).find("devstack needs a whole number"),
              std::string::npos);
    EXPECT_NE(trouble([](Calendar&, SimgridEngine& e) {
                  e.make_processor("devstack", 2, 6)->start(2, kSecond, nullptr, nullptr, 0);
              }).find("devstack has 2 machines"),
              std::string::npos);
    EXPECT_NE(trouble([](Calendar& c, SimgridEngine& e) {
                  c.at(
                      1, Priority::deliver, [](void*, std::uint64_t) {}, nullptr);
                  e.run(c, kNever, {});
                  e.make_processor("late", 2, 6);
              }).find("before the simulation runs"),
              std::string::npos);
}

}  // namespace
}  // namespace gatesim
