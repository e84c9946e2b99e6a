// What a queue with a window does about verdicts: land, repeat, condemn, look for the culprit in a red car.
#include <algorithm>

#include "strategy/window_trials.hpp"

namespace gatesim {

void WindowTrials::find_states(const Gate& gate, WindowQueue& state) const {
    state.states.clear();
    for (const Car& car : state.cars) state.states.push_back(state_of(gate, state, car));
}

bool WindowTrials::act(Gate& gate, Queue& queue, WindowQueue& state) const {
    find_states(gate, state);
    const std::vector<State>& states = state.states;
    return land(gate, state, states) || stop_behind_red(gate, state, states) || condemn(gate, queue, state, states);
}

// ------------------------------------------------------------ landing

/// Whether the green car, whose state contains the one before it, ran all that this one would have had to pass. What
/// asked to be tested and landed alone, no other one proves.
bool WindowTrials::proves(Gate& gate, const Car& green, const Car& before) const {
    if (is_single(gate, green) || is_single(gate, before)) return false;
    return p_.witness == "own-jobs" || std::all_of(before.items.begin(), before.items.end(), [&](ItemId id) {
               return gate.covers(*green.trial, *gate.item(id));
           });
}

/// The green cars that may land with all they were tested on, where each is tested on all before it. Who lands takes
/// everybody before it along, so that the next one answers for those in between only.
std::vector<std::size_t> WindowTrials::landable_in_row(Gate& gate, const WindowQueue& state,
                                                       const std::vector<State>& states) const {
    std::vector<std::size_t> ready;
    std::vector<std::size_t> unproven;  // since the last of them
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto proven = [&](std::size_t j) { return proves(gate, state.cars[i], state.cars[j]); };
        if (states[i] == State::green && std::all_of(unproven.begin(), unproven.end(), proven)) {
            ready.push_back(i);
            unproven.clear();
            continue;
        }
        if (states[i] == State::red && p_.tolerance == 0) break;
        if (states[i] != State::red && states[i] != State::green && !p_.optimistic) break;
        unproven.push_back(i);
    }
    return ready;
}

/// The same with lanes: what does not land by itself must be proven by what was tested on it.
bool WindowTrials::landable(Gate& gate, const WindowQueue& state, const std::vector<State>& states,
                            const std::vector<std::size_t>& ready, std::size_t index) const {
    if (ready.size() == index) return true;
    const auto under = below(state, index);
    for (std::size_t j = 0; j < index; ++j) {
        if (!under[j] && !holds_one(gate, state.cars[index], state.cars[j].items)) continue;
        if (std::binary_search(ready.begin(), ready.end(), j)) continue;
        if (states[j] == State::red && p_.tolerance == 0) return false;
        if (states[j] != State::red && states[j] != State::green && !p_.optimistic) return false;
        if (!proves(gate, state.cars[index], state.cars[j])) return false;
    }
    return true;
}

bool WindowTrials::land(Gate& gate, WindowQueue& state, const std::vector<State>& states) const {
    std::vector<std::size_t> ready;
    if (!lanes_) ready = landable_in_row(gate, state, states);
    for (std::size_t i = 0; i < states.size() && lanes_; ++i)
        if (states[i] == State::green && landable(gate, state, states, ready, i)) ready.push_back(i);
    if (ready.empty() || !group_is_due(gate, state, ready)) return false;
    std::size_t landed = 0;
    for (std::size_t i : ready) {
        Car& car = state.cars[i];
        if (car.trial->refuted) break;
        landed += car.items.size();
        if (landed > car.items.size() && p_.group_max > 0 && landed > static_cast<std::size_t>(p_.group_max)) break;
        if (landed > car.items.size() && is_single(gate, car)) break;
        const bool last = is_single(gate, car);
        note_verdicts(gate, state, car, states, i);
        Item& trial = *std::exchange(car.trial, nullptr);
        if (!gate.land(trial) || last) break;  // one was refused: the others are tested again
    }
    tidy(gate, state);
    return true;
}

// ------------------------------------------------------------ repeating

bool WindowTrials::repeat(Gate& gate, Queue& queue, WindowQueue& state) const {
    if (p_.retries == 0) return false;
    bool changed = false;
    for (Car& car : state.cars) {
        if (!car.trial || car.retries >= p_.retries || state_of(gate, state, car) != State::red) continue;
        const JobSlot* failed = gate.failed_slot(*car.trial);
        if (!failed || failed->result == Result::canceled) continue;  // a conflict stays one
        note_failures(car);
        ++car.retries;
        changed = true;
        car.known = State::waiting;
        if (p_.retry == "job" && gate.retry(*car.trial)) {
            state.deadlines.begin(gate, queue, *car.trial, p_.timeout);
            continue;
        }
        gate.settle(*car.trial);
        car.trial = nullptr;
    }
    return changed;
}

