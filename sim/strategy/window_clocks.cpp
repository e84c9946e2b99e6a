// What a queue with a window waits for: company in a car, and company to land with.
#include <algorithm>
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

void WindowTrials::note_priorities(const Gate& gate, Queue& queue, WindowQueue& state) const {
    if (!p_.urgent_first) return;
    for (const Heard& notice : std::exchange(queue.heard, {})) state.urgent |= notice.kind == Heard::Kind::priority;
    for (const Item* item = queue.last; item && item->sequence > state.looked_at; item = item->previous)
        state.urgent |= gate.change(*item).priority != 0;
    if (queue.last) state.looked_at = std::max(state.looked_at, std::uint64_t{queue.last->sequence});
}

/// Who is in no car yet, the more urgent first; those alike in the order of the queue.
std::vector<Item*> WindowTrials::by_priority(const Gate& gate, const Queue& queue) const {
    std::vector<Item*> items;
    for (Item* item = queue.first; item; item = item->next)
        if (item->live && !(item->mark & WindowQueue::kPlaced)) items.push_back(item);
    std::stable_sort(items.begin(), items.end(),
                     [&](const Item* a, const Item* b) { return gate.change(*a).priority > gate.change(*b).priority; });
    return items;
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

/// Who waits for company now may never have been timed, or under another rule: their time begins anew.
void WindowTrials::parameters_taken(Gate& gate, Queue& queue) {
    auto& state = static_cast<WindowQueue&>(*queue.state);
    for (const auto& comer : std::exchange(state.coming, {})) gate.disarm(queue, comer.tag);
    state.seen = 0;
    state.still = false;
    gate.tell_window(queue, p_.window);
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
    for (std::size_t i = 0; i <= ready.back(); ++i) {
        if (is_single(gate, state.cars[i])) return true;  // alone, or the group before it is as large as it gets
        changes += state.cars[i].items.size();
    }
    return changes >= static_cast<std::size_t>(p_.group_min) ||
           gate.item(state.cars.front().items.front())->sequence <= state.ripe;
}

// ------------------------------------------------------------ why nobody moves

/// Those in cars without a test, and those who could fill the next car.
std::size_t WindowTrials::next_up(const Queue& queue) const {
    const auto& state = static_cast<const WindowQueue&>(*queue.state);
    std::size_t placed = 0;
    for (const Car& car : state.cars) placed += car.trial ? 0 : car.items.size();
    for (const Suspects& suspects : state.aside) placed += suspects.trial ? 0 : suspects.items.size();
    return placed + static_cast<std::size_t>(p_.batch);
}

Reason WindowTrials::why_untested(const Gate& gate, const Queue& queue, const Item& item) const {
    const auto& state = static_cast<const WindowQueue&>(*queue.state);
    const auto holds = [&](const auto& one) {
        return std::find(one.items.begin(), one.items.end(), item.id) != one.items.end();
    };
    const auto says = [](Why why) { return Reason{why, kNone, kNone, kNone}; };
    if (!(item.mark & WindowQueue::kPlaced))
        return says(search_blocks(gate, state)           ? Why::in_search
                    : state.fill.runs && !state.fill.due ? Why::gathers
                                                         : far_back());
    if (std::any_of(state.aside.begin(), state.aside.end(), holds)) return says(Why::in_search);
    bool trouble_before = false;
    for (const Car& car : state.cars) {
        if (holds(car)) return says(car.proof || car.part || trouble_before ? Why::in_search : far_back());
        trouble_before |= car.part || (stop_ && state_of(gate, state, car) == State::red);
    }
    return says(far_back());
}

Reason WindowTrials::why_undecided(const Gate& gate, const Queue& queue, const Item& trial) const {
    const auto& state = static_cast<const WindowQueue&>(*queue.state);
    const bool green = trial.mark != WindowQueue::kDiagnosis && good(gate, state, trial);
    if (!green) return {Why::in_search, kNone, kNone, kNone};
    const bool company = p_.group_min > 1 && p_.group_wait > 0;
    return {company ? Why::gathers : Why::verdict_waits, kNone, kNone, kNone};
}

}  // namespace gatesim
