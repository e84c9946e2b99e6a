#include "strategy/deadlines.hpp"

#include "strategy/trials.hpp"

namespace gatesim {

void Deadlines::begin(Gate& gate, Queue& queue, const Item& trial, Time after) {
    if (after <= 0) return;
    running_.push_back({next_++, trial.id, after, false, false});
    gate.arm(queue, running_.back().tag, after);
}

void Deadlines::hear(std::uint64_t tag) {
    for (Deadline& deadline : running_) deadline.over |= deadline.tag == tag;
}

std::vector<Item*> Deadlines::collect(Gate& gate, Queue& queue, bool early) {
    std::vector<Item*> late;
    std::vector<Deadline> unmerged;  // the merger is as late as that: once more
    std::erase_if(running_, [&](Deadline& deadline) {
        Item* trial = find_trial(queue, deadline.trial);
        const bool decided = !trial || trial->refuted || has_verdict(gate, *trial, early);
        if (decided && !deadline.over) gate.disarm(queue, deadline.tag);
        if (decided || !deadline.over) return decided;
        const bool waits = gate.held_back(*trial) && (gate.paused(queue) || gate.all_succeeded(*trial));
        if (waits) {  // it is not its tests that take so long; its time begins anew when they may go on
            deadline.held = true;
            return false;
        }
        if (deadline.held) {
            unmerged.push_back(deadline);
            return true;
        }
        if (gate.time_out(*trial))
            late.push_back(trial);
        else
            unmerged.push_back(deadline);
        return true;
    });
    for (const Deadline& again : unmerged)
        if (const Item* trial = find_trial(queue, again.trial)) begin(gate, queue, *trial, again.after);
    return late;
}

}  // namespace gatesim
