// The facts of one list of landings that evidence.hpp compares: order, bursts, gaps.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "measure/evidence.hpp"

namespace gatesim {

/// What was really so, prepared for comparing many replications with it.
class ObservedOrder {
public:
    explicit ObservedOrder(const std::vector<ObservedLanding>& observed);

    std::size_t exact() const { return at_.size(); }

    /// The exact landings as if they were simulated: the facts of reality itself.
    SimulatedLandings as_simulated() const;

    /// Of a replication's landings those that are exact in reality, as positions in the order of reality, in the order
    /// in which they landed in the replication; `times` gets their times, in the same order.
    std::vector<std::size_t> positions(const SimulatedLandings& landings, std::vector<Time>& times) const;

    /// When the change at this position really landed.
    Time at(std::size_t position) const { return at_[position]; }

private:
    std::vector<std::string> changes_;  ///< with exact times, in order of landing
    std::vector<Time> at_;
    std::unordered_map<std::string, std::size_t> position_;
};

/// The facts of one replication, in the order of weigh_evidence without the first (landings a day). NaN = undefined.
std::vector<double> landing_facts(const ObservedOrder& observed, const SimulatedLandings& landings, Time burst_gap);

/// Their names and units, in the same order.
struct FactName {
    const char* name;
    const char* unit;
};
const std::vector<FactName>& landing_fact_names();

/// Kendall's tau of `positions` (of reality, in simulated order), leaving out pairs with equal real times.
double kendall_tau(const ObservedOrder& observed, const std::vector<std::size_t>& positions);

/// Sizes of the bursts in a sorted list of times.
std::vector<std::size_t> burst_sizes(const std::vector<Time>& times, Time burst_gap);

}  // namespace gatesim
