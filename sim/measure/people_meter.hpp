// What people add to the metrics: whom changes wait for, what is found where, how busy readers are.
#pragma once

#include <optional>
#include <vector>

#include "measure/integral.hpp"
#include "measure/metric.hpp"
#include "record/lives.hpp"

namespace gatesim {

class PeopleMeter {
public:
    /// `scenario` must outlive it. What happened before `warmup` counts nowhere; of changes, those that were uploaded
    /// before it.
    PeopleMeter(const Scenario& scenario, Time warmup);

    void on(const Event& event, const Ledger& ledger);

    /// Puts the metrics of people where they belong; none of them if nobody uploaded anything. Returns the mean lead
    /// time in seconds, if there is one. Ask once the replication has ended at `end`.
    std::optional<double> fill(MetricValues& out, Time end);

private:
    void take_verdict(const Event& event, const Ledger& ledger);
    void take_reading(const Event& event);
    void stop_reading(PersonId person, Time at);
    void count_open_reviews(const Event& event);
    bool found(ChangeId change, int patchset);
    double busiest_hours(Time end);

    struct Reader {
        Time since = kNever;  ///< reading; kNever = not now
        ChangeId change = kNone;
        Time spent = 0;  ///< within the period
    };

    Time warmup_;
    Time period_;  ///< kNever = no stated length
    Lives lives_;
    Integral open_reviews_;
    std::vector<std::int64_t> open_of_;  ///< by change: its part in that
    std::vector<Reader> readers_;        ///< by person
    std::vector<int> found_;             ///< by change: the latest patch set whose defect was found; 0 = none
    std::uint64_t verdicts_ = 0, landings_ = 0, approvals_ = 0, rechecks_ = 0;
    std::uint64_t in_review_ = 0, in_check_ = 0, in_gate_ = 0;
};

}  // namespace gatesim
