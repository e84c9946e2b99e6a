// The order of Grants::in_order_of_queue, for nodes and for semaphores alike.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "model/ids.hpp"

namespace gatesim {

/// Puts those who ask into the order in which they are served. `turns`: in the order in which they asked; each has the
/// `queue` in which it stands and its `place` there (lower is further ahead). A queue's turns stay where they are, and
/// in each of them goes who stands furthest ahead of those that are left.
template <class Turns>
void in_order_of_queue(Turns& turns) {
    std::map<QueueId, std::vector<std::size_t>> of_queue;
    for (std::size_t i = 0; i < turns.size(); ++i) of_queue[turns[i].queue].push_back(i);
    const Turns asked = turns;
    for (const auto& [queue, places] : of_queue) {
        std::vector<std::size_t> sorted = places;
        std::stable_sort(sorted.begin(), sorted.end(),
                         [&](std::size_t a, std::size_t b) { return asked[a].place < asked[b].place; });
        for (std::size_t i = 0; i < places.size(); ++i) turns[places[i]] = asked[sorted[i]];
    }
}

}  // namespace gatesim
