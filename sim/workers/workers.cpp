#include "workers/workers.hpp"

#include <algorithm>
#include <tuple>

#include "truth/races.hpp"
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
    for (std::size_t l = 0; l < scenario.labels.size(); ++l) {
        waiting_.emplace_back(&memory_);
        aside_.emplace_back(&memory_);
    }
    for (PoolId p = 0; p < scenario.pools.size(); ++p) {
        const Pool& config = scenario.pools[p];
        pools_.push_back(std::make_unique<NodePool>(config));
        for (std::uint32_t label : config.labels) pools_of_label_[label].push_back(p);
        if (config.grants == Grants::in_order_of_queue) {
            by_place_.resize(scenario.labels.size());
            for (std::uint32_t label : config.labels) by_place_[label] = true;
        }
        const auto nodes = static_cast<std::size_t>(std::max<std::int64_t>(config.most(), 0));
        const std::size_t machines = (nodes + static_cast<std::size_t>(config.nodes_per_host) - 1) /
                                     static_cast<std::size_t>(config.nodes_per_host);
        if (config.compute == Compute::ps)
            pools_.back()->processor = make_ps_processor(calendar, config.cores_per_host);
        if (config.compute == Compute::simgrid) pools_.back()->processor = simgrid_processor(config, machines);
        reaches_ |= config.is_reached_in_turn();
        if (!config.life) continue;
        pools_.back()->fleet =
            std::make_unique<Fleet>(scenario, p, *pools_.back(), calendar, luck, static_cast<FleetClient&>(*this));
        fleets_.push_back(pools_.back()->fleet.get());
    }
    living_ = reaches_ || !fleets_.empty();
    races_ = truth.races().any();
    if (reaches_) by_place_.resize(scenario.labels.size());  // one that waits for one pool only keeps nobody back
}

Workers::~Workers() = default;

int& Workers::count_of(RunCounts& counts, ChangeId change, PipelineId pipeline, JobId job, int patchset) {
    if (counts.size() <= change) counts.resize(change + 1);
    auto& known = counts[change];
    const auto name = [](const RunCount& c) { return std::tie(c.job, c.patchset, c.pipeline); };
    const RunCount wanted{pipeline, job, patchset, 0};
    auto at = known.end();  // jobs start about in their order
    if (at != known.begin() && name(wanted) <= name(at[-1]))
        at = std::lower_bound(known.begin(), at, wanted,
                              [&](const RunCount& a, const RunCount& b) { return name(a) < name(b); });
    if (at == known.end() || name(*at) != name(wanted)) at = known.insert(at, wanted);
    return at->runs;
}

NodePool& Workers::pool_of(const BuildOrder& order) {
    const Request* request = requests_.find(order.nodes);
    return *pools_[request ? request->pool : pools_of_label_[order.job->label].front()];
}

void Workers::start(const BuildOrder& order) {
    Build build;
    build.order = order;
    builds_.put(order.build, build);
    if (living_)
        if (Request* nodes = requests_.find(order.nodes)) nodes->build = order.build;
    const Pool& pool = pool_of(order).config();
    builds_.find(order.build)->event = calendar_.at(
        calendar_.now() + pool.start_delay, Priority::deliver,
        [](void* self, std::uint64_t b) { static_cast<Workers*>(self)->begin(static_cast<BuildId>(b)); }, this,
        order.build);
}

/// How often the job ran before for each of those under test, whichever others were tested with it; counts this one.
/// Only a script asks for that.
std::vector<int> Workers::member_runs(const BuildOrder& order) {
    if (!scenario_.load.listed || scenario_.load.listed->changes.empty()) return {};
    std::vector<int> runs;
    const auto tested = order.chain->span().last(order.members);
    for (const ChangeId change : tested) {
        const bool last = runs.size() + 1 == tested.size();
        runs.push_back(count_of(tested_, change, order.pipeline, order.job->id,
                                last ? order.patchset : truth_.patchset(change))++);
    }
    return runs;
}

