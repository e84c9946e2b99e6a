#include "study/range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace gatesim {

namespace {

constexpr std::size_t kMostDigits = 15;  // so that no sum of two numbers overflows
constexpr const char* kForm = "a range is FROM..TO or FROM..TO:STEP, as in 10..80:5 or 10m..60m:10m";

/// -12.50m: the digits are a whole number of 1/10^decimals. No floating point: 0.1..0.3:0.1 has three values.
struct Number {
    std::int64_t digits = 0;
    int decimals = 0;
    std::string unit;

    std::int64_t at(int wanted) const {
        std::int64_t out = digits;
        for (int d = decimals; d < wanted; ++d) out *= 10;
        return out;
    }
};

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// Digits, perhaps a point and more digits, perhaps a unit: letters or %. ".." ends a number.
std::optional<Number> read_number(const std::string& text) {
    Number out;
    std::size_t i = text.starts_with('-') ? 1 : 0, used = 0;
    if (i >= text.size() || !is_digit(text[i])) return std::nullopt;
    for (bool point = false; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !point)); ++i) {
        if (text[i] == '.') {
            if (i + 1 >= text.size() || !is_digit(text[i + 1])) return std::nullopt;
            point = true;
            continue;
        }
        out.digits = out.digits * 10 + (text[i] - '0');
        out.decimals += point ? 1 : 0;
        if (++used > kMostDigits) return std::nullopt;
    }
    if (text.starts_with('-')) out.digits = -out.digits;
    out.unit = text.substr(i);
    const bool unit = !out.unit.ends_with('/') && std::all_of(out.unit.begin(), out.unit.end(), [](unsigned char c) {
        return std::isalpha(c) != 0 || c == '%' || c == '/';
    });
    return unit ? std::optional(out) : std::nullopt;
}

/// As short as it can be written: 1.50 is 1.5, 2.0 is 2.
std::string written(std::int64_t digits, int decimals, const std::string& unit) {
    while (decimals > 0 && digits % 10 == 0) {
        digits /= 10;
        --decimals;
    }
    std::string out = std::to_string(digits < 0 ? -digits : digits);
    if (decimals > 0) {
        const auto point = static_cast<std::size_t>(decimals);
        if (out.size() <= point) out.insert(0, point + 1 - out.size(), '0');
        out.insert(out.size() - point, ".");
    }
    return (digits < 0 ? "-" : "") + out + unit;
}

struct Range {
    std::int64_t from, to, step;
    int decimals;
    std::string unit;

    std::string value(std::int64_t at) const { return written(at, decimals, unit); }
};

/// What is wrong with the parts of a range; empty = nothing.
std::string fault_of_units(const Number& from, const Number& to, const std::optional<Number>& step) {
    if (from.unit != to.unit)
        return fmt::format("has the unit {} at one end and {} at the other; write it at both",
                           from.unit.empty() ? "none" : from.unit, to.unit.empty() ? "none" : to.unit);
    if (step && step->unit != from.unit)
        return fmt::format("has a step in another unit than its ends; write {}",
                           written(step->digits, step->decimals, from.unit));
    if (!step && from.decimals + to.decimals > 0)
        return "needs a step, because its ends are not whole numbers: FROM..TO:STEP";
    return "";
}

std::string fault_of(const Range& r) {
    if (r.step <= 0) return "has a step that is not more than 0";
    if (r.from > r.to) return fmt::format("goes down; write {}..{}", r.value(r.to), r.value(r.from));
    const std::int64_t steps = (r.to - r.from) / r.step, last = r.from + steps * r.step;
    if (steps >= static_cast<std::int64_t>(kMostInRange))
        return fmt::format("stands for {} values; at most {}", steps + 1, kMostInRange);
    if (last != r.to)
        return fmt::format("does not reach its end: the last values are {} and {}; write {}..{}:{}", r.value(last),
                           r.value(last + r.step), r.value(r.from), r.value(last), r.value(r.step));
    return "";
}

}  // namespace

std::optional<std::vector<std::string>> expand_range(const std::string& text, std::string& problem) {
    const std::size_t dots = text.find("..");
    const auto from = dots == std::string::npos ? std::nullopt : read_number(text.substr(0, dots));
    if (!from) return std::vector<std::string>{text};
    const auto fail = [&](const std::string& what) {
        problem = fmt::format("{} {}", text, what);
        return std::nullopt;
    };
    std::string end = text.substr(dots + 2);
    const std::size_t colon = end.find(':');
    std::optional<Number> step;
    if (colon != std::string::npos) {
        step = read_number(end.substr(colon + 1));
        if (!step) return fail(fmt::format("has no number as its step; {}", kForm));
        end.resize(colon);
    }
    const auto to = read_number(end);
    if (!to) return fail(fmt::format("has no number as its end; {}", kForm));
    if (const std::string fault = fault_of_units(*from, *to, step); !fault.empty()) return fail(fault);
    const Number by = step.value_or(Number{1, 0, from->unit});
    const int decimals = std::max({from->decimals, to->decimals, by.decimals});
    for (const Number& n : {*from, *to, by})
        if (std::to_string(n.digits).size() + static_cast<std::size_t>(decimals - n.decimals) > kMostDigits + 1)
            return fail("has more digits than a range may have");
    const Range range{from->at(decimals), to->at(decimals), by.at(decimals), decimals, from->unit};
    if (const std::string fault = fault_of(range); !fault.empty()) return fail(fault);
    std::vector<std::string> out;
    for (std::int64_t at = range.from; at <= range.to; at += range.step) out.push_back(range.value(at));
    return out;
}

}  // namespace gatesim
