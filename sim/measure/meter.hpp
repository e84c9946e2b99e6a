// Measures one replication while it runs. Memory is flat but for one number a measured time and one record a change.
#pragma once

#include <array>
#include <vector>

#include "measure/hold_meter.hpp"
#include "measure/integral.hpp"
#include "measure/life_meter.hpp"
#include "measure/metric.hpp"
#include "measure/people_meter.hpp"
#include "measure/race_meter.hpp"
#include "measure/sample.hpp"
#include "measure/slices.hpp"
#include "record/ejection_cause.hpp"
#include "record/ledger.hpp"
#include "record/standings.hpp"

namespace gatesim {

class Meter : public LedgerListener {
public:
    /// Listens to a ledger (the caller adds it). `scenario` must outlive it. What belongs to the first `warmup` of the
    /// replication (or to the scenario's own warm-up, if that is longer) is left out: changes that arrived, builds that
    /// started, nodes that were asked for or handed out, resets, ejections and landings that happened before count
    /// nowhere; averages over time begin there.
    explicit Meter(const Scenario& scenario, Time warmup = 0);

    bool wants_waits() const override { return holds_.wanted(); }
    void on(const Event& event, const Ledger& ledger) override;
    void settled(const LiveRequest& request, const LiveAttempt* attempt, Fate fate, const Ledger& ledger) override;
    void settled(const LiveBuild& build, const LiveAttempt* attempt, Fate fate, const Ledger& ledger) override;

    void reset(const ResetRecord& record, const Ledger& ledger) override;

    /// By index into metrics(). Ask once the replication has ended.
    MetricValues values();

    const Standings& standings() const { return standings_; }

    /// The gate's queues kept growing through all four quarters of the period: its averages depend on how long one
    /// looks.
    bool overloaded() const;

    /// The average number of changes in the gate in each of kSlices equal slices of the period, warm-up included: what
    /// the warm-up is found from (measure/mser.hpp). Empty without a stated length.
    std::vector<double> queue_series() const;

private:
    void take_queue(const Event& event, const Ledger& ledger);
    void take_report(const Event& event, const Ledger& ledger);
    void take_nodes(const Event& event, const Ledger& ledger);
    void resize_pool(Time at, PoolId pool, std::int64_t nodes);
    void put(MetricValues& out, const char* name, std::optional<double> value) const;
    void put_times(MetricValues& out, const std::string& family, TimeSample& sample) const;
    void sample_changes();

    const Scenario& scenario_;
    Time warmup_;
    Time period_;  ///< kNever = no stated length
    Time end_ = 0;
    Standings standings_;
    PeopleMeter people_;
    HoldMeter holds_;
    LifeMeter lives_;
    RaceMeter races_;
    TimeSample landing_, gate_, check_, node_wait_;
    std::uint64_t builds_ = 0, saved_ = 0, cancelled_ = 0, resets_ = 0, ejections_ = 0, innocent_ = 0, escaped_ = 0,
                  landed_in_period_ = 0;
    double node_us_ = 0, cost_ = 0;
    std::array<double, kWastes> wasted_us_ = {};  ///< by Waste; of what was not wasted too
    std::uint64_t builds_reset_ = 0;
    std::array<std::uint64_t, kEjectionCauses> ejected_for_ = {};  ///< by EjectionCause
    Integral length_, windows_, limited_, busy_, capacity_, green_;
    std::int64_t length_max_ = 0;
    std::vector<bool> innocent_of_;   ///< by change: was ejected through no fault of its own
    std::vector<double> window_of_;   ///< by queue: what it adds to windows_ now; 0 = nothing
    std::vector<std::int64_t> size_;  ///< by pool
    std::vector<std::int64_t> held_;  ///< by pool: nodes handed out
    SliceMeans slices_;               ///< of the queue length
};

}  // namespace gatesim
