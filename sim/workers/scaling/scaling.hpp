// How many nodes a pool shall have: one file a rule, each registers itself.
//
// A rule looks at its pool from time to time (Pool::life, poll) and says how many nodes there shall be. It sees what
// the world lets it see, perhaps late (signal_delay), and has a memory of its own; it must not draw. The world asks for
// what is missing, never beyond the pool's max and quota, and stops the nodes that the rule names. It never stops one
// by itself because there are too many.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/ids.hpp"
#include "model/pool_life.hpp"
#include "model/time.hpp"
#include "strategy/fields.hpp"

namespace gatesim {

/// An idle node.
struct IdleNode {
    std::uint32_t node = 0;  ///< its number, lower ones are handed out first
    Time asked = 0;          ///< when it was asked for; kept apart from a later node of that number
    Time up_since = 0;
    Time idle_since = 0;
};

/// A request that waits for nodes and may have them from this pool.
struct Wanted {
    RequestId request = 0;  ///< later ones have higher numbers
    Time since = 0;
    std::int64_t nodes = 1;
};

/// What a rule sees.
struct Sight {
    Time now = 0;
    Time of_week = 0;          ///< local time since Monday 00:00
    std::int64_t queued = 0;   ///< nodes wanted by requests that wait: the sum of `wanted`
    std::int64_t running = 0;  ///< busy nodes
    std::int64_t booting = 0;  ///< asked for and not up
    std::int64_t stopping = 0;
    std::int64_t failed = 0;           ///< given up so far because their boots failed
    std::int64_t min = 0;              ///< the pool's, or what it keeps warm now, if that is more
    std::int64_t max = 0;              ///< never unlimited: then a very large number
    std::vector<Wanted> wanted;        ///< in order of service
    std::vector<IdleNode> idle_nodes;  ///< by number

    std::int64_t idle() const { return static_cast<std::int64_t>(idle_nodes.size()); }
    /// Those that are up or will be.
    std::int64_t there() const { return running + booting + idle(); }
};

/// What it says.
struct Orders {
    std::int64_t target = 0;        ///< nodes that shall be asked for, boot or be up when those of `stop` are gone
    std::vector<std::size_t> stop;  ///< indices into Sight::idle_nodes
    bool even_busy = false;         ///< stop them although they have got a build since they were seen
    Time again = kNever;            ///< with poll 0: when it wants to look again whatever happens
};

class ScalingRule {
public:
    virtual ~ScalingRule() = default;
    virtual Orders decide(const Sight& sight) = 0;
};

using MakeScaling = std::function<std::unique_ptr<ScalingRule>(const ParameterValues&)>;

/// Adds a rule; called before main. Returns true, so that a namespace-scope constant can hold the call.
bool register_scaling(ScalingDescription description, MakeScaling make);

/// nullptr if there is no rule of that name. Each pool has one of its own.
std::unique_ptr<ScalingRule> make_scaling(const StrategyChoice& choice);

/// Registers a rule whose parameters are a struct: Rule(Struct) is its constructor.
template <class Rule, class Struct>
bool register_scaling(ScalingDescription description, const std::vector<Field<Struct>>& fields) {
    description.parameters = parameters_of(fields);
    return register_scaling(std::move(description),
                            [fields](const ParameterValues& values) -> std::unique_ptr<ScalingRule> {
                                return std::make_unique<Rule>(filled(fields, values));
                            });
}

/// Between the pool's min and max; max wins.
inline std::int64_t within(const Sight& sight, std::int64_t nodes) {
    return std::min(std::max(nodes, sight.min), sight.max);
}

/// Stops at most `surplus` idle nodes that have been idle for `idle_time`, the longest up first; says when the next one
/// will have been.
inline void stop_idle(const Sight& sight, std::int64_t surplus, Time idle_time, Orders& orders) {
    std::vector<std::size_t> ripe;
    for (std::size_t i = 0; i < sight.idle_nodes.size(); ++i) {
        const Time at = sight.idle_nodes[i].idle_since + idle_time;
        if (at <= sight.now)
            ripe.push_back(i);
        else if (surplus > 0)
            orders.again = std::min(orders.again, at);
    }
    std::stable_sort(ripe.begin(), ripe.end(), [&](std::size_t a, std::size_t b) {
        return sight.idle_nodes[a].up_since < sight.idle_nodes[b].up_since;
    });
    for (std::size_t i = 0; i < ripe.size() && surplus > 0; ++i, --surplus) orders.stop.push_back(ripe[i]);
}

}  // namespace gatesim
