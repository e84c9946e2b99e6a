// Keeps account of what is alive: items, attempts, node requests, builds. Tables, metrics and the story are its
// listeners, so that each of them is told, with every event, what it belongs to, and each piece of work is charged
// once.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "model/event.hpp"
#include "model/shared_list.hpp"
#include "record/live_map.hpp"

namespace gatesim {

/// What became of a piece of work (a build, or the nodes of a request), known when its attempt is over.
enum class Fate : std::uint8_t {
    used,        ///< its result counted in a verdict
    cancelled,   ///< stopped before it had a result
    discarded,   ///< had a result, which was thrown away with its attempt
    retried,     ///< ended without a result and was run again
    idle,        ///< nodes that were handed out and given back without a build
    unfinished,  ///< the replication ended first
};

/// "used", "cancelled" …, as in the tables.
const char* fate_name(Fate fate);

/// Why a piece of work was for nothing.
enum class Waste : std::uint8_t {
    none,        ///< it was not, or the replication ended first
    reset,       ///< thrown away because of somebody else's trouble
    removed,     ///< its change was taken out, or a change it needs left
    superseded,  ///< a newer patch set took its place, or nobody needed its verdict any more
    red,         ///< red through no fault of what it tested: a flake, a time limit, what others broke
    outage,      ///< red or lost because the machines were in trouble
    stopped,     ///< stopped when the verdict was known without it
    idle,        ///< nodes that no build used
};
inline constexpr std::size_t kWastes = 8;

/// "reset", "removed" …, as in the tables; empty for none.
const char* waste_name(Waste waste);

/// Why the work of an attempt that ends without a verdict, for this reason, was for nothing.
Waste waste_for(Why why);

/// Whether the change under test is itself to blame for a red build: for its own defect, and for a conflict with what
/// is ahead of it or landed, because of the two it is the later one.
constexpr bool is_own_fault(Cause cause) {
    return cause == Cause::own_defect || cause == Cause::textual_conflict || cause == Cause::semantic_conflict;
}

/// One stay of one change in one queue, while it lasts.
struct LiveItem {
    ItemId id = kNone;
    ChangeId change = kNone;
    int patchset = 1;
    PipelineId pipeline = kNone;
    QueueId queue = kNone;
    Time enqueued = 0;
    AttemptId attempt = kNone;  ///< the latest that was prepared
    int attempts = 0;
    int running = 0;              ///< builds now
    int waiting = 0;              ///< requests without nodes now
    std::vector<ItemId> members;  ///< of a trial: the items it vouches for
    bool trial = false;           ///< stands for no stay in a queue
    bool reported = false;
    bool left = false;     ///< not in its queue any more
    bool outside = false;  ///< left its queue before its verdict (cancel-behind); its report follows

    void recycle() { *this = LiveItem{}; }
};

/// A try of an item on one base, until all its work is settled.
struct LiveAttempt {
    enum class Ending : std::uint8_t { open, used, wasted };
    AttemptId id = kNone;
    ItemId item = kNone;
    ChangeId change = kNone;
    int patchset = 1;
    PipelineId pipeline = kNone;
    QueueId queue = kNone;
    Time opened = 0;
    SharedList<ChangeId> chain;  ///< ahead, front first, without itself
    std::vector<RequestId> requests;
    std::vector<BuildId> builds;
    std::vector<ItemId> members;  ///< of a trial: the items it vouches for; `item` is the trial
    std::vector<AtFault> blamed;  ///< who is to blame for its voting failures, if somebody is
    int holding = 0;              ///< requests that hold nodes, and builds that run
    Ending ending = Ending::open;
    Waste waste = Waste::none;  ///< of one that ended wasted
    int red = 0;                ///< voting failures so far
    Cause cause = Cause::none;  ///< of the first voting failure
    ChangeId culprit = kNone;   ///< as in Fault
    ChangeId rival = kNone;     ///< as in Fault
    RaceId race = kNone;        ///< as in Fault
    BuildId red_build = kNone;  ///< the first voting failure
    JobId red_job = kNone;

    /// Whether the change has a part in its voting failures; a red attempt that does not blame a change it ejects
    /// ejects an innocent one.
    bool blames(ChangeId who) const { return fault_of(who) != nullptr; }

