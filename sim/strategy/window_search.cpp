// Red cars in a row: what becomes of the cars behind, and how the culprit is found in one of several changes.
#include <algorithm>

#include "strategy/window_trials.hpp"

namespace gatesim {

bool WindowTrials::stands_on(const Gate& gate, const WindowQueue& state, std::size_t index, std::size_t ahead) const {
    return !lanes_ || below(state, index)[ahead] || holds_one(gate, state.cars[index], state.cars[ahead].items);
}

/// With behind_red = stop: the cars on top of a red one are taken apart, and their changes go back to the queue and
/// fill cars again in its order. They do not wait for company a second time. With lanes they keep their cars, since
/// others stand between and around them, and wait (stands_on_trouble).
bool WindowTrials::stop_behind_red(Gate& gate, WindowQueue& state, const std::vector<State>& states) const {
    const auto concerned = [&](std::size_t j, std::size_t red) {
        const Car& car = state.cars[j];
        return (!lanes_ || car.trial || car.proof || car.part) && stands_on(gate, state, j, red);
    };
    std::size_t index = 0;
    std::vector<std::size_t> behind;
    for (; stop_ && index < states.size() && behind.empty(); ++index)
        for (std::size_t j = index + 1; states[index] == State::red && j < states.size(); ++j)
            if (concerned(j, index)) behind.push_back(j);
    if (behind.empty()) return false;
    restart_behind(gate, state, index - 1);
    for (auto j = behind.rbegin(); j != behind.rend(); ++j) {
        state.cars[*j].part = false;
        if (lanes_) continue;
        for (ItemId id : state.cars[*j].items) {
            Item* item = gate.item(id);
            item->mark &= ~WindowQueue::kPlaced;
            state.waited = std::max(state.waited, std::uint64_t{item->sequence});
        }
        state.cars.erase(state.cars.begin() + static_cast<std::ptrdiff_t>(*j));
    }
    return true;
}

/// What was tested on top of this car is tested again when it is decided.
void WindowTrials::restart_behind(Gate& gate, WindowQueue& state, std::size_t index) const {
    const Item* cause = gate.item(state.cars[index].items.front());
    for (std::size_t j = index + 1; j < state.cars.size(); ++j) {
        Car& car = state.cars[j];
        if (!stands_on(gate, state, j, index)) continue;
        if (car.trial) gate.drop(*car.trial, {Why::ahead_failing, cause->change, kNone, kNone}, cause);
        if (car.proof) gate.settle(*car.proof);
        car.trial = car.proof = nullptr;
        car.retries = 0;
    }
}

/// The culprit is not looked for any longer: all of them leave.
void WindowTrials::give_all_up(Gate& gate, WindowQueue& state, std::size_t index) const {
    restart_behind(gate, state, index);
    Car& car = state.cars[index];
    std::vector<Item*> items;
    for (ItemId id : car.items) items.push_back(gate.item(id));
    Item& trial = *std::exchange(car.proof ? car.proof : car.trial, nullptr);
    gate.eject(items, trial);
    gate.settle(trial);
}

/// Its parts take its place, each tested on those before it.
void WindowTrials::split(Gate& gate, WindowQueue& state, std::size_t index) const {
    restart_behind(gate, state, index);
    const Car red = state.cars[index];
    Item* verdict = red.proof ? red.proof : red.trial;
    const bool prefixes = p_.on_red == "prefixes";
    // The last change was red together with all the others: if those are good, it is to blame.
    const std::size_t tested = red.items.size() - (prefixes && p_.infer);
    std::size_t parts = 2;
    if (prefixes) parts = p_.window == 0 ? tested : static_cast<std::size_t>(p_.window);
    const std::size_t each = (tested + std::max<std::size_t>(parts, 2) - 1) / std::max<std::size_t>(parts, 2);
    std::vector<Car> cars;
    for (std::size_t from = 0, to = 0; from < red.items.size(); from = to) {
        to = from < tested ? std::min(tested, from + each) : red.items.size();
        Car car;
        car.id = state.next_car++;
        car.items.assign(red.items.begin() + static_cast<std::ptrdiff_t>(from),
                         red.items.begin() + static_cast<std::ptrdiff_t>(to));
        car.touches = red.touches;
        for (const Car& before : cars) car.touches.push_back(before.id);
        car.part = true;
        car.divided = red.divided + 1;
        cars.push_back(std::move(car));
    }
    if (p_.infer)
        cars.back().proof = verdict;
    else
        gate.settle(*verdict);
    for (std::size_t j = index + 1; j < state.cars.size(); ++j) {
        auto& touches = state.cars[j].touches;
        if (std::find(touches.begin(), touches.end(), red.id) == touches.end()) continue;
        for (const Car& car : cars) touches.push_back(car.id);
    }
    const auto place = state.cars.erase(state.cars.begin() + static_cast<std::ptrdiff_t>(index));
    state.cars.insert(place, std::make_move_iterator(cars.begin()), std::make_move_iterator(cars.end()));
}

}  // namespace gatesim
