// What changes touch: as the scenario or the load file says, else drawn.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// Gives every change its footprint, once, when it becomes known. In this order: what a listed change says it touches,
/// the paths of the change, a drawn one (Load::footprint), none.
///
/// Drawn targets have the numbers below FootprintRule::targets, popular ones first; names that somebody wrote get those
/// behind, in order of appearance. A drawn set is as large as its size was drawn; only where that many different ones
/// cannot be had in 16 draws for each, it stays smaller.
class Footprints {
public:
    Footprints(const Scenario& scenario, Luck luck);

    Footprint of(const Change& change, ChangeId id);

private:
    Footprint named(const std::vector<std::string>& names);
    Footprint drawn(ChangeId id) const;
    std::uint32_t target_at(double u) const;

    const Load& load_;
    Luck luck_;
    std::map<std::string, std::uint32_t> numbers_;
    std::vector<double> below_;  ///< by target: share of all draws that hit it or one before it
};

}  // namespace gatesim
