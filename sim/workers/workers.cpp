#include "workers/workers.hpp"

#include <algorithm>

#include "workers/processors.hpp"

namespace gatesim {

Workers::Workers(const Scenario& scenario, Calendar& calendar, const Truth& truth, Luck luck, WorkerClient& client,
                 const ProcessorFactory& simgrid_processor)
    : scenario_(scenario),
      calendar_(calendar),
      truth_(truth),
      luck_(luck),
      client_(client),
      pools_of_label_(scenario.labels.size()) {
    for (std::size_t l = 0; l < scenario.labels.size(); ++l) waiting_.emplace_back(&memory_);
    for (PoolId p = 0; p < scenario.pools.size(); ++p) {
        const Pool& config = scenario.pools[p];
        pools_.push_back(std::make_unique<NodePool>(config));
        for (std::uint32_t label : config.labels) pools_of_label_[label].push_back(p);
        const auto nodes = static_cast<std::size_t>(std::max<std::int64_t>(config.nodes, 0));
        const std::size_t machines = (nodes + static_cast<std::size_t>(config.nodes_per_host) - 1) /
                                     static_cast<std::size_t>(config.nodes_per_host);
        if (config.compute == Compute::ps)
            pools_.back()->processor = make_ps_processor(calendar, config.cores_per_host);
        if (config.compute == Compute::simgrid) pools_.back()->processor = simgrid_processor(config, machines);
    }
}

Workers::~Workers() = default;

// ----------------------------------------------------------------------------------------------------------------
// requests

RequestId Workers::request(const NodeRequest& asked) {
    Request request;
    request.slot = asked.slot;
    request.change = asked.change;
    request.job = asked.job;
    const RequestId id = requests_.add(std::move(request));
    Request& kept = *requests_.find(id);
    kept.key = {static_cast<std::uint32_t>(asked.precedence), asked.relative_priority, id};
    waiting_[asked.job->label].insert(kept.key);
    schedule_hand_out();
    return id;
}

void Workers::revise(RequestId id, std::uint32_t relative_priority) {
    Request* request = requests_.find(id);
    if (!request || request->granted || request->key.relative_priority == relative_priority) return;
    auto& waiting = waiting_[request->job->label];
    waiting.erase(request->key);
    request->key.relative_priority = relative_priority;
    waiting.insert(request->key);
    schedule_hand_out();
}

void Workers::withdraw(RequestId id) {
    Request* request = requests_.find(id);
    if (!request) return;
    if (request->granted)
        free_nodes(*request);
    else
        waiting_[request->job->label].erase(request->key);
    calendar_.cancel(request->event);
    requests_.erase(id);
}

void Workers::give_back(RequestId id) {
    Request* request = requests_.find(id);
    if (!request) return;
    free_nodes(*request);
    requests_.erase(id);
}

void Workers::free_nodes(Request& request) {
    Event e;
    e.kind = EventKind::released;
    e.request = request.key.id;
    e.pool = request.pool;
    client_.tell(e);
    for (std::uint32_t node : request.nodes) pools_[request.pool]->put_back(node);
    request.nodes.clear();
    spare_nodes_.push_back(std::move(request.nodes));
    schedule_hand_out();
}

void Workers::resize(PoolId pool, std::int64_t nodes) {
    pools_[pool]->resize(nodes);
    Event e;
    e.kind = EventKind::pool_size;
    e.pool = pool;
    e.value = nodes;
    client_.tell(e);
    schedule_hand_out();
}

void Workers::schedule_hand_out() {
    if (hand_out_scheduled_) return;
    const auto nobody = [](const auto& waiting) { return waiting.empty(); };
    if (std::all_of(waiting_.begin(), waiting_.end(), nobody)) return;  // nodes come back, and nobody waits for them
    hand_out_scheduled_ = true;
    calendar_.later_this_wave(
        Priority::hand_out, [](void* self, std::uint64_t) { static_cast<Workers*>(self)->hand_out(); }, this);
}

void Workers::hand_out() {
    hand_out_scheduled_ = false;
    // Over all labels in order of service; a label is done when its first request does not fit anywhere. A pool that
    // refused a request is closed to all behind it, whatever their label: nobody overtakes.
    closed_.assign(pools_.size(), false);
    done_.assign(waiting_.size(), false);
    for (;;) {
        const Key* first = nullptr;
        std::size_t label = 0;
        for (std::size_t l = 0; l < waiting_.size(); ++l)
            if (!done_[l] && !waiting_[l].empty() && (!first || *waiting_[l].begin() < *first)) {
                first = &*waiting_[l].begin();
                label = l;
            }
        if (!first) return;
        const RequestId id = first->id;
        Request& request = *requests_.find(id);
        bool possible = false;
        for (PoolId p : pools_of_label_[label]) {
            possible |= pools_[p]->could_ever_fit(request.job->nodes);
            if (closed_[p] || !pools_[p]->fits(request.job->nodes)) continue;
            request.pool = p;
            break;
        }
        if (!possible || truth_.node_request_fails(request.change, request.job->id)) {
            waiting_[label].erase(request.key);
            fail_request(id, request);
        } else if (request.pool != kNone) {
            waiting_[label].erase(request.key);
            boot(id, request);
        } else {
            for (PoolId p : pools_of_label_[label]) closed_[p] = true;
            done_[label] = true;
        }
    }
}

void Workers::boot(RequestId id, Request& request) {
    NodePool& pool = *pools_[request.pool];
    request.granted = true;
    bool up = true;
    if (!spare_nodes_.empty()) {
        request.nodes = std::move(spare_nodes_.back());
        spare_nodes_.pop_back();
    }
    for (int n = 0; n < request.job->nodes; ++n) {
        request.nodes.push_back(pool.take());
        up &= pool.is_up(request.nodes.back());
        pool.set_up(request.nodes.back());
    }
    Event e;
    e.kind = EventKind::granted;
    e.request = id;
    e.change = request.change;
    e.item = request.slot.item;
    e.attempt = request.slot.attempt;
    e.job = request.job->id;
    e.pool = request.pool;
    e.node = request.nodes.front();
    e.value = request.job->nodes;
    client_.tell(e);

    const Pool& config = pool.config();
    const std::uint64_t key = join_key(request.change, request.job->id);
    const auto try_number = static_cast<std::uint64_t>(runs_of(request.change, kNone, request.job->id, 0)++);
    Time wait = 0;
    bool ok = true;
    for (int launch = 0; !up; ++launch) {
        const std::uint64_t attempt = try_number * 64 + static_cast<std::uint64_t>(launch);
        wait += from_seconds(config.boot.quantile(luck_.uniform(Purpose::boot, key, attempt)));
        if (!luck_.chance(config.launch_failure, Purpose::launch_failure, key, attempt)) break;
        Event failed = e;
        failed.kind = EventKind::launch_failed;
        client_.tell(failed);
        if (launch + 1 >= config.launch_attempts) {
            ok = false;
            break;
        }
    }
    request.ready = ok;  // if not, the nodes are given back when the failure is known
    request.event = calendar_.at(
        calendar_.now() + wait, Priority::deliver,
        [](void* self, std::uint64_t r) { static_cast<Workers*>(self)->nodes_ready(static_cast<RequestId>(r)); }, this,
        id);
}

void Workers::nodes_ready(RequestId id) {
    Request& request = *requests_.find(id);
    const SlotRef slot = request.slot;
    if (!request.ready) {
        free_nodes(request);
        requests_.erase(id);
        client_.nodes_done(slot, id, false);
        return;
    }
    Event e;
    e.kind = EventKind::ready;
    e.request = id;
    e.change = request.change;
    e.item = slot.item;
    e.attempt = slot.attempt;
    e.job = request.job->id;
    e.pool = request.pool;
    e.node = request.nodes.front();
    e.value = static_cast<std::int64_t>(request.nodes.size());
    client_.tell(e);
    client_.nodes_done(slot, id, true);
}

void Workers::fail_request(RequestId id, Request& request) {
    request.event = calendar_.at(
        calendar_.now(), Priority::deliver,
        [](void* self, std::uint64_t r) {
            auto& workers = *static_cast<Workers*>(self);
            const auto failed = static_cast<RequestId>(r);
            const SlotRef slot = workers.requests_.find(failed)->slot;
            workers.requests_.erase(failed);
            workers.client_.nodes_done(slot, failed, false);
        },
        this, id);
}

// ------------------------------------------------------------------------------------------------------------------
// builds

int& Workers::runs_of(ChangeId change, PipelineId pipeline, JobId job, int patchset) {
    if (runs_.size() <= change) runs_.resize(change + 1);
    for (RunCount& count : runs_[change])
        if (count.job == job && count.patchset == patchset && count.pipeline == pipeline) return count.runs;
    runs_[change].push_back({pipeline, job, patchset, 0});
    return runs_[change].back().runs;
}

void Workers::forget_runs(ChangeId change) {
    if (change < runs_.size()) std::vector<RunCount>().swap(runs_[change]);
}

NodePool& Workers::pool_of(const BuildOrder& order) {
    const Request* request = requests_.find(order.nodes);
    return *pools_[request ? request->pool : pools_of_label_[order.job->label].front()];
}

void Workers::start(const BuildOrder& order) {
    Build build;
    build.order = order;
    builds_.put(order.build, build);
    const Pool& pool = pool_of(order).config();
    builds_.find(order.build)->event = calendar_.at(
        calendar_.now() + pool.start_delay, Priority::deliver,
        [](void* self, std::uint64_t b) { static_cast<Workers*>(self)->begin(static_cast<BuildId>(b)); }, this,
        order.build);
}

void Workers::begin(BuildId id) {
    Build& build = *builds_.find(id);
    const BuildOrder& order = build.order;
    const Request* nodes = requests_.find(order.nodes);  // none: the job runs on the executor alone
    build.running = true;
    build.run = runs_of(order.change, order.pipeline, order.job->id, order.patchset)++;
    build.truth = truth_.run(*order.job, {order.base, *order.chain, order.pipeline}, order.patchset, build.run);
    Event e;
    e.kind = EventKind::build_started;
    e.pipeline = order.pipeline;
    e.queue = order.queue;
    e.item = order.slot.item;
    e.change = order.change;
    e.patchset = order.patchset;
    e.attempt = order.slot.attempt;
    e.build = id;
    e.request = order.nodes;
    e.job = order.job->id;
    e.voting = order.job->voting;
    if (nodes) {
        e.pool = nodes->pool;
        e.node = nodes->nodes.front();
    }
    e.value = build.run;
    e.chain = std::span<const ChangeId>(order.chain->data(), order.chain->size() - 1);
    build.order.chain = nullptr;  // the attempt may be gone when the build ends
    client_.tell(e);
    build.on_processor = nodes && pool_of(build.order).processor;
    run(id);
}

void Workers::end_due(void* self, std::uint64_t build) {
    static_cast<Workers*>(self)->end(static_cast<BuildId>(build));
}

void Workers::sign_due(void* self, std::uint64_t build) {
    static_cast<Workers*>(self)->show_failure(static_cast<BuildId>(build));
}

void Workers::run(BuildId id) {
    Build& build = *builds_.find(id);
    const RunTruth& truth = build.truth;
    const bool shows = truth.sign.after < truth.duration;
    if (build.on_processor)
        return shows ? process(id, build, truth.sign.after, sign_due) : process(id, build, truth.duration, end_due);
    build.event = calendar_.at(calendar_.now() + truth.duration, Priority::deliver, end_due, this, id);
    if (shows) build.sign = calendar_.at(calendar_.now() + truth.sign.after, Priority::deliver, sign_due, this, id);
}

void Workers::process(BuildId id, Build& build, Time work, Calendar::Action done) {
    NodePool& pool = pool_of(build.order);
    const std::uint32_t node = requests_.find(build.order.nodes)->nodes.front();
    build.ticket =
        pool.processor->start(node / static_cast<std::uint32_t>(pool.config().nodes_per_host), work, done, this, id);
}

void Workers::show_failure(BuildId id) {
    Build& build = *builds_.find(id);
    const EarlySign& sign = build.truth.sign;
    build.counts_as_failed = client_.build_failing(build.order.slot, id, sign.cause, sign.culprit);
    if (build.on_processor) process(id, build, build.truth.duration - sign.after, end_due);
}

bool Workers::abort(BuildId id) {
    Build* build = builds_.find(id);
    if (!build) return false;
    if (!build->running) {
        calendar_.cancel(build->event);
        builds_.erase(id);
        return false;
    }
    if (build->aborted) return true;
    build->aborted = true;
    NodePool& pool = pool_of(build->order);
    if (build->on_processor)
        pool.processor->cancel(build->ticket);
    else
        calendar_.cancel(build->event);
    calendar_.cancel(build->sign);
    build->event = calendar_.at(
        calendar_.now() + pool.config().abort_delay, Priority::deliver,
        [](void* self, std::uint64_t b) { static_cast<Workers*>(self)->end(static_cast<BuildId>(b)); }, this, id);
    return true;
}

// Nothing is wrong with what it tested, but with the world at this moment.
void Workers::suffer(Build& build) {
    const BuildOrder& order = build.order;
    const Request* nodes = requests_.find(order.nodes);
    const TroubledRun run{
        nodes ? nodes->pool : kNone, order.job->id, order.change, order.patchset, order.pipeline, build.run};
    if (!truth_.troubles().hits(calendar_.now(), run)) return;
    build.truth.result = Result::failure;
    build.truth.cause = Cause::infrastructure;
    build.truth.culprit = kNone;
}

void Workers::end(BuildId id) {
    Build build = *builds_.find(id);
    builds_.erase(id);
    if (build.counts_as_failed && build.truth.result == Result::retry) {
        build.truth.result = Result::failure;
        build.truth.cause = build.truth.sign.cause;
        build.truth.culprit = build.truth.sign.culprit;
    }
    if (!build.aborted && build.truth.result == Result::success) suffer(build);
    const Result result = build.aborted ? Result::canceled : build.truth.result;
    client_.build_done(build.order.slot, id, build.order.nodes, result, build.aborted ? Cause::none : build.truth.cause,
                       build.aborted ? kNone : build.truth.culprit,
                       result == Result::success ? build.truth.child_jobs : nullptr);
}

}  // namespace gatesim
