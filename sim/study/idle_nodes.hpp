// Two laws of the auditor: no node idles while a request that fits waits, and nobody who stands further ahead in a
// queue is passed over where places count.
#pragma once

#include <map>
#include <string>

#include "model/event.hpp"

namespace gatesim {

/// Keeps a list of who waits for nodes, from the events alone. Requests are served in order, and the order is not told;
/// so it speaks only where every request that may use a pool would fit its free nodes: then the first one does, too.
///
/// Nobody says that a request was taken back. It is known where an item is reset, leaves, or a job of it is settled;
/// of a queue in which builds can be stopped without a word (some change there needs another one) it is not. Such a
/// request may stand in the way of others: while there is one, the law is silent.
class IdleNodes {
public:
    explicit IdleNodes(const Cast& cast) : cast_(cast) {}

    /// Takes an event in. What was wrong when time moved on to it; empty if nothing was.
    std::string hear(const Event& event);

    /// Whether there is a queue in which builds can be stopped without a word.
    bool is_unclear() const { return !unclear_.empty(); }

private:
    struct Waiting {
        ItemId item = kNone;
        QueueId queue = kNone;
        JobId job = kNone;
        std::uint32_t label = 0;
        std::int64_t nodes = 0;
        bool unclear = false;  ///< perhaps it waits no longer
        ItemId place = 0;      ///< of a trial, that of the last of its chain
    };
    struct Room {
        std::int64_t size = kUnlimited;
        std::int64_t busy = 0;
    };

    void requested(const Event& event);
    void forget(ItemId item, JobId job = kNone);
    bool can_ever_fit(const Waiting& request) const;
    std::string idle() const;
    bool reaches() const;
    bool by_place(std::uint32_t label) const;
    std::string overtakes(const Event& event) const;

    const Cast& cast_;
    Time now_ = 0;
    std::vector<Room> rooms_;  ///< by pool
    std::map<RequestId, Waiting> waiting_;
    std::map<RequestId, std::pair<PoolId, std::int64_t>> granted_;
    std::map<ItemId, ItemId> tips_;    ///< of trials: the last item of the chain; 0 of a probe
    std::map<QueueId, bool> unclear_;  ///< queues of which it is not known who waits
};

}  // namespace gatesim
