#include "picture/ticks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gatesim::picture {

namespace {

constexpr double kHour = 3600;
constexpr double kDay = 86400;
constexpr int kMost = 12;

bool usable(double low, double high) {
    return std::isfinite(low) && std::isfinite(high) && low <= high;
}

/// The multiples of `step` within [low, high], as whole numbers of steps.
std::vector<double> multiples(double low, double high, double step) {
    const double slack = step * 1e-9;
    const double first = std::ceil((low - slack) / step);
    const double last = std::floor((high + slack) / step);
    std::vector<double> out;
    for (double k = first; k <= last && out.size() < kMost; ++k) out.push_back(k * step);
    return out;
}

double round_step(double span, int wanted) {
    const double raw = span / std::max(1, wanted);
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= raw * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

double time_step(double span, int wanted) {
    const double raw = span / std::max(1, wanted);
    if (raw < 1) return round_step(span, wanted);
    constexpr double kSteps[] = {1,          2,    5,        10,       15,        30,        60,        120,
                                 300,        600,  900,      1800,     kHour,     2 * kHour, 3 * kHour, 6 * kHour,
                                 12 * kHour, kDay, 2 * kDay, 7 * kDay, 14 * kDay, 28 * kDay, 56 * kDay};
    for (const double step : kSteps)
        if (step >= raw * (1 - 1e-9)) return step;
    return round_step(span / kDay, wanted) * kDay;
}

std::chrono::year_month_day date_of(std::int64_t unix_days) {
    return std::chrono::sys_days(std::chrono::days(unix_days));
}

std::int64_t day_of(double unix_seconds) {
    return static_cast<std::int64_t>(std::floor(unix_seconds / kDay));
}

std::string date_label(double unix_seconds, double step, bool with_day) {
    constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::int64_t day = day_of(unix_seconds);
    const auto date = date_of(day);
    const char* month = kMonths[static_cast<unsigned>(date.month()) - 1];
    if (step >= 365 * kDay) return fmt::format("{}", static_cast<int>(date.year()));
    if (step >= 28 * kDay) return fmt::format("{} {}", month, static_cast<int>(date.year()));
    const std::string days = fmt::format("{} {}", static_cast<unsigned>(date.day()), month);
    if (step >= kDay) return days;
    const auto second = static_cast<std::int64_t>(std::llround(unix_seconds - static_cast<double>(day) * kDay));
    if (second == 0 || with_day)
        return second == 0 ? days : fmt::format("{} {:02}:{:02}", days, second / 3600, second / 60 % 60);
    return step >= 60 ? fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60)
                      : fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

/// Firsts of every so many months.
std::vector<Tick> month_ticks(double low, double high, double start, int months) {
    std::vector<Tick> out;
    const auto first = date_of(day_of(low + start));
    const int years = std::max(1, months / 12);  // whole ones: 2010, 2015, 2020
    const int year = static_cast<int>(first.year());
    auto month = std::chrono::year(year - (year % years + years) % years) / std::chrono::January;
    for (; out.size() < kMost; month += std::chrono::months(months)) {
        const double at =
            static_cast<double>(std::chrono::sys_days(month / 1).time_since_epoch().count()) * kDay - start;
        if (at > high || !month.ok()) break;
        if (at >= low) out.push_back({at, date_label(at + start, months >= 12 ? 365 * kDay : 28 * kDay, false)});
    }
    return out;
}

}  // namespace

std::string number_label(double value, double step) {
    if (value == 0) return "0";
    if (std::abs(value) >= 1e9 || std::abs(value) < 1e-4) return fmt::format("{:.3g}", value);
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
    std::string out = fmt::format("{:.{}f}", value, decimals);
    if (std::abs(value) >= 1e4 && decimals == 0)
        for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > (out[0] == '-' ? 1 : 0); at -= 3)
            out.insert(static_cast<std::size_t>(at), ",");
    return out;
}

