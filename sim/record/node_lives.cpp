#include "record/node_lives.hpp"

#include <cstddef>

namespace gatesim {

const char* node_end_name(NodeEnd end) {
    static constexpr const char* kNames[] = {"surplus",   "used_up",  "too_old", "shrunk",
                                             "preempted", "too_slow", "failed"};
    return kNames[static_cast<std::size_t>(end)];
}

void NodeLives::on(const Event& event) {
    switch (event.kind) {
        case EventKind::node_asked:
        case EventKind::node_booting:
        case EventKind::node_up:
        case EventKind::node_stopping:
        case EventKind::node_killed:
        case EventKind::node_gone:
            break;
        case EventKind::launch_failed:
            if (event.node == kNone || event.request != kNone) return;
            break;
        case EventKind::granted:
            return hand_out(event);
        case EventKind::released:
            if (const auto held = holds_.find(event.request); held != holds_.end()) {
                take_back(held->second, event.at);
                holds_.erase(held);
            }
            return;
        case EventKind::ended:
            return end(event.at);
        default:
            return;
    }
    Fleet& fleet = fleets_[event.pool];
    NodeLife& life = fleet.nodes[event.node];
    life.pool = event.pool;
    life.node = event.node;
    if (event.kind == EventKind::node_asked) life.asked = event.at;
    if (event.kind == EventKind::node_booting) life.booting = event.at;
    if (event.kind == EventKind::launch_failed) {
        life.failed_boots += event.at - life.booting;
        life.booting = kNever;
    }
    if (event.kind == EventKind::node_up) {
        life.up = event.at;
        life.at_start = event.value == 1;
        fleet.idle.insert(event.node);
    }
    if (event.kind == EventKind::node_stopping || event.kind == EventKind::node_killed) {
        life.left = event.at;
        life.why = static_cast<NodeEnd>(event.value);
        life.killed = event.kind == EventKind::node_killed;
        life.lost = event.build;
        fleet.idle.erase(event.node);
    }
    if (event.kind != EventKind::node_gone) return;
    life.gone = event.at;
    hear_(life);
    fleet.nodes.erase(event.node);
}

/// The lowest numbers go first.
void NodeLives::hand_out(const Event& event) {
    const auto known = fleets_.find(event.pool);
    if (known == fleets_.end()) return;
    Fleet& fleet = known->second;
    Hold hold{event.pool, event.at, {}};
    for (std::int64_t n = 0; n < event.value && !fleet.idle.empty(); ++n) {
        const std::uint32_t node = *fleet.idle.begin();
        fleet.idle.erase(fleet.idle.begin());
        ++fleet.nodes[node].uses;
        hold.nodes.push_back(node);
    }
    holds_[event.request] = std::move(hold);
}

void NodeLives::take_back(Hold& hold, Time at) {
    Fleet& fleet = fleets_[hold.pool];
    for (const std::uint32_t node : hold.nodes) {
        const auto known = fleet.nodes.find(node);
        if (known == fleet.nodes.end()) continue;
        known->second.busy += at - hold.since;
        if (known->second.left == kNever) fleet.idle.insert(node);
    }
}

void NodeLives::end(Time at) {
    for (auto& [request, hold] : holds_) take_back(hold, at);
    holds_.clear();
    for (auto& [pool, fleet] : fleets_)
        for (const auto& [node, life] : fleet.nodes) hear_(life);
    fleets_.clear();
}

std::size_t NodeLives::idle(PoolId pool) const {
    const auto known = fleets_.find(pool);
    return known == fleets_.end() ? 0 : known->second.idle.size();
}

}  // namespace gatesim