    /// What the change did to make it red; nullptr: it has no part in that.
    const AtFault* fault_of(ChangeId who) const {
        const auto found =
            std::find_if(blamed.begin(), blamed.end(), [&](const AtFault& one) { return one.who == who; });
        return found == blamed.end() ? nullptr : &*found;
    }

    /// What is behind its first voting failure, for one of those it tested: what that one did itself, if anything.
    Fault seen_by(ChangeId who) const;

    void recycle() {
        LiveAttempt fresh;
        for (auto list : {&LiveAttempt::requests, &LiveAttempt::builds, &LiveAttempt::members}) {
            (fresh.*list).swap(this->*list);
            (fresh.*list).clear();
        }
        fresh.blamed.swap(blamed);
        fresh.blamed.clear();
        *this = std::move(fresh);
    }
};

/// Nodes asked for and held for one job.
struct LiveRequest {
    RequestId id = kNone;
    ItemId item = kNone;
    AttemptId attempt = kNone;
    ChangeId change = kNone;
    PipelineId pipeline = kNone;
    JobId job = kNone;
    BuildId build = kNone;  ///< the build they served; kNone = none
    PoolId pool = kNone;
    std::uint32_t node = kNone;  ///< number of the first
    int nodes = 0;
    int failed_launches = 0;
    bool waiting = false;  ///< asked for, not ready, and still wanted
    Time requested = 0;
    Time granted = kNever;
    Time ready = kNever;
    Time released = kNever;     ///< when settled at the end: the end of the replication
    Waste waste = Waste::none;  ///< known when it is settled

    /// Node-microseconds held, up to `now` while they still are.
    Time held(Time now) const {
        if (granted == kNever) return 0;
        return (released == kNever ? now - granted : released - granted) * nodes;
    }

    void recycle() { *this = LiveRequest{}; }
};

/// A run of a job.
struct LiveBuild {
    BuildId id = kNone;
    AttemptId attempt = kNone;
    RequestId request = kNone;
    JobId job = kNone;
    PoolId pool = kNone;
    std::uint32_t node = kNone;
    std::int64_t run = 0;
    bool voting = true;
    bool counted = false;   ///< its attempt was current when it ended
    Time started = kNever;  ///< kNever: dropped before it started
    Time ended = kNever;
    Result result = Result::none;
    Cause cause = Cause::none;
    ChangeId culprit = kNone;
    RaceId race = kNone;
    bool no_fault = false;      ///< red, and nobody that it tested is at fault
    bool cut_off = false;       ///< stopped and counted as failed: it took longer than the gate waits, or was displaced
    Waste waste = Waste::none;  ///< known when it is settled

    void recycle() { *this = LiveBuild{}; }
};

/// A queue as it is now.
struct LiveQueue {
    PipelineId pipeline = kNone;
    std::int64_t length = 0;
    std::int64_t window = 0;  ///< 0 = unlimited
};

/// What one trouble threw away in one queue at one instant: one reset, of one change or of many.
struct ResetRecord {
    Time at = 0;
    PipelineId pipeline = kNone;
    QueueId queue = kNone;
    ItemId cause = kNone;           ///< the item whose trouble it was; kNone = by hand
    Reason reason;                  ///< as recorded for the first that was reset
    ChangeId change = kNone;        ///< behind it: reason.change, or the cause's own
    JobId job = kNone;              ///< whose failure is behind it: the reason's, or that with which the cause left
    BuildId build = kNone;          ///< the red build of that job, if there was one
    Cause really = Cause::none;     ///< behind that failure, if that is known
    std::vector<ChangeId> changes;  ///< who starts anew, front first; nobody who has left
    std::int64_t builds = 0;        ///< running or finished builds of the attempts that were thrown away
    Time held = 0;                  ///< node-microseconds that those had cost until then

