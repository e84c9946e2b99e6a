// The time by which changes arrive: it passes as fast as changes are expected, and stands still where none are.
#pragma once

#include <optional>
#include <vector>

#include "load/people/working_time.hpp"
#include "model/arrival_load.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// By how much the rate of an hour of the week is above the rate averaged over all of it; 0 between the pieces.
/// `from` and `until` count from Monday 00:00 by the clock, in order.
struct RatePiece {
    Time from = 0;
    Time until = 0;
    double factor = 1;
};

/// What a rate stated `per` means in these hours (see RatePer); hours that are always give one piece of factor 1.
std::vector<RatePiece> rate_by_hour(const WeeklyHours& hours, RatePer per);

/// The same, averaged over a week.
double mean_rate_factor(const WeeklyHours& hours, RatePer per);

/// Changes expected in the first `length` seconds of a run, which may be infinite; hours count by their average over a
/// week, and nothing by the limit of the load.
double expected_arrivals(const ArrivalLoad& load, double length);

class ArrivalClock {
public:
    ArrivalClock(const ArrivalLoad& load, const Period& period);

    /// Moves on to where so many changes more are expected; false if they never are, or after the period only.
    bool go_on(double changes);

    /// Seconds since the period's start.
    double now() const { return now_; }

private:
    struct Piece {
        double rate;  ///< changes a second
        Time until;   ///< and until when
    };
    Piece piece() const;
    void take_steps();

    const ArrivalLoad& load_;
    Time end_;
    std::optional<LocalClock> clock_;           ///< none: arrive day and night
    std::vector<std::vector<RatePiece>> week_;  ///< with hours: by RatePer
    Time here_ = 0;                             ///< the last turn of hours or rate that was passed
    double now_ = 0;
    double rate_ = 0;
    RatePer per_ = RatePer::hour;
    std::size_t step_ = 0;
};

}  // namespace gatesim
