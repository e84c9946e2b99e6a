#include "strategy/without_patch.hpp"

#include <algorithm>

#include "strategy/trials.hpp"

namespace gatesim {

bool red_there_too(const Item& trial, const Item& probe) {
    const auto failed = [](const Item& item, std::size_t slot) {
        const Result result = item.attempt.slots[slot].result;
        return item.attempt.graph->jobs[slot]->voting && !good(result) && result != Result::none;
    };
    if (!probe.attempt.graph) return false;
    for (std::size_t i = 0; i < trial.attempt.slots.size(); ++i) {
        if (!failed(trial, i)) continue;
        bool there = false;
        for (std::size_t j = 0; j < probe.attempt.slots.size(); ++j)
            there |= probe.attempt.graph->jobs[j]->id == trial.attempt.graph->jobs[i]->id && failed(probe, j);
        if (!there) return false;
    }
    return true;
}

WithoutPatch::Word WithoutPatch::ask(Gate& gate, Queue& queue, const Item& trial) {
    auto known = std::find_if(cases_.begin(), cases_.end(), [&](const Case& c) { return c.trial == trial.id; });
    if (known == cases_.end()) {
        const JobSlot* failed = gate.failed_slot(trial);
        if (!failed || failed->result == Result::canceled) return Word::guilty;  // a conflict is its own
        const auto ahead = trial.attempt.chain->span().first(trial.landed_ahead);
        Item* probe = gate.open_probe(queue, trial.attempt.base, ahead);
        if (!probe) return Word::guilty;  // there is no branch yet
        gate.advance(*probe);
        known = cases_.insert(cases_.end(), {trial.id, probe, Word::wait});
    }
    if (known->word != Word::wait || !has_verdict(gate, *known->probe)) return known->word;
    known->word = red_there_too(trial, *known->probe) ? Word::excused : Word::guilty;
    gate.settle(*std::exchange(known->probe, nullptr));
    return known->word;
}

bool WithoutPatch::advance(Gate& gate, const Queue& queue) {
    bool asked = false;
    std::erase_if(cases_, [&](Case& one) {
        const Item* trial = find_trial(queue, one.trial);
        const bool over = !trial || trial->refuted;
        if (over && one.probe) gate.drop(*one.probe, {Why::no_longer_due, kNone, kNone, kNone});
        if (!over && one.probe) asked |= gate.advance(*one.probe);
        return over;
    });
    return asked;
}

bool WithoutPatch::knows(const Item& trial) const {
    return std::any_of(cases_.begin(), cases_.end(), [&](const Case& one) { return one.trial == trial.id; });
}

bool WithoutPatch::excused(const Item& trial) const {
    return std::any_of(cases_.begin(), cases_.end(),
                       [&](const Case& one) { return one.trial == trial.id && one.word == Word::excused; });
}

}  // namespace gatesim