bool Workers::never_reports(const BuildOrder& order) {
    const Job& job = *order.job;
    if (!truth_.may_never_report(job)) return false;
    const int ask = count_of(asked_, order.change, order.pipeline, job.id, order.patchset)++;
    const int run = runs_of(order.change, order.pipeline, job.id, order.patchset);
    return truth_.never_reports(job, {order.base, *order.chain, order.pipeline, order.members}, order.patchset, ask,
                                run, calendar_.now());
}

void Workers::begin(BuildId id) {
    Build& build = *builds_.find(id);
    const BuildOrder& order = build.order;
    const Request* nodes = requests_.find(order.nodes);  // none: the job runs on the executor alone
    build.running = true;
    build.run = runs_of(order.change, order.pipeline, order.job->id, order.patchset)++;
    const std::vector<int> runs = member_runs(order);
    if (races_) truth_.races().begins(order.job->id);
    build.truth = truth_.run(*order.job, {order.base, *order.chain, order.pipeline, order.members, runs},
                             order.patchset, build.run, calendar_.now(), nodes ? nodes->pool : kNone);
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
    e.chain = order.chain->without_last();
    build.order.chain = nullptr;  // the attempt may be gone when the build ends
    client_.tell(e);
    if (living_ && nodes && is_lost(*nodes, id)) return;
    build.on_processor = nodes && pool_of(build.order).processor && !build.truth.hangs;  // who hangs computes nothing
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
    if (truth.duration == kNever) return;  // until somebody stops it
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
    build.counts_as_failed = client_.build_failing(build.order.slot, id, sign.fault);
    if (build.on_processor) process(id, build, build.truth.duration - sign.after, end_due);
}

bool Workers::abort(BuildId id, bool unneeded) {
    Build* build = builds_.find(id);
    if (!build) return false;
    if (!build->running) {
        calendar_.cancel(build->event);
        builds_.erase(id);
        return false;
    }
    const Time runs_on = unneeded ? build->order.job->runs_on_unneeded : 0;
    const Time until = calendar_.now() + pool_of(build->order).config().abort_delay;
    const Time stops_at = runs_on == kNever ? kNever : until + runs_on;
    if (build->stopping && stops_at >= build->stops_at) return true;
    calendar_.cancel(build->stop);  // of one that was to go on for longer
    build->stopping = true;
    build->stops_at = stops_at;
    if (stops_at != kNever) build->stop = calendar_.at(stops_at, Priority::deliver, abort_due, this, id);
    return true;
}

void Workers::abort_due(void* self, std::uint64_t id) {
    auto& workers = *static_cast<Workers*>(self);
    Build& build = *workers.builds_.find(static_cast<BuildId>(id));
    if (build.on_processor)
        workers.pool_of(build.order).processor->cancel(build.ticket);
    else
        workers.calendar_.cancel(build.event);
    workers.calendar_.cancel(build.sign);
    build.aborted = true;
    workers.end(static_cast<BuildId>(id));
}

// Nothing is wrong with what it tested, but with the world at this moment.
void Workers::suffer(Build& build) {
    const BuildOrder& order = build.order;
    const Request* nodes = requests_.find(order.nodes);
    const TroubledRun run{
        nodes ? nodes->pool : kNone, order.job->id, order.change, order.patchset, order.pipeline, build.run};
    if (!truth_.troubles().hits(calendar_.now(), run)) return;
    build.truth.result = Result::failure;
    build.truth.fault = Fault{Cause::infrastructure};
}

void Workers::end(BuildId id) {
    Build build = *builds_.find(id);
    builds_.erase(id);
    if (races_) truth_.races().ends(build.order.job->id);
    calendar_.cancel(build.stop);
    if (build.counts_as_failed && build.truth.result == Result::retry) {
        build.truth.result = Result::failure;
        build.truth.fault = build.truth.sign.fault;
    }
    if (!build.aborted && build.truth.result == Result::success) suffer(build);
    const Result result = build.aborted ? Result::canceled : build.truth.result;
    client_.build_done(build.order.slot, id, build.order.nodes, result, build.aborted ? Fault{} : build.truth.fault,
                       result == Result::success ? build.truth.child_jobs : nullptr);
}

}  // namespace gatesim
