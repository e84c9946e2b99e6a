#include "scenario/hours_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace gatesim::units {

namespace {

constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
constexpr const char* kDayPattern =
    "([Mm]o(n(day)?)?|[Tt]u(e(sday)?)?|[Ww]e(d(nesday)?)?|[Tt]h(u(rsday)?)?|[Ff]r(i(day)?)?|[Ss]a(t(urday)?)?|"
    "[Ss]u(n(day)?)?)";
constexpr const char* kClockPattern = "(([01]?[0-9]|2[0-3])(:[0-5][0-9])?|24(:00)?)";
constexpr const char* kZonePattern = "[A-Za-z][A-Za-z0-9_+/-]*";

/// Takes the text up to `end` off the front, and `end` with it.
std::string_view take_until(std::string_view& rest, char end) {
    const std::size_t at = std::min(rest.find(end), rest.size());
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

/// "Mo", "mon", "Monday": the first letter may be a capital.
std::optional<int> day_of(std::string_view text) {
    std::string word(text);
    if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') word[0] = static_cast<char>(word[0] - 'A' + 'a');
    for (std::size_t d = 0; d < kDays.size(); ++d)
        if (word == kDays[d].substr(0, 2) || word == kDays[d].substr(0, 3) || word == kDays[d])
            return static_cast<int>(d);
    return std::nullopt;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// One or two digits.
std::optional<int> number(std::string_view text) {
    if (text.empty() || text.size() > 2 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value;
}

/// "9", "09:30", "24:00".
std::optional<Time> wall_clock(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto hour = number(text.substr(0, colon));
    int minute = 0;
    if (colon != std::string_view::npos) {
        const auto read = text.size() == colon + 3 ? number(text.substr(colon + 1)) : std::nullopt;
        if (!read || *read > 59) return std::nullopt;
        minute = *read;
    }
    if (!hour || *hour > 24 || (*hour == 24 && minute > 0)) return std::nullopt;
    return *hour * kHour + minute * kMinute;
}

bool is_zone(std::string_view text) {
    return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '+' || c == '/' || c == '-';
           });
}

/// "9-12,13:30-17": adds those of each of the days; what is wrong with it, or empty.
std::string add_times(std::string_view times, const std::vector<int>& days, std::vector<WeeklyHours::Span>& shifts) {
    while (!times.empty()) {
        const std::string_view span = take_until(times, ',');
        std::string_view rest = span;
        const auto from = wall_clock(take_until(rest, '-'));
        const auto until = wall_clock(rest);
        if (!from || !until) return fmt::format("\"{}\" is not like 9-17 or 9:00-17:30", span.substr(0, 20));
        const WeeklyHours hours = hours_on(days, *from, *until);
        shifts.insert(shifts.end(), hours.shifts.begin(), hours.shifts.end());
    }
    return "";
}

}  // namespace

WeeklyHours hours_on(const std::vector<int>& days, Time from, Time until) {
    from %= kDay;
    return WeeklyHours::daily(from, until == kDay && from != 0 ? kDay : until % kDay, days);
}

Reading<std::vector<int>> read_days(std::string_view text) {
    if (text.empty() || text.back() == ',') return {std::nullopt, "a day is missing"};
    std::array<bool, 7> on{};
    while (!text.empty()) {
        const std::string_view part = take_until(text, ',');
        std::string_view rest = part;
        const auto first = day_of(take_until(rest, '-'));
        const bool range = part.find('-') != std::string_view::npos;
        const auto last = range ? day_of(rest) : first;
        if (!first || !last)
            return {std::nullopt, fmt::format("\"{}\" is no day: Mo Tu We Th Fr Sa Su", part.substr(0, 20))};
        for (int day = *first;; day = (day + 1) % 7) {
            on[static_cast<std::size_t>(day)] = true;
            if (day == *last) break;
        }
    }
    std::vector<int> days;
    for (int day = 0; day < 7; ++day)
        if (on[static_cast<std::size_t>(day)]) days.push_back(day);
    return {days, ""};
}

Reading<Time> read_clock(std::string_view text) {
    if (const auto clock = wall_clock(text)) return {*clock, ""};
    if (text.find(':') != std::string_view::npos || number(text))
        return {std::nullopt, "there is no such time of day (0:00 to 24:00)"};
    Reading<Time> time = read_time(text);
    if (time.value && *time.value > kDay) return {std::nullopt, "a day has 24 hours"};
    return time;
}

Reading<WeeklyHours> read_hours(std::string_view text) {
    std::string_view rest = text;
    if (!text.empty() && is_digit(text[0])) return {std::nullopt, "it does not begin with days, like Mo-Fr"};
    const auto days = read_days(take_until(rest, ' '));
    if (!days.value) return {std::nullopt, days.problem};
    std::vector<WeeklyHours::Span> shifts;
    if (!rest.empty() && is_digit(rest[0])) {
        const std::string_view times = take_until(rest, ' ');
        if (times.back() == ',') return {std::nullopt, "a time is missing"};
        if (const std::string problem = add_times(times, *days.value, shifts); !problem.empty())
            return {std::nullopt, problem};
    } else {
        shifts = WeeklyHours::daily(0, 0, *days.value).shifts;
    }
    if (text.back() == ' ' || (!rest.empty() && !is_zone(rest)))
        return {std::nullopt, "behind days and times only a time zone may stand"};
    WeeklyHours hours = WeeklyHours::of(std::move(shifts));
    hours.zone = rest;
    return {hours, ""};
}

std::string clock_pattern() {
    std::string time = kTimePattern;
    return fmt::format("(^{}$)|({})", kClockPattern, time);
}

std::string days_pattern() {
    const std::string range = fmt::format("{0}(-{0})?", kDayPattern);
    return fmt::format("^{0}(,{0})*$", range);
}

std::string hours_pattern() {
    std::string days = days_pattern();
    days = days.substr(0, days.size() - 1);
    const std::string span = fmt::format("{0}-{0}", kClockPattern);
    return fmt::format("{0}( {1}(,{1})*)?( {2})?$", days, span, kZonePattern);
}

}  // namespace gatesim::units
