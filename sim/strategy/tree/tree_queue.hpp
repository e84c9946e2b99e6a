// What a speculating strategy keeps of a queue.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "strategy/tree/speculation.hpp"

namespace gatesim {

struct TreeQueue final : StrategyState {
    explicit TreeQueue(const SpeculationRule& rule)
        : heads(static_cast<std::size_t>(rule.bypass)), best(rule.otherwise && !rule.wait) {}

    Heads heads;
    BestPaths best;
    std::vector<ItemId> waiting;     ///< for a change they need, which is in no state that they could be tested on
    std::uint64_t seen = 0;          ///< sequence of the newest item that was looked at
    std::set<std::uint64_t> heard;   ///< orders of those to whose tests something happened
    std::set<std::uint64_t> moving;  ///< of those whose tests may go on: they are new, or were heard of
    std::uint64_t departures = 0;    ///< Queue::departures, as far as it was looked at
    std::set<std::uint64_t> stale;   ///< orders of those whose price may be another
    std::set<std::uint64_t> ripe;    ///< of those that may be decided
    std::set<std::uint64_t> held;    ///< of those that would be landed, but for a freeze or a pause
    bool dirty = false;              ///< another choice of paths may be due
    std::uint64_t round = 0;         ///< of scheduling
    std::uint64_t mark = 0;
    std::int64_t builds = 1;    ///< at once
    Time stop_time = 0;         ///< sticky: how long a build that is stopped still holds its slot
    std::int64_t stopping = 0;  ///< slots held that way
    std::uint64_t tag = 0;      ///< of the latest timer that ends one
};

inline bool contains(std::span<const std::uint32_t> ids, std::uint32_t id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// A build of it has a verdict, on whatever path.
inline bool finished(const Head& head) {
    return head.some_passed || head.some_failed;
}

}  // namespace gatesim
