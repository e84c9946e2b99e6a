// What freezes and pauses cost: how long they last, whom they hold, and for how long.
#pragma once

#include <unordered_map>
#include <vector>

#include "measure/integral.hpp"
#include "measure/metric.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

class HoldMeter {
public:
    /// `scenario` must outlive it. What happened before `warmup` counts nowhere.
    HoldMeter(const Scenario& scenario, Time warmup);

    /// Whether the scenario ever freezes or pauses a gate. Only then has it anything to hear, EventKind::waits among it.
    bool wanted() const { return wanted_; }

    void on(const Event& event);

    /// Puts its metrics where they belong; nothing if it is not wanted. Ask once the replication has ended at `end`.
    void fill(MetricValues& out, Time end);

private:
    struct Wait {
        ChangeId change = kNone;
        Time since = 0;
    };
    void set_held(ItemId item, ChangeId change, Time at, bool held);
    void count(const Wait& wait, Time until);

    const Scenario& scenario_;
    Time warmup_;
    Time period_;  ///< kNever = no stated length
    bool wanted_ = false;
    Integral frozen_, paused_, held_;
    std::vector<HeldNow> now_;  ///< by pipeline
    std::unordered_map<ItemId, Wait> waiting_;
    std::vector<bool> counted_;  ///< by change
    std::size_t changes_ = 0;
};

}  // namespace gatesim
