// The shortcut of zuul's pass (items beyond the window are not visited one by one) changes nothing that happens.
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "strategy/registry.hpp"
#include "strategy/visit.hpp"
#include "study/random_scenario.hpp"
#include "support/transcript.hpp"

namespace gatesim {
namespace {

/// Zuul's pass word for word: every item, every time. The window's arithmetic is written out again, on purpose.
class EveryItem final : public Strategy {
public:
    explicit EveryItem(const ParameterValues& values) {
        for (const auto& [name, value] : values) {
            if (name == "window") window_ = std::get<std::int64_t>(value);
            if (name == "window_floor") floor_ = std::get<std::int64_t>(value);
            if (name == "window_increase_factor") more_ = std::get<std::int64_t>(value);
            if (name == "window_decrease_factor") less_ = std::get<std::int64_t>(value);
            if (name == "window_increase_type") multiplies_ = std::get<std::string>(value) == "exponential";
            if (name == "window_decrease_type") divides_ = std::get<std::string>(value) == "exponential";
        }
    }

    bool waits_for_who_comes() const override { return false; }
    bool refuses_need_named_twice() const override { return true; }
    bool lets_in_on_approval() const override { return false; }
    Relaxations relaxations() const override {
        Relaxations relax;
        relax.past_queue = true;
        return relax;
    }

    struct State final : StrategyState {
        std::int64_t window = 0;
    };

    void opened(Gate& gate, Queue& queue) override {
        auto state = std::make_unique<State>();
        if (!queue.dynamic) {
            state->window = window_;
            gate.tell_window(queue, window_);
        }
        queue.state = std::move(state);
    }

    bool pass(Gate& gate, Queue& queue) override {
        constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
        bool changed = false;
        Item* nearest = nullptr;
        std::int64_t place = 0;
        auto& window = static_cast<State&>(*queue.state).window;
        for (Item* item = queue.first; item;) {
            Item* next = item->next;
            const std::size_t before = queue.length;
            const Visit result = visit(gate, queue, *item, nearest, window == 0 || place < window);
            changed |= result.changed;
            if (result.reported && window != 0 && !queue.dynamic) {
                const std::int64_t old = window;
                if (result.landed)
                    window =
                        multiplies_ ? (more_ > 0 && window > kMost / more_ ? kMost : window * more_) : window + more_;
                if (!result.landed) window = std::max(floor_, divides_ ? window / less_ : window - less_);
                if (window != old) gate.tell_window(queue, window);
            }
            if (queue.length == before) ++place;
            item = next;
        }
        return changed;
    }

private:
    std::int64_t window_ = 20, floor_ = 3, more_ = 1, less_ = 2;
    bool multiplies_ = false, divides_ = true;
};

const bool kRegistered = register_strategy(
    {{"zuul-every-item", "", "", "", {}, {}, {}},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> { return std::make_unique<EveryItem>(values); }});

/// Moves of items say how the forest was re-hung, which the shortcut does at once for the whole tail; they have no
/// effect of their own. Nor has what items wait for, and this strategy does not tell it in zuul's words.
std::string without_moves_and_waits(const std::string& transcript) {
    std::istringstream in(transcript);
    std::string result;
    const auto is = [](const std::string& line, EventKind kind) {
        return line.find(' ' + std::to_string(static_cast<int>(kind)) + ' ') == line.find(' ');
    };
    for (std::string line; std::getline(in, line);)
        if (!is(line, EventKind::moved) && !is(line, EventKind::waits)) result += line + '\n';
    return result;
}

void compare(std::uint64_t number, const RandomScenarioOptions& options) {
    SCOPED_TRACE("random scenario " + std::to_string(number));
    RandomScenarioOptions shortcut = options;
    shortcut.strategy.name = "zuul";
    Scenario every = random_scenario(number, shortcut);
    for (Pipeline& pipeline : every.pipelines)
        if (pipeline.strategy.name == "zuul") pipeline.strategy.name = "zuul-every-item";
    Run a, b;
    try {
        a = run_on_heap(random_scenario(number, shortcut));
        b = run_on_heap(every);
    } catch (const std::exception&) {
        return;  // word for word, Zuul changes the places of two changes for ever there (Queue::restless)
    }
    EXPECT_EQ(a.broken, "");
    EXPECT_EQ(b.broken, "");
    ASSERT_EQ(without_moves_and_waits(a.transcript), without_moves_and_waits(b.transcript));
}

TEST(Tail, ShortcutChangesNothingWithCoincidingEvents) {
    RandomScenarioOptions options;
    options.changes = 60;
    for (std::uint64_t number = 1; number <= 1500 && !HasFatalFailure(); ++number) compare(number, options);
}

TEST(Tail, ShortcutChangesNothingOnFineTimes) {
    RandomScenarioOptions options;
    options.changes = 60;
    options.coincide = false;
    for (std::uint64_t number = 5001; number <= 5800 && !HasFatalFailure(); ++number) compare(number, options);
}

}  // namespace
}  // namespace gatesim
