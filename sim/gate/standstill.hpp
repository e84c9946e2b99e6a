// Why items do not move: for each item of a gate one reason at every instant, from what the gate knows.
//
// The record's answer to "why am I not moving?" (EventKind::waits). At the end of an instant each queue is looked at in
// which something happened, and whoever waits for something else than before is told of. Between two such events
// the reason holds. Nothing here has any effect on the gate.
//
// A look costs as much as the items under test and those next to be tested, not the length of the queue.
#pragma once

#include <unordered_map>
#include <vector>

#include "gate/gate_state.hpp"
#include "strategy/strategy.hpp"

namespace gatesim {

class Gate;

/// What an item waits for.
struct Waits {
    Reason reason;
    PoolId pool = kNone;              ///< no_node, booting: where the job's nodes come from first
    std::uint32_t semaphore = kNone;  ///< semaphore: its index in the scenario

    bool operator==(const Waits& other) const;
};

class Standstill {
public:
    explicit Standstill(const Gate& gate) : gate_(gate) {}

    /// The queue was looked at by its strategy, or nodes were handed out: its items may wait for something else now.
    void stir(QueueId queue) { stirred_.push_back(queue); }
    /// From nodes that are handed out, which the gate does not hear of, and from newcomers.
    void hear(const Event& event);
    /// Tells of all changes since the last call. To be called when nothing is left to happen in an instant.
    void tell(Outside& outside);

private:
    struct Seen {
        std::vector<ItemId> singled_out;  // who waits for more than a turn
        std::vector<ItemId> newcomers;
        bool wants_nodes = false;
    };

    void look_at(Outside& outside, const Queue& queue);
    void find_members(const Queue& queue);
    std::vector<const Item*> candidates(const Queue& queue, Seen& seen, const Strategy& strategy) const;
    Waits waits_of(const Item& item, const Strategy& strategy) const;
    Waits own(const Item& item) const;
    Waits under_trial(const Item& trial, const Strategy& strategy) const;
    bool is_held_behind(const Item& item, const Item& ahead) const;
    bool at_work(const Item& tested, Waits& waits) const;
    Waits of_slot(const Item& tested, std::size_t slot) const;
    PoolId pool_of(const Job& job) const;

    const Gate& gate_;
    std::vector<QueueId> stirred_;
    std::unordered_map<QueueId, Seen> seen_;
    std::unordered_map<ItemId, Waits> told_;
    std::unordered_map<ItemId, std::vector<const Item*>> trials_of_;  // of the queue that is looked at
};

}  // namespace gatesim
