// What a replay says of one instant: who stands where, which attempt each has, why it is not moving, which nodes are
// busy. The player answers the same in the browser (player/model.js, `at`); tests hold the two together.
#pragma once

#include <string>
#include <vector>

#include "page/replay.hpp"

namespace gatesim::page {

struct Instant {
    struct Item {
        Index stay = kNowhere;
        std::vector<Index> attempts;  ///< open ones that vouch for it, the last opened first
        Index wait = kNowhere;        ///< what it waits for; the reason in words is sentence_of
    };
    std::vector<std::vector<Item>> queues;  ///< by Replay::queues, front first
    std::vector<std::int64_t> busy;         ///< nodes handed out, by Replay::pools
};

/// Looks at a replay, which must outlive it, at any instant. An instant is what holds when everything of it has
/// happened. Takes time in proportion to the replay for each.
class Instants {
public:
    explicit Instants(const Replay& replay);
    Instant at(Time time) const;

    /// All stays of a queue, so that those who are there at any instant stand in the queue's order.
    const std::vector<Index>& order(Index queue) const { return order_[queue]; }

private:
    const Replay& replay_;
    std::vector<std::vector<Index>> order_;       ///< of each queue
    std::vector<std::vector<Index>> attempts_;    ///< of each stay
    std::vector<std::pair<Index, Index>> waits_;  ///< of each stay: the first, and the one after the last
};

}  // namespace gatesim::page
