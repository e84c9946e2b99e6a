// Numbers in words: lengths, counts, lists and dates.
#include <fmt/format.h>

#include "record/words.hpp"

namespace gatesim {

std::string length_text(Time length) {
    if (length < 10 * kSecond && length % kSecond != 0) return fmt::format("{:.2g} s", seconds(length));
    const std::int64_t s = (length + kSecond / 2) / kSecond;
    if (s < 120) return fmt::format("{} s", s);
    const std::int64_t m = (s + 30) / 60;
    if (s % 60 == 0 ? m < 120 : m < 60)
        return s < 600 && s % 60 ? fmt::format("{} min {} s", s / 60, s % 60) : fmt::format("{} min", m);
    if (m < 48 * 60) return m % 60 ? fmt::format("{} h {:02} min", m / 60, m % 60) : fmt::format("{} h", m / 60);
    const std::int64_t h = (m + 30) / 60;
    return h % 24 ? fmt::format("{} d {} h", h / 24, h % 24) : fmt::format("{} d", h / 24);
}

std::string list_text(const std::vector<std::string>& words) {
    if (words.empty()) return "nothing";
    std::size_t shown = words.size() > 5 ? 4 : words.size() - 1;
    std::string out;
    for (std::size_t i = 0; i < shown; ++i) out += (i ? ", " : "") + words[i];
    if (shown == 0) return words[0];
    return out + " and " + (words.size() > 5 ? fmt::format("{} more", words.size() - shown) : words.back());
}

std::string counted(std::int64_t count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string seconds_text(Time time) {
    std::string out = fmt::format("{}{}", time < 0 ? "-" : "", (time < 0 ? -time : time) / kSecond);
    const std::int64_t rest = (time < 0 ? -time : time) % kSecond;
    if (rest == 0) return out;
    out += fmt::format(".{:06}", rest);
    out.erase(out.find_last_not_of('0') + 1);
    return out;
}

namespace {

struct Calendar {
    std::int64_t year;
    int month, day;
};

/// Gregorian date of a day counted from 1970-01-01; years begin in March so that the leap day comes last.
Calendar date_of(std::int64_t days) {
    const std::int64_t from_march_0 = days + 719468;
    const std::int64_t era = (from_march_0 >= 0 ? from_march_0 : from_march_0 - 146096) / 146097;
    const std::int64_t day_of_era = from_march_0 - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = static_cast<int>((5 * day_of_year + 2) / 153);
    const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return {year_of_era + era * 400 + (month <= 2), month,
            static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0);
}

}  // namespace

std::string iso_text(Time time, const Period& period) {
    if (!period.has_start) return "";
    const std::int64_t since_1970 = period.start_unix + floor_div(time, kSecond);
    const std::int64_t micros = time - floor_div(time, kSecond) * kSecond;
    const std::int64_t days = floor_div(since_1970, 86400);
    const std::int64_t s = since_1970 - days * 86400;
    const Calendar date = date_of(days);
    std::string out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", date.year, date.month, date.day, s / 3600,
                                  s / 60 % 60, s % 60);
    if (micros) {
        out += fmt::format(".{:06}", micros);
        out.erase(out.find_last_not_of('0') + 1);
    }
    return out + "Z";
}

std::string clock_text(Time time, const Period& period) {
    if (period.has_start) {
        const std::string iso = iso_text(time, period);
        return iso.substr(5, 5) + " " + iso.substr(11, 8);
    }
    const std::int64_t s = time / kSecond;
    return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

}  // namespace gatesim
