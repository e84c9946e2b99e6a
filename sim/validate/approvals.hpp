// When changes came into a gate, where only their uploads and landings are recorded: upload, then what a change of the
// training time waited until it was approved, on a clock that goes as fast as people are active.
#pragma once

#include <vector>

#include "chance/draw.hpp"
#include "validate/record.hpp"

namespace gatesim::validate {

/// The activity of an average week (UTC). It counts in weeks: from one moment to the same a week later is 1.
class WeekClock {
public:
    /// As fast in each hour of the week as there are moments in it, smoothed over its neighbours, with a hundredth part
    /// spread evenly. Moments count from `origin`, microseconds since 1970.
    WeekClock(const std::vector<Time>& moments, Time origin);

    double at(Time moment) const;     ///< what it shows then
    Time when(double reading) const;  ///< the other way round

private:
    Time origin_ = 0;
    std::vector<double> rate_, sum_;  ///< by hour of the week; sum_ = of all before it
};

/// What is fitted. A change landed when it was tested for `gate`: before that it was approved.
struct Approvals {
    WeekClock clock;
    std::vector<double> waits;  ///< of the training time, from upload to approval, as the clock goes; sorted
};

/// From what landed in training time at a time known to the instant. `gate`: how long a change is in the gate; 0: what
/// is fitted is the wait until it lands. No waits: nothing of that time is known.
Approvals fit_approvals(const Record& record, const Spans& train, Time gate);

/// A moment for each stay: its own where it is recorded, else drawn. `luck` of the replication.
std::vector<Time> draw_approvals(const Approvals& approvals, const Record& record, const Luck& luck);

}  // namespace gatesim::validate
