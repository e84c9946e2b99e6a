// Lives of nodes of pools that live (Pool::life), put together from the events.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

/// One node, from when it was asked for until it was gone. kNever: not, or not yet.
struct NodeLife {
    PoolId pool = kNone;
    std::uint32_t node = kNone;  ///< its number; a later node may have it again
    bool at_start = false;       ///< it was there at the beginning
    Time asked = kNever;
    Time booting = kNever;  ///< the last boot's beginning
    Time failed_boots = 0;  ///< how long those took that failed before
    Time up = kNever;
    Time left = kNever;  ///< when it took no more builds, or ended
    Time gone = kNever;
    bool killed = false;             ///< while it booted or was busy
    NodeEnd why = NodeEnd::surplus;  ///< of `left`
    BuildId lost = kNone;            ///< the build that ended with it
    std::int64_t uses = 0;           ///< requests that had it
    Time busy = 0;                   ///< how long they had it; one that has it still: until the end
};

/// "surplus", "used_up" …
const char* node_end_name(NodeEnd end);

class NodeLives {
public:
    using Hear = std::function<void(const NodeLife&)>;

    /// `hear` gets each life when it is over; those that are not, when the replication ends.
    explicit NodeLives(Hear hear) : hear_(std::move(hear)) {}

    /// All events, in order.
    void on(const Event& event);

    /// Nodes of a pool that are up and that nobody has.
    std::size_t idle(PoolId pool) const;

private:
    struct Fleet {
        std::map<std::uint32_t, NodeLife> nodes;
        std::set<std::uint32_t> idle;
    };
    struct Hold {
        PoolId pool = kNone;
        Time since = 0;
        std::vector<std::uint32_t> nodes;
    };

    void hand_out(const Event& event);
    void take_back(Hold& hold, Time at);
    void end(Time at);

    Hear hear_;
    std::map<PoolId, Fleet> fleets_;
    std::map<RequestId, Hold> holds_;
};

}  // namespace gatesim
