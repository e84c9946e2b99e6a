#include "infer/reruns.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "chance/draw.hpp"

namespace gatesim::infer {

namespace {

constexpr double kDrop = 3.841458820694124 / 2;  ///< of the log likelihood at the ends of a 95 % interval
constexpr std::size_t kDraws = 500;
constexpr std::uint64_t kSeed = 20251028;

double term(std::size_t n, double chance) {
    return n == 0 ? 0 : static_cast<double>(n) * std::log(std::max(chance, 1e-300));
}

using Again = std::optional<double>;

double log_likelihood(const Counts& c, const Split& s, const Again& again) {
    const double good = 1 - s.defect, twice = again.value_or(s.flake);
    return term(c.firsts - c.red, good * (1 - s.flake)) + term(c.passed, good * s.flake * (1 - twice)) +
           term(c.again - c.passed, s.defect + good * s.flake * twice) +
           term(c.red - c.again, s.defect + good * s.flake);
}

/// The greatest value of f between 0 and 1; f has one peak.
double peak(const std::function<double(double)>& f) {
    double low = 0, high = 1;
    constexpr double kGolden = 0.6180339887498949;
    double a = high - kGolden, b = low + kGolden, at_a = f(a), at_b = f(b);
    for (int i = 0; i < 60; ++i) {
        if (at_a < at_b) {
            low = a;
            a = b;
            at_a = at_b;
            b = low + kGolden * (high - low);
            at_b = f(b);
        } else {
            high = b;
            b = a;
            at_b = at_a;
            a = high - kGolden * (high - low);
            at_a = f(a);
        }
    }
    return std::max({at_a, at_b, f(0), f(1)});
}

/// From `inside` towards `end` the point where `fits` stops.
double edge(double inside, double end, const std::function<bool(double)>& fits) {
    if (fits(end)) return end;
    for (int i = 0; i < 50; ++i) {
        const double middle = (inside + end) / 2;
        (fits(middle) ? inside : end) = middle;
    }
    return inside;
}

void likelihood_interval(const Counts& c, const Again& again, Value& value, bool flake) {
    const auto profile = [&](double v) {
        return peak([&](double other) { return log_likelihood(c, flake ? Split{v, other} : Split{other, v}, again); });
    };
    const double best = peak(profile) - kDrop;
    const auto fits = [&](double v) { return profile(v) >= best; };
    value.low = edge(value.value, 0, fits);
    value.high = edge(value.value, 1, fits);
}

Split split_of(const Counts& c, const Again& again) {
    const double a = static_cast<double>(c.red) / static_cast<double>(c.firsts);
    const double b = static_cast<double>(c.passed) / static_cast<double>(c.again);
    return again ? split_red(a, b, *again) : split_red(a, b);
}

/// Takes the draws' 2.5 % and 97.5 % where they lie outside.
void widen(Value& value, std::vector<double>& draws) {
    if (draws.empty()) return;
    std::sort(draws.begin(), draws.end());
    const std::size_t tail = draws.size() / 40;
    value.low = std::min(*value.low, draws[tail]);
    value.high = std::max(*value.high, draws[draws.size() - 1 - tail]);
}

void bootstrap(const std::vector<Outcome>& outcomes, const Again& again, Reds& out) {
    std::map<std::uint32_t, Counts> by;
    for (const Outcome& o : outcomes) by[o.of].add(o);
    std::vector<Counts> parts;
    for (const auto& [of, counts] : by) parts.push_back(counts);
    const Luck luck(kSeed, 1);
    std::vector<double> flakes, defects;
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
        Counts sum;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const double u = luck.uniform(Purpose::selection, draw, i);
            const Counts& c = parts[static_cast<std::size_t>(u * static_cast<double>(parts.size()))];
            sum.firsts += c.firsts;
            sum.red += c.red;
            sum.again += c.again;
            sum.passed += c.passed;
        }
        if (sum.firsts == 0 || (sum.red > 0 && sum.again == 0)) continue;
        const Split s = sum.red == 0 ? Split{} : split_of(sum, again);
        flakes.push_back(s.flake);
        defects.push_back(s.defect);
    }
    widen(out.flake, flakes);
    widen(out.defect, defects);
}

}  // namespace

Split split_red(double a, double b) {
    if (a <= 0) return {};
    const double rest = 1 - a - a * b;
    const double x = rest > 0 ? a * b * (1 - a) / rest : a;
    if (x >= a) return {a, 0};
    return {x / (1 - a + x), a - x};
}

Split split_red(double a, double b, double again) {
    if (a <= 0) return {};
    const double x = a * b / std::max(1e-9, 1 - again);
    if (x >= a) return {a, 0};
    return {x / (1 - a + x), a - x};
}

void Counts::add(const Outcome& outcome) {
    ++firsts;
    red += outcome.red ? 1 : 0;
    again += outcome.red && outcome.passed_again ? 1 : 0;
    passed += outcome.red && outcome.passed_again.value_or(false) ? 1 : 0;
}

Reds reds_of(const std::vector<Outcome>& outcomes, std::optional<double> again) {
    Reds out;
    for (const Outcome& o : outcomes) out.counts.add(o);
    const Counts& c = out.counts;
    out.flake.n = out.defect.n = c.firsts;
    if (c.firsts == 0) {
        out.flake.low = out.defect.low = 0;
        out.flake.high = out.defect.high = 1;
        return out;
    }
    out.bounds = c.red > 0 && c.again == 0;
    const double a = static_cast<double>(c.red) / static_cast<double>(c.firsts);
    const Split s = c.red == 0 ? Split{} : out.bounds ? Split{a / 2, a / 2} : split_of(c, again);
    out.flake.value = s.flake;
    out.defect.value = s.defect;
    likelihood_interval(c, again, out.flake, true);
    likelihood_interval(c, again, out.defect, false);
    if (c.red > 0 && !out.bounds) bootstrap(outcomes, again, out);
    return out;
}

void split_by_flake(Reds& reds, double flake) {
    const Counts& c = reds.counts;
    if (!reds.bounds || flake >= 1) return;
    const double a = static_cast<double>(c.red) / static_cast<double>(c.firsts);
    reds.flake.value = std::min(a, flake);
    reds.defect.value = std::max(0.0, (a - flake) / (1 - flake));
    reds.bounds = false;
}

}  // namespace gatesim::infer