std::string duration_label(double seconds) {
    if (seconds == 0) return "0";
    if (seconds < 0) return "-" + duration_label(-seconds);
    if (seconds < 60) return fmt::format("{:.4g} s", seconds);
    if (seconds >= 1e12) return fmt::format("{:.3g} d", seconds / kDay);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    const auto days = whole / 86400;
    const auto hours = whole / 3600;
    if (whole % 86400 == 0) return fmt::format("{} d", days);
    if (days >= 2) return fmt::format("{} d {} h", days, hours % 24);
    if (whole % 3600 == 0) return fmt::format("{} h", hours);
    if (hours > 0) return fmt::format("{} h {:02}", hours, whole / 60 % 60);
    if (whole % 60 == 0) return fmt::format("{} min", whole / 60);
    return fmt::format("{} min {:02}", whole / 60, whole % 60);
}

std::vector<Tick> number_ticks(double low, double high, int wanted) {
    std::vector<Tick> out;
    if (!usable(low, high)) return out;
    if (low == high) return {{low, number_label(low, std::max(std::abs(low) / 100, 1e-6))}};
    const double step = round_step(high - low, wanted);
    for (const double at : multiples(low, high, step)) out.push_back({at, number_label(at, step)});
    return out;
}

std::vector<Tick> log_ticks(double low, double high, int wanted) {
    std::vector<Tick> out;
    if (!usable(low, high) || low <= 0) return out;
    const double decades = std::log10(high) - std::log10(low);
    if (decades < 0.7) return number_ticks(low, high, wanted);
    const int every = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, wanted))));
    const int first = static_cast<int>(std::floor(std::log10(low)));
    for (int power = first; power <= first + static_cast<int>(decades) + 1; ++power) {
        if ((power - first) % every != 0) continue;
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (factor != 1 && decades * 3 > wanted) break;
            const double at = factor * std::pow(10, power);
            if (at >= low * (1 - 1e-9) && at <= high * (1 + 1e-9) && out.size() < kMost)
                out.push_back({at, number_label(at, at)});
        }
    }
    return out;
}

std::vector<Tick> duration_ticks(double low, double high, int wanted) {
    std::vector<Tick> out;
    if (!usable(low, high)) return out;
    if (low == high) return {{low, duration_label(low)}};
    for (const double at : multiples(low, high, time_step(high - low, wanted))) out.push_back({at, duration_label(at)});
    return out;
}

std::vector<Tick> log_duration_ticks(double low, double high) {
    std::vector<Tick> out;
    if (!usable(low, high) || low <= 0) return out;
    for (const double at : {0.01, 0.1, 1.0, 10.0, 60.0, 600.0, kHour, 6 * kHour, kDay, 7 * kDay, 70 * kDay, 700 * kDay})
        if (at >= low && at <= high) out.push_back({at, duration_label(at)});
    return out.size() >= 2 ? out : duration_ticks(low, high, 4);
}

std::vector<Tick> date_ticks(double low, double high, std::int64_t start_unix, int wanted) {
    std::vector<Tick> out;
    const auto start = static_cast<double>(start_unix);
    // Beyond the years that a calendar counts, dates say nothing.
    if (!usable(low, high) || std::abs(low + start) > 2e11 || std::abs(high + start) > 2e11) return out;
    if (low == high) return {{low, date_label(low + start, 60, true)}};
    double step = time_step(high - low, wanted);
    if (step > 14 * kDay) {
        for (const int months : {1, 3, 6, 12, 60, 120, 600})
            if (months * 31.0 * kDay * std::max(1, wanted) >= high - low || months == 600)
                return month_ticks(low, high, start, months);
    }
    step = std::max(step, 1.0);
    // Steps of weeks begin on Mondays: 5 January 1970 was one.
    const double origin = step >= 7 * kDay ? 4 * kDay : 0;
    for (const double at : multiples(low + start - origin, high + start - origin, step))
        out.push_back({at + origin - start, date_label(at + origin, step, out.empty())});
    return out;
}

}  // namespace gatesim::picture
