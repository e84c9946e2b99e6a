#include "scenario/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

namespace gatesim::units {

namespace {

struct Unit {
    std::string_view name;
    double size;
};

constexpr Unit kTimes[] = {{"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}, {"w", 604800}};
constexpr double kPerDay = 1.0 / 86400;
constexpr Unit kRates[] = {{"s", 1},
                           {"second", 1},
                           {"m", 1.0 / 60},
                           {"minute", 1.0 / 60},
                           {"h", 1.0 / 3600},
                           {"hour", 1.0 / 3600},
                           {"d", kPerDay},
                           {"day", kPerDay},
                           {"w", kPerDay / 7},
                           {"week", kPerDay / 7},
                           {"weekday", kPerDay * 5 / 7}};
constexpr Unit kPrices[] = {{"USD/h", 1}, {"USD/hour", 1}, {"USD/d", 1.0 / 24}, {"USD/day", 1.0 / 24}};
constexpr Unit kSizes[] = {
    {"B", 1},    {"KiB", 1024}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}, {"TiB", 1099511627776.0},
    {"kB", 1e3}, {"MB", 1e6},   {"GB", 1e9},        {"TB", 1e12}};

/// Takes digits with an optional fraction from the front of `text`; nothing if there are none.
std::optional<double> take_number(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end == 0) return std::nullopt;
    if (end + 1 < text.size() && text[end] == '.' && text[end + 1] >= '0' && text[end + 1] <= '9') {
        ++end;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    }
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + end, value, std::chars_format::fixed);
    text.remove_prefix(end);
    return result.ec == std::errc{} ? value : HUGE_VAL;
}

void skip_blank(std::string_view& text) {
    if (text.starts_with(' ')) text.remove_prefix(1);
}

std::string_view take_word(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && text[end] != ' ' && (text[end] < '0' || text[end] > '9')) ++end;
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

const Unit* find(std::span<const Unit> units, std::string_view name) {
    for (const Unit& unit : units) {
        if (unit.name == name) return &unit;
    }
    return nullptr;
}

std::string names(std::span<const Unit> units) {
    std::string out;
    for (const Unit& unit : units) out.append(out.empty() ? "" : " ").append(unit.name);
    return out;
}

/// What is wrong with the beginning of a text that does not begin with a number.
std::string no_number(std::string_view text) {
    if (text.empty()) return "it is empty";
    return text.starts_with('-') ? "it is negative" : "it does not begin with a number";
}

std::string bad_unit(std::string_view unit, std::span<const Unit> units) {
    if (unit.empty()) return fmt::format("it has no unit ({})", names(units));
    return fmt::format("\"{}\" is not one of its units ({})", unit.substr(0, 20), names(units));
}

/// NUMBER [blank] UNIT, nothing else.
Reading<double> read_one(std::string_view text, std::span<const Unit> units) {
    const auto number = take_number(text);
    if (!number) return {std::nullopt, no_number(text)};
    skip_blank(text);
    const Unit* unit = find(units, text);
    if (unit == nullptr) return {std::nullopt, bad_unit(text, units)};
    const double value = *number * unit->size;
    if (!std::isfinite(value)) return {std::nullopt, "it is too large"};
    return {value, ""};
}

}  // namespace

const char* const kTimePattern = "^[0-9]+(\\.[0-9]+)? ?(us|ms|s|m|h|d|w)( ?[0-9]+(\\.[0-9]+)? ?(us|ms|s|m|h|d|w))*$";
const char* const kSharePattern = "^[0-9]+(\\.[0-9]+)? ?%$";
const char* const kRatePattern = "^[0-9]+(\\.[0-9]+)? ?/ ?(s|second|m|minute|h|hour|d|day|w|week|weekday)$";
const char* const kPricePattern = "^[0-9]+(\\.[0-9]+)? ?USD/(h|hour|d|day)$";

Reading<Time> read_time(std::string_view text) {
    if (text.empty()) return {std::nullopt, no_number(text)};
    double micros = 0;
    while (!text.empty()) {
        const auto number = take_number(text);
        if (!number) return {std::nullopt, no_number(text)};
        skip_blank(text);
        const std::string_view word = take_word(text);
        const Unit* unit = find(kTimes, word);
        if (unit == nullptr) return {std::nullopt, bad_unit(word, kTimes)};
        micros += *number * std::round(unit->size * 1e6);
        if (text == " ") return {std::nullopt, "it ends with a blank"};
        skip_blank(text);
    }
    if (!(micros <= static_cast<double>(kLongest))) return {std::nullopt, "it is longer than 1000 years"};
    return {static_cast<Time>(std::nearbyint(micros)), ""};
}

Reading<double> read_share(std::string_view text) {
    static constexpr Unit kPercent[] = {{"%", 0.01}};
    std::string_view rest = text;
    const auto number = take_number(rest);
    if (!number) return {std::nullopt, no_number(rest)};
    skip_blank(rest);
    if (rest != "%") return {std::nullopt, bad_unit(rest, kPercent)};
    return {*number / 100, ""};  // divided, not multiplied by 0.01: "7%" is the double nearest to 0.07
}

Reading<double> read_rate(std::string_view text) {
    const auto number = take_number(text);
    if (!number) return {std::nullopt, no_number(text)};
    skip_blank(text);
    if (!text.starts_with('/')) return {std::nullopt, "it has no \"/\" with a unit of time behind it"};
    text.remove_prefix(1);
    skip_blank(text);
    const Unit* unit = find(kRates, text);
    if (unit == nullptr) return {std::nullopt, bad_unit(text, kRates)};
    if (!std::isfinite(*number)) return {std::nullopt, "it is too large"};
    return {*number * unit->size, ""};
}

RatePer rate_per(std::string_view text) {
    std::string_view unit = text.substr(std::min(text.size(), text.find('/') + 1));
    skip_blank(unit);
    if (unit == "d" || unit == "day") return RatePer::day;
    if (unit == "w" || unit == "week") return RatePer::week;
    return unit == "weekday" ? RatePer::weekday : RatePer::hour;
}

Reading<double> read_price(std::string_view text) {
    return read_one(text, kPrices);
}

Reading<double> read_size(std::string_view text) {
    return read_one(text, kSizes);
}

std::string_view what_is(std::string_view text) {
    if (read_time(text).value) return "a time";
    if (read_share(text).value) return "a share";
    if (read_rate(text).value) return "a rate";
    if (read_price(text).value) return "a price";
    if (read_size(text).value) return "a size";
    if (text.starts_with('-')) text.remove_prefix(1);
    return take_number(text) && text.empty() ? "a number" : "";
}

std::string print_time(Time time) {
    static constexpr Unit kSplit[] = {{"d", 86400e6}, {"h", 3600e6}, {"m", 60e6}};
    if (time == 0) return "0s";
    if (time < kSecond) return time % 1000 == 0 ? fmt::format("{}ms", time / 1000) : fmt::format("{}us", time);
    std::string out;
    for (const Unit& unit : kSplit) {
        const auto size = static_cast<Time>(unit.size);
        if (time >= size) out += fmt::format("{}{}", time / size, unit.name);
        time %= size;
    }
    if (time > 0) out += fmt::format("{}s", seconds(time));
    return out;
}

}  // namespace gatesim::units
