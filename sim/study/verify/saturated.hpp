// A gate whose queue never runs dry and whose builds all take the same time: it works in rounds. What R04 and R07 read.
#pragma once

#include <memory>
#include <vector>

#include "study/verify/closed_form.hpp"

namespace gatesim {

/// How long a build takes there, and so a round.
inline constexpr Time kSaturatedRun = kHour;

/// A gate with nodes without limit; every run fails with chance `flake`. The changes are the caller's.
Scenario saturated_gate(double flake, ParameterValues zuul);

enum class SaturatedReading {
    resolved,     ///< changes that left, a round
    landed,       ///< changes that landed, a round
    builds,       ///< builds, a change that left
    window,       ///< mean over time
    window_seen,  ///< mean over the changes that leave, before the window moves
    floor_seen,   ///< share of those that find the window at `floor`
};

/// Reads off what happens after `warm` rounds until `rounds` are over. The instant at which a round ends belongs to it.
std::unique_ptr<Gauge> make_saturated_gauge(std::vector<SaturatedReading> readings, int warm, int rounds,
                                            int floor = 0);

}  // namespace gatesim
