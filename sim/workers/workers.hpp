// Nodes and executors: who gets nodes when, and how builds run on them.
//
// Requests are served by precedence, then relative priority, then age; a request that does not fit its pool blocks the
// ones behind it there. (In a pool with Grants::in_order_of_queue by place in the queue instead of age.) Free nodes are
// handed out at the end of a wave (Priority::hand_out), after the gate has decided. A node is busy from the moment it
// is handed out, boot included, until it is given back.
//
// A request for more nodes than its pools have at all (an outage, a pool scaled to zero) fails at once, or stands aside
// until a pool grows and blocks nobody (Pool::when_short).
//
// Nodes of a pool that lives (Pool::life) come and go by a fleet of its own (fleet.hpp): a request gets idle ones,
// which are ready at once. What living pools need beyond that is in living.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "chance/draw.hpp"
#include "gate/outside.hpp"
#include "kernel/calendar.hpp"
#include "model/scenario.hpp"
#include "truth/truth.hpp"
#include "workers/fleet.hpp"
#include "workers/id_ring.hpp"
#include "workers/pool.hpp"
#include "workers/processor.hpp"

namespace gatesim {

/// Where the workers' answers go.
class WorkerClient {
public:
    virtual ~WorkerClient() = default;
    virtual void nodes_done(const SlotRef& slot, RequestId request, bool ok) = 0;
    virtual void build_done(const SlotRef& slot, BuildId build, RequestId nodes, Result result, const Fault& fault,
                            const std::vector<std::string>* child_jobs) = 0;
    /// A running build shows that it will fail. True if that is heeded: then it ends as a failure, whatever befalls it.
    virtual bool build_failing(const SlotRef&, BuildId, const Fault&) { return false; }
    virtual void tell(Event& event) = 0;
};

/// Makes the processor of a pool with `compute` simgrid; given by whoever started that engine.
using ProcessorFactory = std::function<std::unique_ptr<Processor>(const Pool& pool, std::size_t machines)>;

class Workers : private FleetClient {
public:
    Workers(const Scenario& scenario, Calendar& calendar, const Truth& truth, Luck luck, WorkerClient& client,
            const ProcessorFactory& simgrid_processor);
    ~Workers() override;

    // The gate's orders: see Outside.
    RequestId request(const NodeRequest& request);
    void revise(RequestId request, std::uint32_t relative_priority);
    void withdraw(RequestId request);
    bool boots(RequestId request) const;
    void give_back(RequestId request);
    void start(const BuildOrder& order);
    bool abort(BuildId build, bool unneeded);
    /// Whether the run that is asked for with this order will never be scheduled. Each question asks for one more run.
    bool never_reports(const BuildOrder& order);

    /// A pool has another number of nodes from now on; busy ones finish first. Or another min or max, if it lives.
    void resize(PoolId pool, std::int64_t nodes, PoolNumber number = PoolNumber::nodes);

    /// Pools that live begin to; before anything happens.
    void begin_life();
    /// Entries of the calendar that nothing but the life of pools needs: while there are no others, only they happen.
    std::size_t upkeep() const;
    /// Ends that life: nobody needs a node any more, or none will ever come.
    void rest();
    /// Of pools that requests wait for in vain, in words (Fleet::nothing_came). Empty if there is none.
    std::string nothing_came() const;

private:
    struct Key {  // order of service
        std::uint32_t precedence;
        std::uint32_t relative_priority;
        RequestId age;  ///< its id; by place in the queue, the age of the turn that it has
        RequestId id;
        auto operator<=>(const Key&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a 0 in it
    };
    struct Request {
        SlotRef slot;
        ChangeId change = kNone;
        int patchset = 1;
        const Job* job = nullptr;
        Key key{};
        QueueId queue = kNone;
        std::uint64_t place = 0;
        bool granted = false;
        bool refused = false;  ///< it had its turn, and its failure is on its way
        bool aside = false;    ///< larger than its pools: not among those that wait, but in aside_
        bool ready = false;
        PoolId pool = kNone;
        std::vector<std::uint32_t> nodes;
        Calendar::Handle event;
        // With pools that live only:
        Time asked = 0;
        PoolId only = kNone;    ///< it may have nodes of this pool only
        BuildId build = kNone;  ///< that was handed over with its nodes
    };
    struct Build {
        BuildOrder order;
        bool running = false;
        bool stopping = false;  ///< an abort is on its way; the build may end by itself before that
        bool aborted = false;
        int run = 0;
        RunTruth truth;
        Calendar::Handle event;
        Calendar::Handle stop;  ///< of an abort that is on its way
        Time stops_at = kNever;
        Calendar::Handle sign;  ///< when it shows that it will fail; on a processor the run is two pieces of work
        std::uint64_t ticket = 0;
        bool on_processor = false;
        bool counts_as_failed = false;  ///< it showed so, and that was heeded
    };
    struct RunCount {
        PipelineId pipeline;
        JobId job;
        int patchset;
        int runs;
    };

