#include "measure/life_meter.hpp"

#include <algorithm>

namespace gatesim {

LifeMeter::LifeMeter(const Scenario& scenario, Time warmup)
    : scenario_(scenario),
      warmup_(warmup),
      wanted_(std::any_of(scenario.pools.begin(), scenario.pools.end(),
                          [](const Pool& pool) { return pool.life.has_value(); })),
      used_(scenario.pools.size(), Integral(kNever, warmup)),
      lives_([this](const NodeLife& life) { count(life); }) {}

void LifeMeter::on(const Event& event) {
    now_ = event.at;
    if (event.kind == EventKind::granted && scenario_.pools[event.pool].life) {
        used_[event.pool].add(event.at, static_cast<double>(event.value));
        held_[event.request] = {event.pool, event.value};
    }
    if (event.kind == EventKind::released)
        if (const auto held = held_.find(event.request); held != held_.end()) {
            used_[held->second.first].add(event.at, -static_cast<double>(held->second.second));
            held_.erase(held);
        }
    lives_.on(event);
    if (event.kind != EventKind::ended) return;
    for (PoolId p = 0; p < used_.size(); ++p) {
        if (!scenario_.pools[p].life) continue;
        const double used = used_[p].until(now_);
        unused_us_ -= used;
        cost_ -= used / static_cast<double>(kHour) * scenario_.pools[p].life->price_idle;
    }
}

Time LifeMeter::overlap(Time from, Time until) const {
    return from == kNever ? 0 : std::max<Time>(0, std::min(until, now_) - std::max(from, warmup_));
}

void LifeMeter::count(const NodeLife& life) {
    const PoolLife& pool = *scenario_.pools[life.pool].life;
    const Time up = overlap(life.up, life.left);
    const Time boot = life.at_start ? 0 : overlap(life.booting, std::min(life.up, life.left)) + life.failed_boots;
    up_us_ += static_cast<double>(up);
    unused_us_ += static_cast<double>(up);
    boot_us_ += static_cast<double>(boot);
    cost_ += static_cast<double>(up) / static_cast<double>(kHour) * pool.price_idle +
             static_cast<double>(boot) / static_cast<double>(kHour) * pool.price_boot;
    if (life.up != kNever && life.up >= warmup_ && !life.at_start) {
        ++boots_;
        unused_ += life.uses == 0;
    }
    if (life.left == kNever || life.left < warmup_) return;
    failed_ += life.up == kNever;
    killed_busy_ += life.killed && life.up != kNever;
    preempted_ += life.why == NodeEnd::preempted;
}

void LifeMeter::waits_at_end(Time waited) {
    ++waiting_;
    waiting_long_ += waited > scenario_.long_wait;
}

void LifeMeter::fill(MetricValues& out, const TimeSample& waits) const {
    const double requests = static_cast<double>(waits.size() + waiting_);
    if (requests > 0 && (wanted_ || scenario_.long_wait != Scenario{}.long_wait))
        out[*find_metric("node_wait_over")] =
            static_cast<double>(waits.over(scenario_.long_wait) + waiting_long_) / requests;
    if (!wanted_) return;
    const auto hours = [](double us) { return us / static_cast<double>(kHour); };
    out[*find_metric("node_hours_up")] = hours(up_us_);
    out[*find_metric("node_hours_unused")] = hours(std::max(0.0, unused_us_));
    out[*find_metric("node_hours_boot")] = hours(boot_us_);
    out[*find_metric("boots")] = static_cast<double>(boots_);
    out[*find_metric("boots_unused")] = static_cast<double>(unused_);
    out[*find_metric("boots_failed")] = static_cast<double>(failed_);
    out[*find_metric("nodes_killed_busy")] = static_cast<double>(killed_busy_);
    out[*find_metric("nodes_preempted")] = static_cast<double>(preempted_);
}

}  // namespace gatesim
