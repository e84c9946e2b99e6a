// Beside the row: parts of red cars are tested alone on the branch, to find the culprit while the row goes on.
//
// Their verdicts eject, they never land anybody: what is green comes back to the end of the row and is tested there
// again, on what has landed by then. So the branch may move on under such a trial without spoiling it.
#include <algorithm>

#include "strategy/window_trials.hpp"

namespace gatesim {

namespace {

std::vector<Suspects> halves(const std::vector<ItemId>& items) {
    const auto middle = items.begin() + static_cast<std::ptrdiff_t>((items.size() + 1) / 2);
    return {{{items.begin(), middle}, nullptr}, {{middle, items.end()}, nullptr}};
}

void let_back(Gate& gate, const std::vector<ItemId>& items) {
    for (ItemId id : items)
        if (Item* item = gate.item(id)) item->mark &= ~WindowQueue::kPlaced;
}

}  // namespace

void WindowTrials::put_aside(Gate& gate, WindowQueue& state, std::size_t index) const {
    restart_behind(gate, state, index);
    Car& car = state.cars[index];
    for (ItemId id : car.items) gate.item(id)->mark += WindowQueue::kOnceAside;
    for (Suspects& half : halves(car.items)) state.aside.push_back(std::move(half));
    gate.settle(*std::exchange(car.trial, nullptr));
    car.items.clear();
}

bool WindowTrials::look_aside(Gate& gate, Queue& queue, WindowQueue& state) const {
    bool changed = false;
    for (std::size_t i = 0; i < state.aside.size() && i < static_cast<std::size_t>(p_.aside_window); ++i) {
        Suspects& suspects = state.aside[i];
        if (!suspects.trial) {
            std::vector<Item*> chain;
            for (ItemId id : suspects.items)
                if (Item* item = gate.item(id); gate.may_follow(chain, *item)) chain.push_back(item);
            if (chain.size() < suspects.items.size()) {  // some need what is not here: they wait for it in the queue
                std::erase_if(suspects.items, [&](ItemId id) {
                    const bool stays = std::find(chain.begin(), chain.end(), gate.item(id)) != chain.end();
                    if (!stays) gate.item(id)->mark &= ~WindowQueue::kPlaced;
                    return !stays;
                });
                changed = true;
                if (suspects.items.empty()) continue;  // swept up by the next tidy()
            }
            suspects.trial = gate.open_trial(queue, chain, chain.size());
            if (!suspects.trial) return changed;
            suspects.trial->mark = WindowQueue::kDiagnosis;
        }
        changed |= gate.advance(*suspects.trial);
        if (has_verdict(gate, *suspects.trial, p_.fail_fast)) return judge(gate, state, i);
    }
    return changed;
}

bool WindowTrials::judge(Gate& gate, WindowQueue& state, std::size_t index) const {
    const Suspects judged = state.aside[index];
    state.aside.erase(state.aside.begin() + static_cast<std::ptrdiff_t>(index));
    if (good(gate, state, *judged.trial)) {
        let_back(gate, judged.items);
    } else if (judged.items.size() == 1) {
        gate.eject(*gate.item(judged.items.front()), *judged.trial);
    } else {
        std::vector<Suspects> parts = halves(judged.items);
        state.aside.insert(state.aside.begin() + static_cast<std::ptrdiff_t>(index), parts.begin(), parts.end());
    }
    gate.settle(*judged.trial);
    return true;
}

}  // namespace gatesim
