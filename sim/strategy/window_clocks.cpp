// What a queue with a window waits for: company in a car, and company to land with.
#include <utility>

#include "strategy/window_trials.hpp"

namespace gatesim {

void WindowTrials::hear(Queue& queue, WindowQueue& state) const {
    for (std::uint64_t tag : std::exchange(queue.rung, {})) {
        if (state.fill.runs && state.fill.tag == tag) state.fill.due = true;
        if (!state.coming.empty() && state.coming.front().tag == tag) {
            state.ripe = state.coming.front().sequence;
            state.coming.erase(state.coming.begin());
        }
        state.deadlines.hear(tag);
    }
}

/// Lets the time of those that came just now run. One timer for all of an instant, and none for those who have left.
void WindowTrials::time_comers(Gate& gate, Queue& queue, WindowQueue& state) const {
    if (p_.group_min <= 1 || p_.group_wait <= 0) return;
    while (!state.coming.empty() && state.coming.front().sequence < queue.front_sequence()) {
        gate.disarm(queue, state.coming.front().tag);
        state.coming.erase(state.coming.begin());
    }
    if (!queue.last || queue.last->sequence <= state.seen) return;
    state.seen = queue.last->sequence;
    state.coming.push_back({state.next_tag++, state.seen});
    gate.arm(queue, state.coming.back().tag, p_.group_wait);
}

/// Whether the time since this was first asked is over; a clock is set back by assigning {}.
bool WindowTrials::clock_is_due(Gate& gate, Queue& queue, WindowQueue& state, WindowQueue::Clock& clock,
                                Time after) const {
    if (after <= 0 || clock.due) return true;
    if (!clock.runs) {
        clock = {state.next_tag++, true, false};
        gate.arm(queue, clock.tag, after);
    }
    return false;
}

/// Whether as many as group_min may land, or the first of them has been in the queue for long enough.
bool WindowTrials::group_is_due(const Gate& gate, const WindowQueue& state,
                                const std::vector<std::size_t>& ready) const {
    if (p_.group_min <= 1 || p_.group_wait <= 0) return true;
    std::size_t changes = 0;
    for (std::size_t i = 0; i <= ready.back(); ++i) changes += state.cars[i].items.size();
    return changes >= static_cast<std::size_t>(p_.group_min) ||
           gate.item(state.cars.front().items.front())->sequence <= state.ripe;
}

}  // namespace gatesim
