#include "learn/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/interval.hpp"

namespace gatesim::learn {

namespace {

bool all_same(const Series& series) {
    for (const auto& v : series)
        if (v != series.front()) return false;
    return !series.empty();
}

std::string measured_text(const Estimate& e, const Series& measure, const std::string& unit) {
    if (!e.mean) return "undefined";
    if (all_same(measure)) return amount_text(*e.mean, unit);
    return estimate_text(e, unit);
}

std::string without_end(std::string text) {
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

std::string two_digits(double value) {
    return value < 9.95 ? fmt::format("{:.2g}", value) : fmt::format("{:.0f}", value);
}

/// At most so many digits, no zeros at their end.
std::string short_text(double value, const std::string& unit, int digits) {
    const PrintUnit in = print_unit(unit, value);
    const double v = value / in.divisor;
    const std::string number = std::abs(v) < 1000 ? fmt::format("{:.{}g}", v, digits) : fmt::format("{:.0f}", v);
    return std::abs(v) < 1e15 ? without_end(number + " " + in.text) : amount_text(value, unit);
}

std::string apart(double length, const std::string& unit) {
    return short_text(std::abs(length), unit, 3);
}

/// "too low, by a factor of 3": the factor is one of a few, so that nobody can work out the goal from it.
std::string rough_distance(double yours, double goal) {
    const std::string side = yours < goal ? "too low" : "too high";
    if (yours * goal <= 0) return side;
    const double factor = std::max(yours / goal, goal / yours);
    constexpr double kLittle = 1.4;
    if (factor < kLittle) return "a little " + side;
    static constexpr int kFactors[] = {2, 3, 5, 10, 20, 50, 100, 1000};
    int near = kFactors[0];
    for (const int f : kFactors)
        if (std::abs(std::log(factor / f)) < std::abs(std::log(factor / near))) near = f;
    return fmt::format("{}, by a factor of {}{}", side, near, factor > 2 * near ? " or more" : "");
}

}  // namespace

void hide_goal(Finding& finding) {
    finding.hidden = finding.status != Status::pass && !finding.goal.empty();
    if (!finding.hidden) return;
    finding.goal = "?";
    finding.distance =
        finding.measured && finding.target ? rough_distance(*finding.measured, *finding.target) : "not there";
    finding.target.reset();
    for (auto& room : finding.room) room.reset();
}

std::string amount_text(double value, const std::string& unit) {
    if (unit.empty() || value == 0) {
        const bool whole = std::abs(value) < 1e15 && std::abs(value - std::round(value)) < 1e-9;
        std::string number = whole ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
        if (number == "-0") number = "0";
        const std::string plain_unit = unit == "share" ? "%" : unit;
        return plain_unit.empty() ? number : number + " " + plain_unit;
    }
    return text(value, unit);
}

std::string estimate_text(const Estimate& estimate, const std::string& unit) {
    std::string out = text(estimate, unit);
    if (const std::size_t blanks = out.find("  "); unit.empty() && blanks != std::string::npos) out.erase(blanks, 1);
    return out;
}

void put_into_words(const Check& check, const Series& measure, const Series& goal, Finding& finding) {
    const auto is_share = [](const std::optional<double>& value) { return !value || (*value >= 0 && *value <= 1); };
    Estimate m = mean_interval(measure, kCheckLevel);
    if (check.unit == "share" && std::all_of(measure.begin(), measure.end(), is_share)) m = possible(m, check.unit);
    const Estimate g = mean_interval(goal, kCheckLevel);
    finding.measured = m.mean;
    finding.low = m.low;
    finding.high = m.high;
    finding.target = g.mean;
    finding.yours = measured_text(m, measure, check.unit);
    if (!g.mean) {
        finding.goal = "undefined";
        return;
    }
    // A goal that somebody wrote down is shown as such; one that was measured, with three digits.
    const bool given = check.goal && check.goal->names().empty();
    const std::string target = given ? short_text(*g.mean, check.unit, 6) : amount_text(*g.mean, check.unit);
    switch (check.relation) {
        case Relation::at_least:
            finding.goal = "≥ " + target;
            break;
        case Relation::at_most:
            finding.goal = "≤ " + target;
            break;
        case Relation::within: {
            const std::string width = check.within.relative ? fmt::format("{:g} %", check.within.value * 100)
                                                            : amount_text(check.within.value, check.unit);
            finding.goal = fmt::format("{} ± {}", target, width);
            break;
        }
    }
    if (!m.mean) return;
    const double over = *m.mean - *g.mean;
    if (check.relation == Relation::within) {
        const double off = std::abs(over);
        finding.distance =
            over == 0 ? "exact" : fmt::format("{} {}", apart(over, check.unit), over > 0 ? "above" : "below");
        if (check.within.relative && *g.mean != 0 && off > 1e-12)
            finding.distance =
                fmt::format("{} % {}", two_digits(100 * off / std::abs(*g.mean)), over > 0 ? "above" : "below");
        return;
    }
    const bool right = check.relation == Relation::at_least ? over >= 0 : over <= 0;
    if (std::abs(over) < 1e-9 * std::max(1.0, std::abs(*g.mean)))
        finding.distance = "just there";
    else if (right)
        finding.distance = apart(over, check.unit) + " to spare";
    else
        finding.distance = apart(over, check.unit) + (over > 0 ? " too much" : " short");
}

}  // namespace gatesim::learn
