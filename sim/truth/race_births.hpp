// What race a change brings in by landing.
#pragma once

#include <optional>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "truth/places.hpp"

namespace gatesim {

/// Draws them, keyed by the change and its patch set: every strategy lands the same races with the same changes.
class RaceDraws {
public:
    /// The scenario has RaceBirths; both must outlive it, and `cast`.
    RaceDraws(const Scenario& scenario, const Cast& cast, Luck luck);

    /// The race that the change brings in by landing at this time, if it does. It has no name yet.
    std::optional<Race> of(ChangeId change, Time landed) const;

private:
    double uniform(Purpose purpose, ChangeId change, std::uint64_t which = 0) const;
    std::vector<JobId> jobs_of(ChangeId change) const;
    RaceFactor factor_of(ChangeId change) const;

    const Scenario& scenario_;
    const RaceBirths& rules_;
    const Cast& cast_;
    Luck luck_;
    Places places_;
};

}  // namespace gatesim
