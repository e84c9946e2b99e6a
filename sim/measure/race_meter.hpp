// What races of the branch cost: how many there are, whom they hit, and how long they live.
#pragma once

#include <vector>

#include "measure/integral.hpp"
#include "measure/metric.hpp"
#include "measure/sample.hpp"
#include "record/ledger.hpp"

namespace gatesim {

class RaceMeter {
public:
    /// `scenario` must outlive it. What happened before `warmup` counts nowhere.
    RaceMeter(const Scenario& scenario, Time warmup);

    /// Whether the scenario has races. Only then has it anything to hear.
    bool wanted() const { return wanted_; }

    void on(const Event& event, const Ledger& ledger);
    void settled(const LiveRequest& request, const LiveAttempt* attempt);
    void reset(const ResetRecord& record);

    /// Puts its metrics where they belong; nothing if it is not wanted. Ask once the replication has ended at `end`.
    void fill(MetricValues& out, Time end, std::optional<double> span);

private:
    struct Life {
        Time born = kNever, noticed = kNever;
        bool classified = false, over = false;
    };
    Life& life(RaceId race);
    void take(const Event& event);
    void asked_again(const Event& event);

    Time warmup_;
    bool wanted_;
    std::vector<Life> lives_;
    Integral alive_, open_;
    TimeSample ages_, open_times_;
    std::vector<bool> hit_;  ///< by change: a race was behind its last report
    std::uint64_t births_ = 0, noticed_ = 0, fixed_ = 0, hits_ = 0, told_apart_ = 0, again_ = 0;
    double node_us_ = 0;
};

}  // namespace gatesim
