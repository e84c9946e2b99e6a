// When a goal is met: a sequential rule over replications, so that a verdict is never a coin flip.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "learn/lesson.hpp"
#include "measure/comparison.hpp"

namespace gatesim::learn {

/// Open: nobody has answered yet. Error: the work could not be run.
enum class Status { pass, fail, too_close, open, error };

/// "pass", "fail", "too-close", "open", "error".
const char* status_name(Status status);

/// After how many replications a check looks, and how sure each look is: four looks share the error.
inline const std::vector<std::uint32_t> kLooks = {8, 16, 32, 64};
inline constexpr double kCheckLevel = 0.99;

/// What the replications so far say of measure against goal.
struct Judgement {
    std::optional<Status> status;  ///< nothing: they do not tell yet
    Series room;                ///< distance to the goal on its right side, by replication; negative: on the wrong one
    std::size_t undefined = 0;  ///< replications in which measure or goal is
};

/// Right when the whole interval of measure minus goal is on the right side, wrong when it is on the wrong side.
/// Undefined in any replication is wrong. `each`: every replication must be right.
Judgement judge(const Check& check, const Series& measure, const Series& goal);

/// Standard errors between the mean and the line; infinite when nothing varies. Negative on the wrong side.
double margin(const Series& room);

}  // namespace gatesim::learn