    /// An attempt that was thrown away, and whose it was.
    struct Part {
        AttemptId attempt = kNone;
        std::vector<std::pair<ItemId, ChangeId>> whose;
        std::int64_t builds = 0;
        Time held = 0;
    };
    std::vector<Part> parts;
};

class Ledger;

/// Hears every event after the ledger has taken it in, and every piece of work once, when its fate is known.
class LedgerListener {
public:
    virtual ~LedgerListener() = default;
    virtual void on(const Event&, const Ledger&) {}
    virtual void settled(const LiveRequest&, const LiveAttempt*, Fate, const Ledger&) {}
    virtual void settled(const LiveBuild&, const LiveAttempt*, Fate, const Ledger&) {}
    /// After all its requests and builds.
    virtual void settled(const LiveAttempt&, const Ledger&) {}
    /// After the last event of its instant, before the next event is delivered.
    virtual void reset(const ResetRecord&, const Ledger&) {}
    /// As Observer::wants_waits.
    virtual bool wants_waits() const { return false; }
};

class Ledger : public Observer {
public:
    /// `cast` must outlive it.
    explicit Ledger(const Cast& cast) : cast_(cast) {}

    /// Listeners are called in the order they were added.
    void add(LedgerListener& listener) { listeners_.push_back(&listener); }

    void on(const Event& event) override;
    bool wants_waits() const override;

    const Cast& cast() const { return cast_; }
    /// Time of the latest event.
    Time now() const { return now_; }
    const LiveItem* item(ItemId id) const { return items_.find(id); }
    const LiveAttempt* attempt(AttemptId id) const { return attempts_.find(id); }
    const LiveRequest* request(RequestId id) const { return requests_.find(id); }
    const LiveBuild* build(BuildId id) const { return builds_.find(id); }
    /// The live item that an event is about: its own, or that of its request or its build; nullptr if there is none.
    const LiveItem* item_of(const Event& event) const;
    const std::vector<LiveQueue>& queues() const { return queues_; }
    /// Whether a queue's rule, followed to the letter, would have gone on for ever (EventKind::never_at_rest).
    bool never_at_rest() const { return never_at_rest_; }

    /// Whether changes land through this pipeline.
    bool lands(PipelineId pipeline) const;

    /// The reset that the event belongs to, which is not complete yet; nullptr if the event is none.
    const ResetRecord* reset_of(const Event& event) const;

    /// Node-microseconds that an attempt's requests have held until `now`.
    Time held(const LiveAttempt& attempt, Time now) const;

private:
    void take_item(const Event& event);
    void take_attempt(const Event& event);
    SharedList<ChangeId> kept(const Event& event);
    void take_request(const Event& event);
    void take_build(const Event& event);
    void take_reset(const Event& event);
    void note_ejection(const Event& event);
    void name_culprit(ResetRecord& record) const;
    const LiveAttempt* red_attempt_of(ItemId id) const;
    void close_resets();
    void take_out_of_resets(const Event& event);
    static Waste waste_of(const LiveBuild& build, const LiveAttempt& attempt, Fate fate);
    static std::vector<ChangeId> tested_by(const LiveAttempt& attempt);
    bool is_through_no_fault(const Event& event, const LiveAttempt& attempt) const;
    void close_after(const Event& event);
    void end_attempt(AttemptId id, LiveAttempt::Ending ending, Waste waste = Waste::none);
    void settle_if_due(AttemptId id);
    void settle(LiveAttempt& attempt, Time end);
    void settle_request(LiveRequest& request, const LiveAttempt* attempt, bool at_end);
    void settle_everything(Time end);
    void fail(LiveAttempt& attempt, const Event& event);
    void count(ItemId item, const LiveAttempt* attempt, int LiveItem::*what, int by);
    LiveQueue* queue(const Event& event);
    LiveRequest* request_of(const Event& event);

    const Cast& cast_;
    std::vector<LedgerListener*> listeners_;
    LiveMap<LiveItem> items_;
    LiveMap<LiveAttempt> attempts_;
    std::vector<AttemptId> prepared_;  ///< by change: the attempt of it that was prepared last
    LiveMap<LiveRequest> requests_;
    LiveMap<LiveBuild> builds_;
    /// With what an item was ejected, for the resets that follow: its attempt may be settled by then.
    struct Ejection {
        ItemId item = kNone;
        JobId job = kNone;
        BuildId build = kNone;
        Cause cause = Cause::none;
    };

    std::vector<std::pair<BuildId, Cause>> just_settled_red_;  ///< in the present instant
    std::vector<Ejection> just_ejected_;                       ///< in the present instant
    Time now_ = 0;
    bool never_at_rest_ = false;
    std::vector<LiveQueue> queues_;
    std::vector<ResetRecord> resets_;  ///< of the present instant
};

}  // namespace gatesim
