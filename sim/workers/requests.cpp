// Who gets nodes, and when: requests in order of service, boots, nodes that come back, pools that grow and shrink.
#include <algorithm>

#include "chance/asked.hpp"
#include "workers/workers.hpp"

namespace gatesim {

RequestId Workers::request(const NodeRequest& asked) {
    Request request;
    request.slot = asked.slot;
    request.change = asked.change;
    request.patchset = asked.patchset;
    request.job = asked.job;
    request.queue = asked.queue;
    request.place = asked.place;
    const RequestId id = requests_.add(std::move(request));
    Request& kept = *requests_.find(id);
    kept.key = {static_cast<std::uint32_t>(asked.precedence), asked.relative_priority, id, id};
    waiting_[asked.job->label].insert(kept.key);
    if (living_) note_request(id, kept);
    schedule_hand_out();
    return id;
}

void Workers::revise(RequestId id, std::uint32_t relative_priority) {
    Request* request = requests_.find(id);
    if (!request || request->granted || request->refused || request->key.relative_priority == relative_priority) return;
    auto& place = place_of(*request);
    place.erase(request->key);
    request->key.relative_priority = relative_priority;
    place.insert(request->key);
    schedule_hand_out();
}

void Workers::withdraw(RequestId id) {
    Request* request = requests_.find(id);
    if (!request) return;
    if (request->granted)
        free_nodes(*request);
    else
        place_of(*request).erase(request->key);
    calendar_.cancel(request->event);
    requests_.erase(id);
    if (living_) wake_fleets();
    schedule_hand_out();  // those behind it may have waited for its turn only
}

bool Workers::boots(RequestId id) const {
    const Request* request = requests_.find(id);
    return request && request->granted;
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
    NodePool& pool = *pools_[request.pool];
    for (std::uint32_t node : request.nodes) pool.fleet ? pool.fleet->put_back(node) : pool.put_back(node);
    if (pool.fleet) wake_fleets();
    request.nodes.clear();
    spare_nodes_.push_back(std::move(request.nodes));
    schedule_hand_out();
}

std::pmr::set<Workers::Key>& Workers::place_of(const Request& request) {
    return (request.aside ? aside_ : waiting_)[request.job->label];
}

void Workers::stand_aside(Request& request) {
    waiting_[request.job->label].erase(request.key);
    request.aside = true;
    aside_[request.job->label].insert(request.key);
}

/// Those the pool may have enough nodes for now; who still asks for too many stands aside again when its turn comes.
void Workers::come_forward(PoolId pool) {
    for (std::uint32_t label : pools_[pool]->config().labels) {
        for (const Key& key : aside_[label]) requests_.find(key.id)->aside = false;
        waiting_[label].merge(aside_[label]);
    }
}

bool Workers::may_wait(std::size_t label) const {
    return std::any_of(pools_of_label_[label].begin(), pools_of_label_[label].end(),
                       [&](PoolId p) { return pools_[p]->config().when_short == WhenShort::wait; });
}

void Workers::resize(PoolId pool, std::int64_t nodes, PoolNumber number) {
    if (Fleet* fleet = pools_[pool]->fleet.get()) {
        fleet->set(number, nodes);
        come_forward(pool);
        return schedule_hand_out();
    }
    pools_[pool]->resize(nodes);
    come_forward(pool);
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
    if (!by_place_.empty()) return hand_out_by_place();
    for (;;) {
        const Key* first = nullptr;
        std::size_t label = 0;
        for (std::size_t l = 0; l < waiting_.size(); ++l)
            if (!done_[l] && !waiting_[l].empty() && (!first || *waiting_[l].begin() < *first)) {
                first = &*waiting_[l].begin();
                label = l;
            }
        if (!first) return;
        serve(first->id, label);
    }
}

void Workers::serve(RequestId id, std::size_t label) {
    Request& request = *requests_.find(id);
    bool possible = false;
    const std::vector<PoolId>& pools = reaches_ ? within_reach(request) : pools_of_label_[label];
    for (PoolId p : pools) {
        possible |= pools_[p]->could_ever_fit(request.job->nodes);
        if (closed_[p] || !pools_[p]->fits(request.job->nodes)) continue;
        request.pool = p;
        break;
    }
    if (truth_.node_request_fails(request.change, request.job->id, request.patchset)) {
        waiting_[label].erase(request.key);
        fail_request(id, request, boot_time(request, pools_of_label_[label].front()));  // it was tried
    } else if (!possible && !may_wait(label)) {
        waiting_[label].erase(request.key);
        fail_request(id, request, 0);
    } else if (!possible) {
        stand_aside(request);
    } else if (request.pool != kNone) {
        waiting_[label].erase(request.key);
        boot(id, request);
    } else {
        for (PoolId p : pools) closed_[p] = true;
        done_[label] = !reaches_;
    }
}

Event Workers::granted(RequestId id, const Request& request) {
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
    return e;
}

void Workers::boot(RequestId id, Request& request) {
    NodePool& pool = *pools_[request.pool];
    request.granted = true;
    if (reaches_) calendar_.cancel(request.event);
    if (pool.fleet) return hand_out_up(id, request);
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
    Event e = granted(id, request);
    client_.tell(e);

    const Pool& config = pool.config();
    const std::uint64_t key = join_key(request.change, request.job->id);
    const auto try_number = static_cast<std::uint64_t>(runs_of(request.change, kNone, request.job->id, 0)++);
    Time wait = 0;
    bool ok = true;
    for (int launch = 0; !up; ++launch) {
        const std::uint64_t attempt = try_number * 64 + static_cast<std::uint64_t>(launch);
        wait += from_seconds(drawn(config.boot, luck_, Purpose::boot, key, attempt));
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
    be_ready(id, request, wait);
}

void Workers::be_ready(RequestId id, Request& request, Time after) {
    request.event = calendar_.at(
        calendar_.now() + after, Priority::deliver,
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

/// How long one boot for the request takes.
Time Workers::boot_time(const Request& request, PoolId pool) {
    const std::uint64_t key = join_key(request.change, request.job->id);
    const auto try_number = static_cast<std::uint64_t>(runs_of(request.change, kNone, request.job->id, 0)++);
    return from_seconds(drawn(pools_[pool]->config().boot, luck_, Purpose::boot, key, try_number * 64));
}

void Workers::fail_request(RequestId id, Request& request, Time after) {
    request.refused = true;
    if (reaches_) calendar_.cancel(request.event);
    request.event = calendar_.at(
        calendar_.now() + after, Priority::deliver,
        [](void* self, std::uint64_t r) {
            auto& workers = *static_cast<Workers*>(self);
            const auto failed = static_cast<RequestId>(r);
            const SlotRef slot = workers.requests_.find(failed)->slot;
            workers.requests_.erase(failed);
            workers.client_.nodes_done(slot, failed, false);
        },
        this, id);
}

}  // namespace gatesim
