// Simulation beside reality: what a replay of recorded landings can and cannot show.
//
// A replay takes its enqueue times from somewhere, often from the landings themselves. Whatever those times carry into
// the result is no achievement of the gate. So beside every rule stands a control: the same load without a gate, where
// every change lands when its own run ends and nobody waits for anybody. What the control matches as well is no
// evidence for a rule.
//
// All facts are about the changes whose real landing time is exact. Order facts use those that landed in both worlds.
#pragma once

#include <string>
#include <vector>

#include "measure/interval.hpp"
#include "model/time.hpp"

namespace gatesim {

/// One landing in reality.
struct ObservedLanding {
    std::string change;
    Time at = 0;        ///< on any clock; only differences count
    bool exact = true;  ///< false: an estimate; counts for landings a day only
};

/// One landing of a replication. A list of them is in order of landing, which decides between equal times.
struct SimulatedLanding {
    std::string change;  ///< named as in ObservedLanding
    Time at = 0;
};

using SimulatedLandings = std::vector<SimulatedLanding>;

/// A rule under test and its landings, one list a replication, in the same order of replications as the control's.
struct RuleLandings {
    std::string name;
    std::vector<SimulatedLandings> replications;
};

enum class EvidenceKind {
    input,      ///< put in, not found out
    fitted,     ///< a parameter was chosen to match it
    predicted,  ///< comes out of the simulated gate
};

struct EvidenceInput {
    std::vector<ObservedLanding> observed;
    std::vector<SimulatedLandings> control;  ///< the load without a gate, by replication
    std::vector<RuleLandings> rules;
    Time length = 0;                   ///< of the period, for landings a day
    Time burst_gap = 120 * kSecond;    ///< landings at most so far apart are one burst
    bool enqueued_from_landed = true;  ///< enqueue times were derived from the landings
    std::vector<std::string> fitted;   ///< facts (by name) that some parameter was fitted to
    Chance chance = Chance::some;      ///< none: no replication of any of them asked for luck
};

/// A fact over the replications of one rule: mean and 95 % interval (mean_interval). NaN where there are too few, or
/// all are alike although luck has a part in them.
struct EvidenceValue {
    std::vector<double> values;  ///< by replication; NaN = undefined in that one
    double mean = 0;
    double low = 0;
    double high = 0;
};

/// Whether a rule's fact is nearer to the observed one than the control's: the mean over replications of
/// |rule - observed| - |control - observed|, each replication against its twin, with its 95 % interval (mean_interval).
enum class EvidenceVerdict {
    not_compared,  ///< an input, too few replications, or differences that are all alike and not zero: they bound
                   ///< nothing
    nearer,        ///< the interval lies below zero: speaks for the rule
    as_near,       ///< the interval holds zero, or no replication differs: no evidence
    farther,       ///< the interval lies above zero: speaks against the rule
};

struct EvidenceRow {
    std::string fact;
    std::string unit;  ///< "", "s"
    EvidenceKind kind = EvidenceKind::predicted;
    double observed = 0;
    EvidenceValue control;
    std::vector<EvidenceValue> rules;       ///< by rule
    std::vector<EvidenceVerdict> verdicts;  ///< by rule
};

struct Evidence {
    std::vector<std::string> rules;
    std::vector<EvidenceRow> rows;
    std::size_t observed = 0;  ///< landings in reality
    std::size_t exact = 0;     ///< of them with an exact time
    std::size_t replications = 0;
    bool enqueued_from_landed = true;
};

/// Facts, in this order: landings a day; order: Kendall's tau (pairs that landed at one instant in reality do not
/// count) and the share of neighbours in reality that land in the same order; bursts: mean size, share of changes in
/// bursts of two and more, 95th percentile (nearest rank) and largest size; gaps between successive landings: quantiles
/// (linear interpolation).
Evidence weigh_evidence(const EvidenceInput& input);

/// The table for a terminal, at most 80 characters wide (two rules a block), and below it in words what is evidence and
/// what is not.
std::string evidence_table(const Evidence& evidence);

}  // namespace gatesim
