// The hours of a week in which somebody works, by the clock on the wall.
#pragma once

#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// Spans of one week of local time, counted from Monday 00:00; in order, not touching, none beyond kWeek.
/// Without any: at work day and night.
struct WeeklyHours {
    struct Span {
        Time from = 0;
        Time until = 0;
    };
    std::vector<Span> spans;

    bool always() const { return spans.empty(); }

    /// The same hours on each of the days (0 = Monday). `until` before `from` means the next day: a night shift.
    /// Both lie within a day; equal ones mean the whole day.
    static WeeklyHours daily(Time from, Time until, const std::vector<int>& days);
};

inline WeeklyHours WeeklyHours::daily(Time from, Time until, const std::vector<int>& days) {
    if (from == until) {
        from = 0;
        until = kDay;
    }
    bool shift[7][2] = {};  // of each day: begins on it, reaches into it from the day before
    for (const int day : days) {
        shift[day][0] = true;
        if (until < from) shift[(day + 1) % 7][1] = true;
    }
    WeeklyHours result;
    const auto add = [&](Time begin, Time end) {
        if (begin == end) return;
        if (!result.spans.empty() && result.spans.back().until == begin)
            result.spans.back().until = end;
        else
            result.spans.push_back({begin, end});
    };
    for (int day = 0; day < 7; ++day) {
        const Time midnight = day * kDay;
        if (shift[day][1]) add(midnight, midnight + until);
        if (shift[day][0]) add(midnight + from, midnight + (until > from ? until : kDay));
    }
    return result;
}

}  // namespace gatesim