    NodePool& pool_of(const BuildOrder& order);
    void schedule_hand_out();
    void hand_out();
    void hand_out_by_place();
    struct Turn;
    void put_in_turn(std::vector<Turn>& turns) const;
    void serve(RequestId id, std::size_t label);
    std::pmr::set<Key>& place_of(const Request& request);
    void stand_aside(Request& request);
    void come_forward(PoolId pool);
    bool may_wait(std::size_t label) const;
    static Event granted(RequestId id, const Request& request);
    void boot(RequestId id, Request& request);
    void be_ready(RequestId id, Request& request, Time after);
    void nodes_ready(RequestId id);
    Time boot_time(const Request& request, PoolId pool);
    void fail_request(RequestId id, Request& request, Time after);
    void begin(BuildId build);
    void run(BuildId build);
    void process(BuildId id, Build& build, Time work, Calendar::Action done);
    void show_failure(BuildId build);
    static void end_due(void* self, std::uint64_t build);
    static void abort_due(void* self, std::uint64_t build);
    static void sign_due(void* self, std::uint64_t build);
    void suffer(Build& build);
    void end(BuildId build);
    using RunCounts = std::vector<std::vector<RunCount>>;  // by change
    static int& count_of(RunCounts& counts, ChangeId change, PipelineId pipeline, JobId job, int patchset);
    int& runs_of(ChangeId change, PipelineId pipeline, JobId job, int patchset) {
        return count_of(runs_, change, pipeline, job, patchset);
    }
    std::vector<int> member_runs(const BuildOrder& order);
    void free_nodes(Request& request);

    // living.cpp
    void tell(Event& event) override { client_.tell(event); }
    void nodes_came() override;
    void room_came() override { wake_fleets(); }
    BuildId build_on(RequestId request) override;
    void end_lost(BuildId build) override;
    std::vector<Wanted> wanted(PoolId pool) override;
    std::int64_t left_of_quota(std::uint32_t quota) override;
    void wake_fleets();
    void note_request(RequestId id, Request& request);
    Time find_reach(const Request& request);
    void wait_for_reach(RequestId id);
    const std::vector<PoolId>& within_reach(const Request& request);
    std::vector<const Request*> waiting_for_life();
    PoolId wished(const Request& request, const std::vector<std::int64_t>& room);
    std::vector<std::int64_t> rooms();
    void hand_out_up(RequestId id, Request& request);
    static void lose(Build& build);
    bool is_lost(const Request& request, BuildId build);
    static void lost_due(void* self, std::uint64_t build);
    void note_retry(const BuildOrder& order, PoolId pool);

    const Scenario& scenario_;
    Calendar& calendar_;
    const Truth& truth_;
    Luck luck_;
    WorkerClient& client_;
    std::vector<std::unique_ptr<NodePool>> pools_;
    std::vector<std::vector<PoolId>> pools_of_label_;
    std::pmr::unsynchronized_pool_resource memory_;  // of what waits: a node of a set a request is a lot for malloc
    std::vector<std::pmr::set<Key>> waiting_;        // by label
    std::vector<std::pmr::set<Key>> aside_;          // by label
    IdRing<Request> requests_;
    IdRing<Build> builds_;
    RunCounts asked_;   // of runs, scheduled or not; of jobs that may never report
    RunCounts runs_;    // of builds in which it was the last
    RunCounts tested_;  // of builds in which it was under test, alone or with others; with a script only
    std::vector<std::vector<std::uint32_t>> spare_nodes_;  // empty lists of node numbers, with their memory
    std::vector<bool> closed_, done_;                      // by pool and by label, while handing out
    std::vector<bool> by_place_;                           // by label; empty: no pool grants in order of the queue
    bool hand_out_scheduled_ = false;
    bool races_ = false;          // the branch may have races, which depend on what runs
    bool living_ = false;         // some pool lives, or a request may fall back after a time
    bool reaches_ = false;        // not every request may go to every pool of its label at once
    std::vector<Fleet*> fleets_;  // of pools that live
    std::vector<PoolId> reach_;   // the last answer of find_reach(), or of within_reach()
    std::map<std::tuple<ChangeId, JobId, int>, PoolId> retry_on_;  // builds that lost their node: where they run again
};

}  // namespace gatesim
