// What pools that live cost: nodes that boot, that are up without a build, that served nobody or were lost.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "measure/integral.hpp"
#include "measure/metric.hpp"
#include "measure/sample.hpp"
#include "model/scenario.hpp"
#include "record/node_lives.hpp"

namespace gatesim {

class LifeMeter {
public:
    /// `scenario` must outlive it. What happened before `warmup` counts nowhere.
    LifeMeter(const Scenario& scenario, Time warmup);

    /// Whether a pool lives. Only then has it anything to hear.
    bool wanted() const { return wanted_; }

    void on(const Event& event);

    /// A request that nobody had served when the replication ended.
    void waits_at_end(Time waited);

    /// USD of boots and of nodes without a build. Ask once the replication has ended, as for all that follows.
    double cost() const { return cost_; }

    /// Puts its metrics where they belong. `waits`: of requests that were served.
    void fill(MetricValues& out, const TimeSample& waits) const;

private:
    void count(const NodeLife& life);
    Time overlap(Time from, Time until) const;

    const Scenario& scenario_;
    Time warmup_;
    bool wanted_;
    Time now_ = 0;
    std::vector<Integral> used_;  ///< by pool: nodes handed out
    std::unordered_map<RequestId, std::pair<PoolId, std::int64_t>> held_;
    NodeLives lives_;
    double up_us_ = 0, unused_us_ = 0, boot_us_ = 0, cost_ = 0;
    std::uint64_t boots_ = 0, unused_ = 0, failed_ = 0, killed_busy_ = 0, preempted_ = 0;
    std::uint64_t waiting_ = 0, waiting_long_ = 0;
};

}  // namespace gatesim