// ------------------------------------------------------------ who is to blame

/// Whether the later car is green and contains this one and all between, so that it can land with them.
bool WindowTrials::is_witness(Gate& gate, const WindowQueue& state, const std::vector<State>& states, std::size_t later,
                              std::size_t index) const {
    if (states[later] != State::green) return false;
    std::vector<bool> under;
    if (lanes_) under = below(state, later);
    if (lanes_ && !under[index]) return false;
    for (std::size_t k = index; k < later; ++k) {
        if (lanes_ && !under[k]) continue;
        if (states[k] == State::waiting && !p_.optimistic) return false;  // it may be waiting for this very decision
        if (!proves(gate, state.cars[later], state.cars[k])) return false;
    }
    return true;
}

/// Whether a car behind shows that this one, which is red or has no verdict yet, is good.
bool WindowTrials::proven(Gate& gate, const WindowQueue& state, const std::vector<State>& states,
                          std::size_t index) const {
    if (states[index] == State::red ? p_.tolerance == 0 : !p_.optimistic) return false;
    for (std::size_t j = index + 1; j < states.size(); ++j)
        if (is_witness(gate, state, states, j, index)) return true;
    return false;
}

bool WindowTrials::condemned(Gate& gate, const WindowQueue& state, const std::vector<State>& states,
                             std::size_t index) const {
    if (!any_red_) {
        const auto under = below(state, index);
        for (std::size_t j = 0; j < index; ++j)
            if (under[j] && states[j] != State::green && !proven(gate, state, states, j)) return false;
    }
    std::int64_t seen = 0;
    for (std::size_t j = index + 1; j < states.size() && seen < p_.tolerance; ++j) {
        if (!state.cars[j].trial || (lanes_ && !below(state, j)[index])) continue;
        if (states[j] == State::running) return false;
        if (is_witness(gate, state, states, j, index)) return false;
        ++seen;
    }
    return true;
}

/// All that are to blame at this instant, the last one first: so none is judged by a state that another has refuted.
bool WindowTrials::condemn(Gate& gate, Queue& queue, WindowQueue& state, const std::vector<State>& states) const {
    std::vector<std::size_t> guilty;
    bool changed = false;
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i] == State::red && condemned(gate, state, states, i) &&
            is_its_fault(gate, queue, state, i, changed))
            guilty.push_back(i);
        // In one lane nothing behind this one can be condemned; were it proven good, it would have landed.
        if (states[i] != State::green && !any_red_ && !lanes_) break;
    }
    const Item* cause = nullptr;
    for (auto i = guilty.rbegin(); i != guilty.rend(); ++i) {
        Car& car = state.cars[*i];
        if ((car.proof ? car.proof : car.trial)->refuted) continue;  // an ejection behind took another patch set along
        if (car.items.size() > 1) {
            if (p_.divisions >= 0 && car.divided >= p_.divisions)
                give_all_up(gate, state, *i);
            else
                aside_ ? put_aside(gate, state, *i) : split(gate, state, *i);
            continue;
        }
        note_verdicts(gate, state, car, states, *i);
        Item* item = gate.item(car.items.front());
        Item& trial = *std::exchange(car.proof ? car.proof : car.trial, nullptr);
        gate.eject(*item, trial);
        gate.settle(trial);
        cause = item;  // good until the gate's iteration ends
    }
    if (!guilty.empty()) tidy(gate, state, true, cause);
    return changed || !guilty.empty();
}

/// Whether the red car, which is to blame by its verdict, still is when its jobs have run without it.
bool WindowTrials::is_its_fault(Gate& gate, Queue& queue, WindowQueue& state, std::size_t index, bool& changed) const {
    Car& car = state.cars[index];
    if (!p_.without_patch || !car.trial || car.proof) return true;
    for (ItemId part : gate.rest_of(*car.trial).first(gate.rest_of(*car.trial).size() - car.items.size()))
        if (gate.item(part)) return true;  // not at the front: there is no such branch
    if (!gate.complete(*car.trial)) {      // the other jobs have to be good
        changed |= gate.advance(*car.trial);
        return false;
    }
    const bool asked = state.without.knows(*car.trial);
    const WithoutPatch::Word word = state.without.ask(gate, queue, *car.trial);
    changed |= !asked && word == WithoutPatch::Word::wait;
    if (word != WithoutPatch::Word::excused) return word == WithoutPatch::Word::guilty;
    car.known = State::waiting;  // to be looked at anew: it is green now
    changed = true;
    return false;
}

}  // namespace gatesim
