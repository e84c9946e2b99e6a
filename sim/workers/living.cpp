// What pools that live need of those who serve requests: how much is wanted of which pool, requests that may not go to
// every pool at once, nodes that are lost while a build runs on them.
#include <algorithm>

#include "workers/workers.hpp"

namespace gatesim {

NodePool::NodePool(const Pool& config) : config_(config), size_(config.standing()), most_(config.most()) {}

NodePool::~NodePool() = default;

void Workers::begin_life() {
    for (Fleet* fleet : fleets_) fleet->begin();
}

std::size_t Workers::upkeep() const {
    std::size_t entries = 0;
    for (const Fleet* fleet : fleets_) entries += fleet->upkeep();
    return entries;
}

void Workers::rest() {
    for (Fleet* fleet : fleets_) fleet->rest();
}

std::string Workers::nothing_came() const {
    std::string out;
    for (PoolId p = 0; p < pools_.size(); ++p) {
        if (!pools_[p]->fleet) continue;
        const bool wanted =
            std::any_of(pools_[p]->config().labels.begin(), pools_[p]->config().labels.end(),
                        [&](std::uint32_t label) { return !waiting_[label].empty() || !aside_[label].empty(); });
        const std::string why = wanted ? pools_[p]->fleet->nothing_came() : "";
        if (!why.empty()) out += (out.empty() ? "" : ", and ") + why;
    }
    return out;
}

void Workers::wake_fleets() {
    for (Fleet* fleet : fleets_) fleet->wake();
}

void Workers::nodes_came() {
    schedule_hand_out();
    wake_fleets();
}

void Workers::note_request(RequestId id, Request& request) {
    request.asked = calendar_.now();
    const auto lost = retry_on_.find({request.change, request.job->id, request.patchset});
    if (lost != retry_on_.end()) {
        request.only = lost->second;
        retry_on_.erase(lost);
    }
    wake_fleets();
    if (reaches_) wait_for_reach(id);
}

/// Puts into `reach_` the pools of its label that the request has come to by now, in order of configuration. When it
/// comes to one more; not later than now if it has come to all.
Time Workers::find_reach(const Request& request) {
    reach_.clear();
    Time open = request.asked;
    for (const PoolId p : pools_of_label_[request.job->label]) {
        if (open > calendar_.now()) break;
        reach_.push_back(p);
        if (pools_[p]->could_ever_fit(request.job->nodes)) open += pools_[p]->config().fall_back_after;
    }
    return open;
}

/// The pools that the request may have nodes of by now, in order of configuration. Valid until the next question.
const std::vector<PoolId>& Workers::within_reach(const Request& request) {
    if (request.only == kNone)
        find_reach(request);
    else
        reach_.assign(1, request.only);
    return reach_;
}

/// When it may go to one pool more, it is looked at again.
void Workers::wait_for_reach(RequestId id) {
    Request& request = *requests_.find(id);
    if (request.only != kNone || request.granted || request.refused) return;
    const Time open = find_reach(request);
    if (open <= calendar_.now()) return;
    request.event = calendar_.at(
        open, Priority::deliver,
        [](void* self, std::uint64_t r) {
            auto& workers = *static_cast<Workers*>(self);
            workers.wait_for_reach(static_cast<RequestId>(r));
            workers.nodes_came();
        },
        this, id);
}

/// Everybody who waits for a pool that lives, in order of service.
std::vector<const Workers::Request*> Workers::waiting_for_life() {
    std::vector<const Request*> out;
    std::size_t labels = 0;
    for (std::size_t label = 0; label < waiting_.size(); ++label) {
        labels += !waiting_[label].empty();
        for (const Key& key : waiting_[label]) out.push_back(requests_.find(key.id));
    }
    if (labels > 1)
        std::sort(out.begin(), out.end(), [](const Request* a, const Request* b) { return a->key < b->key; });
    return out;
}

/// Nodes that each pool has or can have for those who wait.
std::vector<std::int64_t> Workers::rooms() {
    std::vector<std::int64_t> out(pools_.size(), 0);
    for (std::size_t p = 0; p < pools_.size(); ++p) {
        const Fleet* fleet = pools_[p]->fleet.get();
        if (!fleet) continue;
        const std::uint32_t quota = pools_[p]->config().life->quota;
        out[p] = fleet->limit() - fleet->busy();
        if (quota != kNone) out[p] = std::min(out[p], left_of_quota(quota) + fleet->there() - fleet->busy());
    }
    return out;
}

/// The pool whose rule is to see the request: of those that it has come to since it last fell back, the first that has
/// room for it; the last one if none has.
PoolId Workers::wished(const Request& request, const std::vector<std::int64_t>& room) {
    const std::vector<PoolId>& pools = reaches_ ? within_reach(request) : pools_of_label_[request.job->label];
    std::size_t from = 0;
    for (std::size_t i = 0; i + 1 < pools.size(); ++i)
        if (pools_[pools[i]]->config().fall_back_after > 0) from = i + 1;
    PoolId last = kNone;
    for (std::size_t i = from; i < pools.size(); ++i) {
        if (!pools_[pools[i]]->fleet || !pools_[pools[i]]->could_ever_fit(request.job->nodes)) continue;
        last = pools[i];
        if (room[last] >= request.job->nodes) break;
    }
    return last;
}

std::vector<Wanted> Workers::wanted(PoolId pool) {
    std::vector<Wanted> out;
    std::vector<std::int64_t> room = rooms();
    for (const Request* request : waiting_for_life()) {
        const PoolId wish = wished(*request, room);
        if (wish == kNone) continue;
        room[wish] -= request->job->nodes;
        if (wish == pool) out.push_back({request->key.id, request->asked, request->job->nodes});
    }
    return out;
}

std::int64_t Workers::left_of_quota(std::uint32_t quota) {
    std::int64_t left = scenario_.quotas[quota].nodes;
    for (const auto& pool : pools_)
        if (pool->fleet && pool->config().life->quota == quota) left -= pool->fleet->held();
    return std::max<std::int64_t>(left, 0);
}

/// Idle nodes of a pool that lives: they are up, and ready at once.
void Workers::hand_out_up(RequestId id, Request& request) {
    if (!spare_nodes_.empty()) {
        request.nodes = std::move(spare_nodes_.back());
        spare_nodes_.pop_back();
    }
    pools_[request.pool]->fleet->take(request.job->nodes, id, request.nodes);
    Event e = granted(id, request);
    client_.tell(e);
    request.ready = true;
    be_ready(id, request, 0);
    wake_fleets();
}

BuildId Workers::build_on(RequestId id) {
    const Request* request = requests_.find(id);
    const Build* build = request && request->build != kNone ? builds_.find(request->build) : nullptr;
    return build && build->running && build->order.nodes == id ? request->build : kNone;
}

/// Its node is gone: it ends without a result.
void Workers::lose(Build& build) {
    build.truth.result = Result::retry;
    build.truth.fault = Fault{Cause::infrastructure};
}

void Workers::end_lost(BuildId id) {
    Build& build = *builds_.find(id);
    if (build.on_processor)
        pool_of(build.order).processor->cancel(build.ticket);
    else
        calendar_.cancel(build.event);
    calendar_.cancel(build.sign);
    lose(build);
    build.aborted = build.stopping;
    note_retry(build.order, requests_.find(build.order.nodes)->pool);
    end(id);
}

void Workers::note_retry(const BuildOrder& order, PoolId pool) {
    const auto& spot = scenario_.pools[pool].life->spot;
    if (spot && spot->retry_on != kNone) retry_on_[{order.change, order.job->id, order.patchset}] = spot->retry_on;
}

/// Whether a node of these was lost before its first build; then that one ends at once, as `end_lost` has it.
bool Workers::is_lost(const Request& request, BuildId id) {
    const Fleet* fleet = pools_[request.pool]->fleet.get();
    const auto lost = [&](std::uint32_t node) { return fleet->is_lost(node); };
    if (!fleet || std::none_of(request.nodes.begin(), request.nodes.end(), lost)) return false;
    Build& build = *builds_.find(id);
    lose(build);
    build.event = calendar_.at(calendar_.now(), Priority::deliver, lost_due, this, id);
    return true;
}

void Workers::lost_due(void* self, std::uint64_t argument) {
    auto& workers = *static_cast<Workers*>(self);
    const auto id = static_cast<BuildId>(argument);
    const BuildOrder order = workers.builds_.find(id)->order;
    const Request& request = *workers.requests_.find(order.nodes);
    Fleet& fleet = *workers.pools_[request.pool]->fleet;
    for (const std::uint32_t node : request.nodes)
        if (fleet.is_lost(node)) fleet.tell_lost(node, id);
    workers.note_retry(order, request.pool);
    workers.end(id);
}

}  // namespace gatesim
