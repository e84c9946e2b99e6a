// What is set to another value in the course of a run.
#pragma once

#include <cstdint>
#include <string>

#include "model/freeze.hpp"
#include "model/ids.hpp"
#include "model/parameter.hpp"
#include "model/time.hpp"

namespace gatesim {

/// A number of nodes without limit.
inline constexpr std::int64_t kUnlimited = -1;

/// Which number of a pool is set.
enum class PoolNumber : std::uint8_t { nodes, min, max };

/// From a time on, something is set to another value. What has an effect at that very moment (how many nodes there are,
/// what a strategy goes by) is done then; values that are looked up by time (Varying) have it among their steps.
struct TimelineStep {
    Time at = 0;
    PoolId pool = kNone;              ///< whose size changes, if any
    std::int64_t nodes = kUnlimited;  ///< its new size, or what `number` says
    std::uint32_t semaphore = kNone;  ///< whose limit changes, if any
    int limit = 1;                    ///< its new limit
    PipelineId pipeline = kNone;      ///< that is held, or whose strategy goes by other parameters
    ParameterValues values;           ///< those
    Hold hold = Hold::none;           ///< what `pipeline` does from now on, if that is what is set
    bool by_hours = false;            ///< at every turn of its hours of the week (Pipeline): `at` is kNever
    std::string pointer;              ///< what is set, and to what, as the scenario has it
    std::string value;
    PoolNumber number = PoolNumber::nodes;  ///< of `pool`

    /// Whether there is something to do when its time comes.
    bool acts() const { return !by_hours && (pool != kNone || semaphore != kNone || pipeline != kNone); }
};

/// The order of the timeline; of one moment, freezes and pauses first.
inline bool comes_before(const TimelineStep& a, const TimelineStep& b) {
    return a.at != b.at ? a.at < b.at : a.hold != Hold::none && b.hold == Hold::none;
}

}  // namespace gatesim
