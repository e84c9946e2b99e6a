// When somebody is at work: the clock of the place, daylight saving included, and the hours of the week.
//
// What is asked of the zone is asked once: a table of the zone's shifts from the beginning of the period on. After that
// every question is a search in that table and arithmetic, however far apart the times lie.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/scenario.hpp"
#include "model/time.hpp"
#include "model/weekly_hours.hpp"

namespace gatesim {

/// The clock on the wall of one zone, for times of one scenario. Copies share the table.
class LocalClock {
public:
    /// Universal time, in a period that begins in 1970.
    LocalClock();

    /// `zone`: an IANA name; empty = the period's own. Throws std::runtime_error for a zone that is not known, which
    /// the loader has refused before. Daylight saving is followed for 80 years from the period's start.
    LocalClock(const Period& period, const std::string& zone);

    /// Of a period without a date: time 0 is Monday 00:00, in any zone.
    static LocalClock from_monday();

    /// Local time since Monday 00:00 of the local week: from 0 to under kWeek.
    Time of_week(Time time) const;

    /// Local time since midnight, by the clock: from 0 to under kDay.
    Time of_day(Time time) const { return of_week(time) % kDay; }

    /// 0 = Monday … 6 = Sunday.
    int weekday(Time time) const { return static_cast<int>(of_week(time) / kDay); }

    /// When the clock is set to another offset next, after `time`; kNever if it is not.
    Time next_shift(Time time) const { return end_of(stretch(time)); }

private:
    friend class WorkingTime;

    struct Stretch {
        Time from;    ///< the first counts for everything before, too
        Time offset;  ///< added to a Time, makes microseconds since a Monday 00:00 by the clock
    };
    using Table = std::vector<Stretch>;

    std::size_t stretch(Time time) const;
    Time end_of(std::size_t stretch) const;

    std::shared_ptr<const Table> table_;
};

/// A person's working time. Copies are cheap and share their tables.
class WorkingTime {
public:
    /// At work day and night.
    WorkingTime() = default;

    WorkingTime(LocalClock clock, WeeklyHours hours);

    bool always() const { return !hours_; }

    bool at_work(Time time) const;

    /// The first moment from `time` on at which the person is at work: `time` itself if so. kNever for kNever.
    Time next(Time time) const;

    /// The first moment after `time` at which it turns from at work to not at work, or the other way round; kNever where
    /// it never does.
    Time turn(Time time) const;

    /// The moment when `work` of working time has passed since `from`; the end of a shift, not the beginning of the
    /// next, if both fit. Without work: next(from). kNever if it lies beyond kLongest.
    Time after(Time from, Time work) const;

    /// Working time from `from` to `until`.
    Time between(Time from, Time until) const;

    const LocalClock& clock() const { return clock_; }

private:
    /// A part of one shift without a shift of the clock in it: at work throughout.
    struct Piece {
        Time from;
        Time until;
    };
    Piece piece(Time time) const;

    LocalClock clock_;
    std::shared_ptr<const WeeklyHours> hours_;  ///< none = always
    Time per_week_ = kWeek;
};

/// Hours of the scenario's own (of arrivals, a freeze, a pool), not of a person: by the clock of the zone they name, else
/// of the period's. Where the period has no date, time 0 is Monday 00:00, and zones say nothing.
WorkingTime hours_of(const Period& period, const WeeklyHours& hours);

/// Clocks by zone, so that a thousand people of one zone share one table.
class Clocks {
public:
    explicit Clocks(const Period& period) : period_(period) {}

    const LocalClock& of(const std::string& zone);

private:
    const Period& period_;
    std::vector<std::pair<std::string, LocalClock>> known_;
};

}  // namespace gatesim
