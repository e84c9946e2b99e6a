// Jobs that prove flaky count no longer, until they have been clean for a while.
//
// A flake is seen when a job that was red is green on the same state: repeated, or in a car behind that contains it.
#include <algorithm>

#include "strategy/window_trials.hpp"

namespace gatesim {

/// Remembers the jobs of which the car's trial is red, before they are repeated.
void WindowTrials::note_failures(Car& car) const {
    if (p_.quarantine <= 0) return;
    const Attempt& attempt = car.trial->attempt;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        const Result result = attempt.slots[i].result;
        if (attempt.graph->jobs[i]->voting && (result == Result::failure || result == Result::timeout))
            car.failed.push_back(attempt.graph->jobs[i]->id);
    }
}

/// Books the last word on the car: what its jobs said, and which of them had said otherwise before.
void WindowTrials::note_verdicts(const Gate& gate, WindowQueue& state, const Car& car, const std::vector<State>& states,
                                 std::size_t index) const {
    if (p_.quarantine <= 0 || !car.trial || !car.trial->attempt.graph) return;
    const Attempt& attempt = car.trial->attempt;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        const Job& job = *attempt.graph->jobs[i];
        const Result result = attempt.slots[i].result;
        if (!job.voting || (result != Result::success && result != Result::failure && result != Result::timeout))
            continue;
        const bool changed_its_mind =
            result == Result::success && std::find(car.failed.begin(), car.failed.end(), job.id) != car.failed.end();
        book(gate, state, job.id, changed_its_mind, result == Result::success);
    }
    if (states[index] != State::green) return;
    const auto under = below(state, index);
    for (std::size_t j = 0; j < index; ++j) {  // red ones that this car, which contains them, shows to be good
        if (!under[j] || states[j] != State::red || !state.cars[j].trial) continue;
        const Attempt& wrong = state.cars[j].trial->attempt;
        for (std::size_t i = 0; i < wrong.slots.size(); ++i)
            if (wrong.graph->jobs[i]->voting && wrong.slots[i].result == Result::failure)
                book(gate, state, wrong.graph->jobs[i]->id, true, false);
    }
}

void WindowTrials::book(const Gate& gate, WindowQueue& state, JobId job, bool flake, bool green) const {
    if (state.jobs.empty()) state.jobs.resize(gate.scenario().job_names.size());
    JobRecord& record = state.jobs[job];
    ++record.verdicts;
    record.flakes += flake;
    record.clean = green && !flake ? record.clean + 1 : 0;
    if (record.verdicts >= p_.quarantine_runs) {
        record.out |= static_cast<double>(record.flakes) > p_.quarantine * static_cast<double>(record.verdicts);
        if (record.clean >= p_.quarantine_runs) record.out = false;
        if (record.verdicts >= 2 * p_.quarantine_runs) {
            record.verdicts /= 2;
            record.flakes /= 2;
        }
    }
}

}  // namespace gatesim
