// What a fleet's rule sees, and what becomes of what it says.
#include <fmt/format.h>

#include <algorithm>

#include "workers/fleet.hpp"

namespace gatesim {

namespace {

constexpr std::int64_t kNoLimit = 1'000'000'000'000;

std::int64_t limited(std::int64_t nodes) {
    return nodes == kUnlimited ? kNoLimit : nodes;
}

}  // namespace

std::int64_t Fleet::limit() const {
    return std::min(limited(max_), limited(cap_));
}

/// What a request may hope for at most.
void Fleet::set_most() {
    const std::int64_t most = std::min(limit(), limited(quota_));
    pool_.set_most(most >= kNoLimit ? kUnlimited : most);
}

std::int64_t Fleet::warm(Time now) const {
    std::int64_t nodes = 0;
    for (const auto& [hours, line] : warm_)
        if (hours.at_work(now)) nodes = std::max(nodes, line);
    return nodes;
}

Sight Fleet::sight() {
    Sight out;
    out.now = calendar_.now();
    out.of_week = clock_.of_week(out.now);
    out.wanted = client_.wanted(id_);
    for (const Wanted& one : out.wanted) out.queued += one.nodes;
    out.running = count(State::busy);
    out.booting = count(State::asked) + count(State::booting);
    out.stopping = count(State::stopping);
    out.failed = failed_;
    out.min = std::max(min_, warm(out.now));
    out.max = limit();
    for (const std::uint32_t node : ready_)
        out.idle_nodes.push_back({node, nodes_[node].asked, nodes_[node].up_since, nodes_[node].idle_since});
    return out;
}

void Fleet::look_again(Time at) {
    if (resting_ || at >= look_at_) return;
    disarm(look_);
    look_at_ = at;
    look_ = arm(at, Due::look);
}

/// What comes up in this wave is handed out first: a node that somebody waits for is not idle.
void Fleet::look() {
    look_at_ = kNever;
    const Time now = calendar_.now();
    if (life_.poll > 0) look_again(now + life_.poll);
    see_ = arm(now, Due::see);
}

void Fleet::see() {
    const Time now = calendar_.now();
    if (life_.signal_delay == 0) {
        const Sight seen = sight();
        return obey(rule_->decide(seen), seen);
    }
    seen_.emplace_back(sight(), arm(now + life_.signal_delay, Due::act));
}

void Fleet::act() {
    const Sight seen = std::move(seen_.front().first);
    seen_.pop_front();
    obey(rule_->decide(seen), seen);
}

void Fleet::obey(const Orders& orders, const Sight& seen) {
    const Time now = calendar_.now();
    for (const std::size_t index : orders.stop) {
        const IdleNode& meant = seen.idle_nodes[index];
        const Node& one = nodes_[meant.node];
        if (one.asked != meant.asked) continue;  // another one has its number by now
        if (one.state == State::idle)
            stop(meant.node, NodeEnd::surplus);
        else if (one.state == State::busy && !one.lost && orders.even_busy)
            kill(meant.node, NodeEnd::surplus);
    }
    std::int64_t more = std::min(orders.target, limit()) - there();
    if (life_.quota != kNone) more = std::min(more, client_.left_of_quota(life_.quota));
    if (now < no_boot_until_) more = 0;
    for (; more > 0; --more) ask();
    if (life_.poll > 0) return;
    if (orders.again > now && orders.again != kNever) look_again(orders.again);
    if (now < no_boot_until_) look_again(no_boot_until_);
    for (const auto& [hours, line] : warm_)
        if (const Time turn = hours.turn(now); turn != kNever) look_again(turn);
}

void Fleet::wake() {
    if (life_.poll == 0) look_again(calendar_.now());
}

void Fleet::set(PoolNumber number, std::int64_t value) {
    (number == PoolNumber::min ? min_ : number == PoolNumber::max ? max_ : cap_) = value;
    set_most();
    stop_beyond_cap();
    wake();
}

/// In an outage those go that are idle, the highest numbers first.
void Fleet::stop_beyond_cap() {
    while (cap_ != kUnlimited && count(State::idle) + count(State::busy) > cap_ && !ready_.empty())
        stop(*ready_.rbegin(), NodeEnd::shrunk);
}

std::string Fleet::nothing_came() const {
    if (ever_up_ > 0) return {};
    if (ever_asked_ == 0) return fmt::format("pool {} never asked for a node", config_.name);
    std::string out = fmt::format("no node of pool {} ever came up ({} asked for", config_.name, ever_asked_);
    if (too_slow_ > 0)
        out += fmt::format(", {} killed because they were not up within {:g} s: a boot takes longer than boot_timeout",
                           too_slow_, seconds(life_.boot_timeout));
    if (failed_ > 0) out += fmt::format(", {} given up because their boots failed", failed_);
    return out + ")";
}

}  // namespace gatesim
