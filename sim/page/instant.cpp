#include "page/instant.hpp"

#include <algorithm>
#include <list>

namespace gatesim::page {

namespace {

bool holds(Time from, Time until, Time at) {
    return from <= at && (until == kNever || at < until);
}

/// Nobody overtakes in a queue, so the orders of those who met can be made into one: who enters is put right behind the
/// one who is ahead then, and who leaves keeps its place in the list.
std::vector<Index> order_of(const Replay& r, Index queue) {
    struct Move {
        Time at;
        bool enters;
        Index stay;
    };
    std::vector<Move> moves;
    for (Index i = 0; i < r.stays.size(); ++i) {
        if (r.stays[i].queue != queue) continue;
        moves.push_back({r.stays[i].entered, true, i});
        if (r.stays[i].left != kNever) moves.push_back({r.stays[i].left, false, i});
    }
    std::stable_sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
        return a.at != b.at ? a.at < b.at : a.enters != b.enters ? b.enters : a.stay < b.stay;
    });
    std::list<Index> all;
    std::vector<std::list<Index>::iterator> present;
    for (const Move& move : moves) {
        if (!move.enters) {
            const auto it = std::find_if(present.begin(), present.end(), [&](auto one) { return *one == move.stay; });
            if (it != present.end()) present.erase(it);
            continue;
        }
        const Replay::Stay& stay = r.stays[move.stay];
        const std::size_t place =
            std::min(static_cast<std::size_t>(std::max<std::int64_t>(stay.place, 1)) - 1, present.size());
        const auto before = place > 0 ? std::next(present[place - 1]) : present.empty() ? all.end() : all.begin();
        const auto here = all.insert(before, move.stay);
        if (stay.left != stay.entered) present.insert(present.begin() + static_cast<std::ptrdiff_t>(place), here);
    }
    return {all.begin(), all.end()};
}

}  // namespace

Instants::Instants(const Replay& replay)
    : replay_(replay), attempts_(replay.stays.size()), waits_(replay.stays.size(), {0, 0}) {
    for (Index queue = 0; queue < replay.queues.size(); ++queue) order_.push_back(order_of(replay, queue));
    for (Index i = 0; i < replay.attempts.size(); ++i)
        for (const Index stay : replay.attempts[i].stays) attempts_[stay].push_back(i);
    for (Index i = 0; i < replay.waits.size(); ++i) {
        auto& [first, last] = waits_[replay.waits[i].stay];
        if (first == last) first = i;
        last = i + 1;
    }
}

Instant Instants::at(Time time) const {
    Instant now;
    now.queues.resize(replay_.queues.size());
    now.busy.resize(replay_.pools.size());
    for (Index queue = 0; queue < order_.size(); ++queue)
        for (const Index stay : order_[queue]) {
            if (!holds(replay_.stays[stay].entered, replay_.stays[stay].left, time)) continue;
            Instant::Item item{stay, {}, kNowhere};
            for (const Index attempt : attempts_[stay])
                if (holds(replay_.attempts[attempt].opened, replay_.attempts[attempt].ended, time))
                    item.attempts.insert(item.attempts.begin(), attempt);
            for (Index wait = waits_[stay].first; wait < waits_[stay].second && item.wait == kNowhere; ++wait)
                if (holds(replay_.waits[wait].from, replay_.waits[wait].until, time)) item.wait = wait;
            now.queues[queue].push_back(std::move(item));
        }
    const auto hold = [&](const auto& nodes) {
        if (nodes.pool != kNowhere && holds(nodes.granted, nodes.released, time)) now.busy[nodes.pool] += nodes.nodes;
    };
    for (const Replay::Build& build : replay_.builds) hold(build);
    for (const Replay::Holding& holding : replay_.holdings) hold(holding);
    return now;
}

}  // namespace gatesim::page
