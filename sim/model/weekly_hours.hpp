// The hours of a week in which somebody works, by the clock on the wall.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
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
    std::vector<Span> shifts;  ///< as they were said: each counts for the day it begins on, and may end on the next one
    std::string zone;          ///< IANA name; empty = that of whoever goes by them, else the period's

    bool always() const { return spans.empty(); }

    /// From shifts in any order, overlapping or not. Each begins within the week and ends within eight days.
    static WeeklyHours of(std::vector<Span> shifts);

    /// The same hours on each of the days (0 = Monday). `until` before `from` means the next day: a night shift.
    /// Both lie within a day; equal ones mean the whole day.
    static WeeklyHours daily(Time from, Time until, const std::vector<int>& days);
};

inline WeeklyHours WeeklyHours::of(std::vector<Span> shifts) {
    std::vector<Span> pieces;
    for (const Span& shift : shifts) {
        pieces.push_back({shift.from, std::min(shift.until, kWeek)});
        if (shift.until > kWeek) pieces.push_back({0, shift.until - kWeek});
    }
    const auto earlier = [](const Span& a, const Span& b) { return a.from < b.from; };
    std::sort(pieces.begin(), pieces.end(), earlier);
    WeeklyHours result;
    for (const Span& piece : pieces) {
        if (piece.from == piece.until) continue;
        if (!result.spans.empty() && result.spans.back().until >= piece.from)
            result.spans.back().until = std::max(result.spans.back().until, piece.until);
        else
            result.spans.push_back(piece);
    }
    std::stable_sort(shifts.begin(), shifts.end(), earlier);
    result.shifts = std::move(shifts);
    return result;
}

inline WeeklyHours WeeklyHours::daily(Time from, Time until, const std::vector<int>& days) {
    if (from == until) {
        from = 0;
        until = kDay;
    }
    std::vector<Span> shifts;
    for (const int day : days) {
        const Time midnight = day * kDay;
        shifts.push_back({midnight + from, midnight + (until > from ? until : until + kDay)});
    }
    return of(std::move(shifts));
}

}  // namespace gatesim
