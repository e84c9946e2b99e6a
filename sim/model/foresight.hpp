// What a strategy may know of the future: predictions of a stated quality, or, for the oracle alone, the truth.
//
// Both are answered by truth/ and handed to strategies that declare their use. They are fixed by scenario, seed and
// replication: asking changes nothing, and every strategy hears the same.
#pragma once

#include "model/ids.hpp"
#include "model/landings.hpp"
#include "model/time.hpp"

namespace gatesim {

/// How long something will probably take: mean and standard deviation.
struct Expected {
    Time mean = 0;
    Time sigma = 0;
};

/// A predictor (`signals` in a scenario). Without `signals` it knows the base rates and nothing about the single
/// change. Probabilities are what it believes; whether they are calibrated the scenario says.
class Foresight {
public:
    virtual ~Foresight() = default;

    /// That the change's own builds pass when it is tested on a sound branch: it has no defect that shows, and no
    /// voting job flakes.
    virtual double passes(ChangeId change) const = 0;

    /// That the two, each fine alone, break together (a semantic or textual conflict). 0 for a pair that cannot: of
    /// separate queues, or without a common target where conflicts come from overlap alone.
    virtual double conflicts(ChangeId a, ChangeId b) const = 0;

    /// How long its jobs in the gate run, the longest way through their needs; nodes, boots and waits are not in it.
    virtual Expected build_time(ChangeId change) const = 0;
};

/// The truth itself, for the oracle and for measuring regret. A strategy that reads it must say so in its registration.
class Omniscience {
public:
    virtual ~Omniscience() = default;

    /// Whether the state merges and every voting job of its last change passes on it, flakes, lost runs and timeouts
    /// left aside.
    virtual bool really_passes(const BuildState& state) const = 0;
};

}  // namespace gatesim
