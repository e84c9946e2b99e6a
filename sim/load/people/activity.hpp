// How activity goes by in one zone: the hours of its day, its week, the seasons, and days that are better or worse for
// everybody. Sampled times and reactions follow this clock, so nobody does anything while asleep.
#pragma once

#include <vector>

#include "chance/draw.hpp"
#include "load/people/working_time.hpp"
#include "model/people.hpp"
#include "model/time.hpp"

namespace gatesim {

/// Whose activity: those who read have seasons of their own.
enum class Doing : std::uint8_t { writing, reading };

/// Activity is counted in hours of work: one hour of the clock at the intensity that activity has on average (each
/// moment weighted by its own) is one. Seasons and day-to-day factors count on top of that.
class ActivityClock {
public:
    /// Counts from `from` (the period's start, or earlier). `rhythm` must outlive the clock, and some hour of some
    /// weekday must have an intensity above 0.
    ActivityClock(const Rhythm& rhythm, const Period& period, LocalClock clock, Luck luck, Time from,
                  Doing doing = Doing::writing);

    /// Whether anybody of this zone is up. Not before `from`.
    bool awake(Time time);

    /// Hours of work from `from` to `time`.
    double until(Time time);

    /// The first moment by which so many hours of work have passed since `from`; kNever if that is not within 100
    /// years.
    Time when(double work);

    /// The moment when `work` of working time has passed since `start`; at least the first moment awake.
    Time after(Time start, Time work);

private:
    /// Activity in one hour by the clock on the wall; `sum` = all before it.
    struct Cell {
        double intensity = 0;
        double sum = 0;
    };
    void reach(std::size_t cell);
    double intensity_at(Time cell_begin) const;
    std::size_t cell_of(Time time) const { return static_cast<std::size_t>((time - origin_) / kHour); }

    const Rhythm& rhythm_;
    LocalClock clock_;
    Luck luck_;
    Doing doing_;
    Time origin_;      ///< a full hour of the local clock
    Time start_unix_;  ///< of the period, in microseconds since 1970
    double unit_ = 1;  ///< the intensity that counts as one
    std::vector<Cell> cells_;
    double total_ = 0;  ///< activity in all of cells_
};

}  // namespace gatesim
