// Everything that happened in a run, as text: two runs are the same if their transcripts are.
#pragma once

#include <string>

#include "kernel/engine.hpp"
#include "model/event.hpp"
#include "study/world.hpp"

namespace gatesim {

class Transcript final : public Observer {
public:
    bool wants_waits() const override { return true; }
    void on(const Event& e) override {
        text += std::to_string(e.at) + ' ' + std::to_string(static_cast<int>(e.kind));
        for (std::int64_t number :
             {std::int64_t{static_cast<int>(e.result)}, std::int64_t{static_cast<int>(e.outcome)},
              std::int64_t{static_cast<int>(e.cause)}, std::int64_t{e.queue}, std::int64_t{e.item},
              std::int64_t{e.change}, std::int64_t{e.patchset}, std::int64_t{e.attempt}, std::int64_t{e.build},
              std::int64_t{e.request}, std::int64_t{e.job}, std::int64_t{e.pool}, std::int64_t{e.node},
              std::int64_t{static_cast<int>(e.reason.why)}, e.value})
            text += number == std::int64_t{kNone} ? " -" : ' ' + std::to_string(number);
        for (ChangeId c : e.chain) text += ',' + std::to_string(c);
        text += '\n';
    }

    std::string text;
};

struct Run {
    std::string transcript;
    std::string broken;
    std::string stuck;
    std::size_t left = 0;  ///< items still in queues at the end
};

/// Runs a scenario on the heap to the end, or for at most `most` seconds of simulated time.
inline Run run_on_heap(const Scenario& scenario, std::uint64_t seed = 1, Time until = kNever) {
    Calendar calendar;
    Cast cast;
    Transcript transcript;
    World world(scenario, Luck(seed, 1), calendar, cast, {&transcript}, {});
    world.start();
    make_heap_engine()->run(calendar, until, [&] {
        world.instant_over();
        return !world.broken().empty();
    });
    world.instant_over();
    const std::string stuck =
        calendar.next() == kNever && world.broken().empty() ? world.account_for_the_rest() : std::string();
    return {transcript.text, world.broken(), stuck, world.gate().items_in_flight()};
}

}  // namespace gatesim
