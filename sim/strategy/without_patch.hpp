// Deflaking with and without the change: jobs that are red without it as well are not its fault.
#pragma once

#include <vector>

#include "gate/gate.hpp"

namespace gatesim {

/// Whether every voting job that failed in the trial failed in the probe too.
bool red_there_too(const Item& trial, const Item& probe);

/// The probes of a queue's red trials, each of the state that its trial has without what it vouches for. A strategy
/// that lands what is excused declares Relaxations::untested.
class WithoutPatch {
public:
    enum class Word { wait, guilty, excused };
    /// What the branch says of a red trial that has everything ahead of it on the branch; asked again and again until
    /// it is no longer `wait`.
    Word ask(Gate& gate, Queue& queue, const Item& trial);
    /// Goes on with the probes, and closes those of trials that are closed. True if anything was asked for. Once in
    /// every pass.
    bool advance(Gate& gate, const Queue& queue);
    bool excused(const Item& trial) const;
    bool knows(const Item& trial) const;  ///< it was asked about

private:
    struct Case {
        ItemId trial;
        Item* probe;  ///< nullptr once it has spoken
        Word word;
    };
    std::vector<Case> cases_;
};

}  // namespace gatesim
