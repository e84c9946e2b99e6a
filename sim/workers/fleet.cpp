// What a fleet's nodes go through; what its rule sees and says is in fleet_rule.cpp.
#include "workers/fleet.hpp"

#include <fmt/format.h>

#include <cmath>

#include "chance/asked.hpp"

namespace gatesim {

Fleet::Fleet(const Scenario& scenario, PoolId id, NodePool& pool, Calendar& calendar, Luck luck, FleetClient& client)
    : id_(id),
      config_(scenario.pools[id]),
      life_(*config_.life),
      pool_(pool),
      calendar_(calendar),
      luck_(luck),
      client_(client),
      rule_(make_scaling(life_.scaling)),
      clock_(scenario.period.has_start ? LocalClock(scenario.period, "") : LocalClock::from_monday()),
      quota_(life_.quota == kNone ? kUnlimited : scenario.quotas[life_.quota].nodes),
      min_(life_.min),
      max_(life_.max) {
    for (const KeepWarm& line : life_.keep_warm) warm_.emplace_back(hours_of(scenario.period, line.hours), line.nodes);
    set_most();
}

Fleet::~Fleet() = default;

void Fleet::begin() {
    for (std::int64_t n = 0; n < config_.nodes; ++n) {
        const std::uint32_t node = new_node();
        nodes_[node].asked = calendar_.now();
        change(node, State::booting);
        come_up(node, true);
    }
    look_again(calendar_.now());
}

Calendar::Handle Fleet::arm(Time at, Due due, std::uint32_t node, Priority priority) {
    ++armed_;
    return calendar_.at(at, priority, &Fleet::due, this, static_cast<std::uint64_t>(due) << 32 | node);
}

void Fleet::disarm(Calendar::Handle& handle) {
    if (calendar_.cancel(handle)) --armed_;
    handle = {};
}

void Fleet::due(void* self, std::uint64_t argument) {
    auto& fleet = *static_cast<Fleet*>(self);
    --fleet.armed_;
    fleet.handle(static_cast<Due>(argument >> 32), static_cast<std::uint32_t>(argument));
}

void Fleet::handle(Due due, std::uint32_t node) {
    switch (due) {
        case Due::look:
            return look();
        case Due::see:
            return see();
        case Due::act:
            return act();
        case Due::boot:
            return boot(node);
        case Due::booted:
            return booted(node);
        case Due::patience:
            return give_up(node, NodeEnd::too_slow);
        case Due::age:
            return leave(node, NodeEnd::too_old);
        case Due::notice:
            return leave(node, NodeEnd::preempted);
        case Due::taken:
            return kill(node, NodeEnd::preempted);
        case Due::stopped:
            return go(node);
    }
}

void Fleet::tell(EventKind kind, std::uint32_t node, std::int64_t value, BuildId build) {
    Event e;
    e.kind = kind;
    e.pool = id_;
    e.node = node;
    e.value = value;
    e.build = build;
    client_.tell(e);
}

/// Names the draws of this very node.
std::uint64_t Fleet::draw_of(std::uint32_t node) const {
    return join_key(join_key(id_, node), nodes_[node].lives);
}

Time Fleet::drawn_time(const Distribution& distribution, Purpose purpose, std::uint32_t node) const {
    return from_seconds(
        drawn(distribution, luck_, purpose, draw_of(node), static_cast<std::uint64_t>(nodes_[node].boots)));
}

void Fleet::change(std::uint32_t node, State state) {
    Node& one = nodes_[node];
    --count(one.state);
    one.state = state;
    ++count(state);
    if (state == State::idle)
        ready_.insert(node);
    else
        ready_.erase(node);
    pool_.set_living(count(State::idle), count(State::busy));
}

std::uint32_t Fleet::new_node() {
    std::uint32_t node = static_cast<std::uint32_t>(nodes_.size());
    if (free_.empty()) {
        nodes_.emplace_back();
        ++count(State::gone);
    } else {
        node = *free_.begin();
        free_.erase(free_.begin());
    }
    return node;
}

void Fleet::ask() {
    const std::uint32_t node = new_node();
    ++ever_asked_;
    nodes_[node].asked = calendar_.now();
    change(node, State::asked);
    tell(EventKind::node_asked, node);
    if (life_.boot_timeout != kNever && !life_.timeout_from_up)
        nodes_[node].patience = arm(calendar_.now() + life_.boot_timeout, Due::patience, node, Priority::hand_out);
    const Time provision = drawn_time(life_.provision, Purpose::node_provision, node);
    if (provision == 0) return boot(node);
    nodes_[node].step = arm(calendar_.now() + provision, Due::boot, node);
}

void Fleet::boot(std::uint32_t node) {
    change(node, State::booting);
    tell(EventKind::node_booting, node);
    Node& one = nodes_[node];
    const Time takes = drawn_time(config_.boot, Purpose::node_boot, node);
    ++one.boots;
    if (life_.boot_timeout != kNever && life_.timeout_from_up)
        one.patience = arm(calendar_.now() + life_.boot_timeout, Due::patience, node, Priority::hand_out);
    one.step = arm(calendar_.now() + takes, Due::booted, node);
}

void Fleet::booted(std::uint32_t node) {
    Node& one = nodes_[node];
    const auto attempt = static_cast<std::uint64_t>(one.boots);
    if (!luck_.chance(config_.launch_failure, Purpose::node_launch, draw_of(node), attempt))
        return come_up(node, false);
    tell(EventKind::launch_failed, node);
    if (life_.timeout_from_up) disarm(one.patience);
    no_boot_until_ = calendar_.now() + life_.back_off;
    if (one.boots >= config_.launch_attempts) return give_up(node, NodeEnd::failed);
    change(node, State::asked);
    one.step = arm(no_boot_until_, Due::boot, node);
}

void Fleet::come_up(std::uint32_t node, bool at_start) {
    Node& one = nodes_[node];
    const Time now = calendar_.now();
    disarm(one.patience);
    one.up_since = one.idle_since = now;
    ++ever_up_;
    change(node, State::idle);
    tell(EventKind::node_up, node, at_start ? 1 : 0);
    if (life_.lifetime != kNever) one.age = arm(now + life_.lifetime, Due::age, node);
    if (life_.spot && life_.spot->per_hour > 0) {
        const double hours = -std::log(luck_.uniform(Purpose::node_taken, draw_of(node))) / life_.spot->per_hour;
        one.taken = arm(now + from_seconds(hours * 3600), Due::notice, node);
    }
    stop_beyond_cap();
    client_.nodes_came();
}

/// It was not up in time, or never will be.
void Fleet::give_up(std::uint32_t node, NodeEnd why) {
    failed_ += why == NodeEnd::failed;
    too_slow_ += why == NodeEnd::too_slow;
    no_boot_until_ = calendar_.now() + life_.back_off;
    tell(EventKind::node_killed, node, static_cast<std::int64_t>(why));
    clear(node);
}

/// It takes no more builds; one that runs may end.
void Fleet::leave(std::uint32_t node, NodeEnd why) {
    Node& one = nodes_[node];
    if (one.lost) return;
    if (one.state == State::idle) return stop(node, why);
    one.leaves = true;
    one.why = why;
    if (why != NodeEnd::preempted) return;
    if (life_.spot->notice == 0) return kill(node, why);
    one.taken = arm(calendar_.now() + life_.spot->notice, Due::taken, node);
}

void Fleet::take(int count, RequestId request, std::vector<std::uint32_t>& nodes) {
    for (; count > 0; --count) {
        const std::uint32_t node = *ready_.begin();
        change(node, State::busy);
        ++nodes_[node].uses;
        nodes_[node].request = request;
        nodes.push_back(node);
    }
}

void Fleet::put_back(std::uint32_t node) {
    Node& one = nodes_[node];
    one.request = kNone;
    if (one.told) return clear(node);
    if (one.leaves) return stop(node, one.why);
    const std::int64_t most = config_.single_use ? 1 : life_.max_uses;
    if (most > 0 && one.uses >= most) return stop(node, NodeEnd::used_up);
    one.idle_since = calendar_.now();
    change(node, State::idle);
    stop_beyond_cap();
}

void Fleet::stop(std::uint32_t node, NodeEnd why) {
    tell(EventKind::node_stopping, node, static_cast<std::int64_t>(why));
    clear(node);
}

/// A busy one ends now, and with it what runs on it.
void Fleet::kill(std::uint32_t node, NodeEnd why) {
    Node& one = nodes_[node];
    one.leaves = one.lost = true;
    one.why = why;
    const BuildId build = client_.build_on(one.request);
    if (build == kNone) return;
    tell_lost(node, build);
    client_.end_lost(build);
}

void Fleet::tell_lost(std::uint32_t node, BuildId build) {
    nodes_[node].told = true;
    tell(EventKind::node_killed, node, static_cast<std::int64_t>(nodes_[node].why), build);
}

/// From here on only stopping is left.
void Fleet::clear(std::uint32_t node) {
    Node& one = nodes_[node];
    for (Calendar::Handle* handle : {&one.step, &one.patience, &one.age, &one.taken}) disarm(*handle);
    change(node, State::stopping);
    const Time takes = drawn_time(life_.stop_time, Purpose::node_stop, node);
    if (takes == 0) return go(node);
    one.step = arm(calendar_.now() + takes, Due::stopped, node);
}

void Fleet::go(std::uint32_t node) {
    change(node, State::gone);
    tell(EventKind::node_gone, node);
    Node fresh;
    fresh.lives = nodes_[node].lives + 1;
    nodes_[node] = fresh;
    free_.insert(node);
    client_.room_came();
}

void Fleet::rest() {
    resting_ = true;
    disarm(look_);
    disarm(see_);
    for (auto& [sight, handle] : seen_) disarm(handle);
    seen_.clear();
    for (Node& one : nodes_)
        for (Calendar::Handle* handle : {&one.step, &one.patience, &one.age, &one.taken}) disarm(*handle);
}

}  // namespace gatesim
