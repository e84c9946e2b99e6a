// What the gate keeps: its queues and items, what the review system says, and inputs that wait for their turn. For the
// gate's own files; a strategy sees what Gate shows of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gate/item.hpp"
#include "gate/outside.hpp"
#include "gate/queue.hpp"
#include "gate/review.hpp"
#include "model/event.hpp"
#include "model/landings.hpp"
#include "model/scenario.hpp"

namespace gatesim {

class Greens;
class Groups;
class Standstill;
struct PipelineState;
struct Relaxations;

class GateState {
protected:
    GateState(const Scenario& scenario, Cast& cast, Landings& landings, Outside& outside);
    GateState(const GateState&) = delete;
    ~GateState();

    struct Need {
        ChangeId change;
        int patchset;
    };  // patchset 0: the current one, whichever that is
    struct Management {
        bool promote;
        std::vector<Need> changes;  // and the patch sets that were meant
        PipelineId pipeline;
    };
    struct Finished {
        enum class Kind : std::uint8_t { merge, nodes, build } kind;
        SlotRef slot;
        RequestId request;
        BuildId build;
        Result result;
        bool ok;
        const std::vector<std::string>* child_jobs;
    };
    struct Trigger {
        enum class Kind : std::uint8_t { enqueue, abandon, new_patchset } kind;
        ChangeId change;
        int patchset;
        PipelineId pipeline;
        Why why;
        std::vector<PipelineId> pipelines;
    };
    /// How an add() was asked for.
    struct Ask {
        Why why = Why::arrived;
        ChangeId because = kNone;
        bool live = true;
        bool quiet = false;
        bool ignore_requirements = false;
        bool with_those_behind = true;  ///< who needs it comes along
    };
    enum class Needs : std::uint8_t { met, missing, impossible };
    struct Held {
        ItemId item;
        JobId job;
        bool operator==(const Held&) const = default;
    };
    struct Asking {
        Held who;
        QueueId queue;
        std::uint64_t place;
    };
    struct SemaphoreState {
        std::vector<Held> holders;
        std::vector<QueueId> waiting;
        std::vector<Asking> asking;  // in vain so far, in that order; only where places in a queue count
        int limit = 1;
    };

    // What needs nothing but the above, and changes nothing.
    std::string name_of(const Item& item) const;
    Event event(EventKind kind, const Item& item) const;
    bool in_pipeline(ChangeId change, PipelineId pipeline) const;
    Item* find_current(const SlotRef& slot) const;
    static bool parents_succeeded(const Attempt& attempt, std::size_t slot);
    const Relaxations& relaxed(const Queue& queue) const;
    std::string rule_of(const Queue& queue) const;

    const Scenario& scenario_;
    Cast& cast_;
    Landings& landings_;
    Outside& outside_;
    std::vector<std::unique_ptr<PipelineState>> pipelines_;
    std::vector<std::unique_ptr<Queue>> queues_;        // by QueueId; nullptr = dropped
    std::vector<std::unique_ptr<Item>> items_;          // by ItemId; nullptr = gone
    std::vector<std::unique_ptr<Item>> graveyard_;      // gone in this iteration
    std::vector<std::unique_ptr<Item>> spare_;          // to be used again
    std::vector<std::vector<Item*>> items_of_;          // by ChangeId: its items in queues
    std::vector<std::vector<int>> git_patchsets_;       // by ChangeId: the patch sets its git parents were read with
    std::vector<std::vector<ChangeId>> git_children_;   // by ChangeId, in order of becoming known
    std::vector<std::vector<ChangeId>> depends_users_;  // by ChangeId, in order of becoming known
    std::vector<ReviewState> reviews_;                  // by ChangeId
    std::vector<SemaphoreState> semaphores_;
    std::vector<Management> management_;
    std::vector<Finished> finished_;
    std::vector<Finished> handling_;  // those of the present iteration; empty in between
    std::vector<Trigger> triggers_;
    std::vector<std::pair<QueueId, std::uint64_t>> rings_;
    std::vector<QueueId> dropped_;  // dynamic queues that became empty in this iteration
    std::uint64_t next_sequence_ = 1;
    AttemptId next_attempt_ = 0;
    BuildId next_build_ = 0;
    std::size_t items_in_flight_ = 0;
    std::uint64_t wave_ = 0;                  // of the present instant
    std::uint64_t progress_ = 0;              // raised when anybody lands, leaves or arrives
    bool circles_ = false;                    // some strategy allows changes to need each other
    std::uint64_t looks_ = 0;                 // at queues, by strategies
    const Queue* looked_at_ = nullptr;        // by a strategy, now; nullptr: the gate itself acts
    std::unique_ptr<Standstill> standstill_;  // nullptr: nobody asks why items do not move
    std::unique_ptr<Greens> greens_;          // nullptr: no job reuses a success
    std::unique_ptr<Groups> groups_;          // nullptr: no job is in a concurrency group
    std::string broken_;
    bool blameless_ = false;
};

}  // namespace gatesim
