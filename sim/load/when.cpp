#include "load/when.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace gatesim {

namespace {

constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr const char* kAllowed = "a time is ISO 8601 (2013-06-24T04:57:13Z) or Unix seconds (1372049833)";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes things off the front of a text; `ok` stays false once one of them was not there.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    int number(std::size_t digits) {
        if (!ok || rest.size() < digits || !std::all_of(rest.begin(), rest.begin() + digits, is_digit)) {
            ok = false;
            return 0;
        }
        int value = 0;
        for (const char c : rest.substr(0, digits)) value = value * 10 + (c - '0');
        rest.remove_prefix(digits);
        return value;
    }
    bool maybe(std::string_view any_of) {
        if (!ok || rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
        rest.remove_prefix(1);
        return true;
    }
    void must(char c) { ok = maybe({&c, 1}) && ok; }

    /// A decimal fraction after its point, in microseconds; digits beyond the sixth are cut off.
    std::int64_t fraction() {
        std::int64_t value = 0;
        int digits = 0;
        for (; !rest.empty() && is_digit(rest.front()); rest.remove_prefix(1), ++digits) {
            if (digits < 6) value = value * 10 + (rest.front() - '0');
        }
        if (digits == 0) ok = false;
        for (; digits < 6; ++digits) value *= 10;
        return value;
    }
};

std::optional<Time> parse_unix(std::string_view text, std::string& why) {
    Scanner scan{text};
    std::int64_t value = 0;
    for (; !scan.rest.empty() && is_digit(scan.rest.front()); scan.rest.remove_prefix(1)) {
        value = std::min(value * 10 + (scan.rest.front() - '0'), kLastSecond + 1);
    }
    const std::int64_t micros = scan.maybe(".") ? scan.fraction() : 0;
    if (!scan.ok || !scan.rest.empty()) {
        why = fmt::format("\"{}\" is not a time; {}", text, kAllowed);
        return std::nullopt;
    }
    if (value > kLastSecond) {
        why = fmt::format("{} seconds is after the year 9999; are these milliseconds?", text);
        return std::nullopt;
    }
    return value * kSecond + micros;
}

std::optional<Time> parse_iso(std::string_view text, std::string& why) {
    Scanner scan{text};
    const int year = scan.number(4);
    scan.must('-');
    const int month = scan.number(2);
    scan.must('-');
    const int day = scan.number(2);
    int hour = 0, minute = 0, second = 0, offset = 0;
    std::int64_t micros = 0;
    if (scan.maybe("Tt ")) {
        hour = scan.number(2);
        scan.must(':');
        minute = scan.number(2);
        if (scan.maybe(":")) {
            second = scan.number(2);
            if (scan.maybe(".,")) micros = scan.fraction();
        }
        const char sign = scan.rest.empty() ? ' ' : scan.rest.front();
        if (scan.maybe("+-")) {
            const int hours = scan.number(2);
            scan.maybe(":");
            const int minutes = scan.rest.empty() ? 0 : scan.number(2);
            if (hours > 14 || minutes > 59) scan.ok = false;
            offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
        } else {
            scan.maybe("Zz");
        }
    }
    if (!scan.ok || !scan.rest.empty()) {
        why = fmt::format("\"{}\" is not a time; {}", text, kAllowed);
        return std::nullopt;
    }
    const date::year_month_day civil{date::year{year}, date::month{static_cast<unsigned>(month)},
                                     date::day{static_cast<unsigned>(day)}};
    if (!civil.ok() || hour > 23 || minute > 59 || second > 59) {
        why = fmt::format("\"{}\" is not a date of the calendar, or not a time of day", text);
        return std::nullopt;
    }
    const std::int64_t days = date::sys_days{civil}.time_since_epoch().count();
    const std::int64_t seconds = days * 86400 + hour * 3600 + (minute - offset) * 60 + second;
    if (seconds < 0 || seconds > kLastSecond) {
        why = fmt::format("\"{}\" is not between 1970 and 9999", text);
        return std::nullopt;
    }
    return seconds * kSecond + micros;
}

}  // namespace

std::optional<Time> parse_when(std::string_view text, std::string& why) {
    if (text.empty() || text.size() > 40) {
        why = fmt::format("a text of {} bytes is not a time; {}", text.size(), kAllowed);
        return std::nullopt;
    }
    if (text.size() > 1 && text[0] == '-' && is_digit(text[1])) {
        why = fmt::format("\"{}\" is before 1970; {}", text, kAllowed);
        return std::nullopt;
    }
    const bool iso = text.size() > 4 && text[4] == '-';
    return iso ? parse_iso(text, why) : parse_unix(text, why);
}

std::string format_when(Time since_1970) {
    const std::int64_t whole = since_1970 / kSecond - (since_1970 % kSecond < 0 ? 1 : 0);
    const std::int64_t micros = since_1970 - whole * kSecond;
    const date::sys_seconds moment{std::chrono::seconds{whole}};
    const auto day = date::floor<date::days>(moment);
    const date::year_month_day civil{day};
    const date::hh_mm_ss clock{moment - day};
    std::string fraction;
    if (micros != 0) {
        fraction = fmt::format(".{:06}", micros);
        fraction.erase(fraction.find_last_not_of('0') + 1);
    }
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(civil.year()),
                       static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), fraction);
}

}  // namespace gatesim
