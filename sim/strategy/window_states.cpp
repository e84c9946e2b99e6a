// What is known of a car: whether it waits, runs, is green or red.
#include "strategy/window_trials.hpp"

namespace gatesim {

bool WindowTrials::good(const Gate& gate, const WindowQueue& state, const Item& trial) const {
    if (passed(gate, trial) || (p_.without_patch && state.without.excused(trial))) return true;
    const Attempt& attempt = trial.attempt;
    if (p_.quarantine <= 0 || !gate.complete(trial) || attempt.merge != MergeState::clean || attempt.config_error ||
        attempt.slots.empty())
        return false;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        const Result result = attempt.slots[i].result;
        const Job& job = *attempt.graph->jobs[i];
        if (!job.voting || result == Result::success || result == Result::skipped) continue;
        if (job.id >= state.jobs.size() || !state.jobs[job.id].out) return false;
    }
    return true;
}

WindowTrials::State WindowTrials::state_of(const Gate& gate, const WindowQueue& state, const Car& car) const {
    if (car.proof) {  // red as soon as all before it have landed
        std::size_t next = 0;
        for (ItemId part : gate.rest_of(*car.proof)) {
            if (!gate.item(part)) continue;  // landed before its turn
            if (next == car.items.size() || car.items[next] != part) return State::waiting;
            ++next;
        }
        return next == car.items.size() ? State::red : State::waiting;
    }
    return car.trial ? trial_state(gate, state, car) : State::waiting;
}

WindowTrials::State WindowTrials::trial_state(const Gate& gate, const WindowQueue& state, const Car& car) const {
    if (car.known == State::red || (car.known == State::running && car.trial->attempt.resting)) return car.known;
    const State found = car.known == State::green ? State::green : look_at(gate, state, car);
    return found == State::green && gate.held_back(*car.trial) ? State::running : found;
}

WindowTrials::State WindowTrials::look_at(const Gate& gate, const WindowQueue& state, const Car& car) const {
    const Item& trial = *car.trial;
    car.known = State::waiting;
    if (!has_verdict(gate, trial, p_.fail_fast)) {
        if (trial.attempt.resting && !gate.held_back(trial)) car.known = State::running;
        return State::running;
    }
    const State found = good(gate, state, trial) ? State::green : State::red;
    if (gate.complete(trial) && p_.quarantine <= 0) car.known = found;  // what counts can change later, else nothing
    return found;
}

/// Whether the car's own trial has a verdict.
bool WindowTrials::judged(const Gate& gate, const WindowQueue& state, const Car& car) const {
    const State found = car.trial ? trial_state(gate, state, car) : State::waiting;
    return found == State::green || found == State::red;
}

}  // namespace gatesim
