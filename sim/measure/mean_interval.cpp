// The interval of a mean of values that may be skewed, or of which most are the same.
#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "chance/plain_math.hpp"
#include "measure/interval.hpp"
#include "measure/student.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kFew = 12;  // up to so many that differ, their number is what is uncertain

/// How often the sample's skewness counts. Few values show too little of a tail, many show it as it is. Chosen on laws
/// and simulated waits: sim/TRUST.md.
double skewness_counts(double n) {
    return 1.2 + 8 / std::max(10.0, n);
}

/// The farthest an end may lie, in Student's half widths: the cubic turns wild where few values say little.
double farthest(double n) {
    return 1 + skewness_counts(n);
}

struct Ends {
    double low, high;
};

double sum(const std::vector<double>& values) {
    double out = 0;
    for (double v : values) out += v;
    return out;
}

/// Where Hall's transformation T(x) = x + a x^2/3 + a^2 x^3/27 + a/6 of the studentised mean takes the value y.
double hall_inverse(double a, double y) {
    return std::abs(a) < 1e-9 ? y : 3 / a * (std::cbrt(1 + a * (y - a / 6)) - 1);
}

Ends of_spread(const std::vector<double>& x, double mean, double level) {
    const double n = static_cast<double>(x.size());
    double squares = 0, cubes = 0;
    for (double v : x) {
        squares += (v - mean) * (v - mean);
        cubes += (v - mean) * (v - mean) * (v - mean);
    }
    const double error = std::sqrt(squares / (n - 1) / n);
    const double t = student_quantile(x.size(), level);
    if (x.size() < 3) return {mean - t * error, mean + t * error};
    const double skewness = cubes / n / std::pow(squares / n, 1.5) * std::sqrt(n * (n - 1)) / (n - 2);
    const double a = skewness_counts(n) * skewness / std::sqrt(n);
    const double below = std::clamp(hall_inverse(a, t), t, farthest(n) * t);
    const double above = std::clamp(-hall_inverse(a, -t), t, farthest(n) * t);
    return {mean - below * error, mean + above * error};
}

/// The exact interval of a share of which `k` of `n` were seen (Clopper and Pearson).
Ends of_share(std::size_t k, std::size_t n, double level) {
    const double tail = (1 - level) / 2, a = static_cast<double>(k), rest = static_cast<double>(n - k);
    return {k == 0 ? 0 : boost::math::ibeta_inv(a, rest + 1, tail, PlainMath()),
            k == n ? 1 : boost::math::ibetac_inv(a + 1, rest, tail, PlainMath())};
}

/// What those that differ from `usual` can do to the mean, if their share is what is uncertain: at most so many, each
/// 1 + 2/k times as far off as the farthest of the k that were seen (of few sizes little is known); at least so few,
/// each as far off as they are on average.
Ends of_few(const std::vector<double>& x, double usual, double tolerance, double level) {
    struct Side {
        double total = 0, farthest = 0;
        std::size_t count = 0;
    };
    Side up, down;
    for (double v : x) {
        const double off = std::abs(v - usual);
        if (off <= tolerance) continue;
        Side& side = v > usual ? up : down;
        side.total += off;
        side.farthest = std::max(side.farthest, off);
        ++side.count;
    }
    const auto reach = [&](const Side& side) {
        if (side.count == 0) return Ends{0, 0};
        const Ends share = of_share(side.count, x.size(), level);
        const double count = static_cast<double>(side.count);
        return Ends{share.low * side.total / count, share.high * side.farthest * (1 + 2 / count)};
    };
    const Ends plus = reach(up), minus = reach(down);
    return {usual + plus.low - minus.high, usual + plus.high - minus.low};
}

/// The most common value, and how many are it.
std::pair<double, std::size_t> most_common(std::vector<double> x, double tolerance) {
    std::sort(x.begin(), x.end());
    std::pair<double, std::size_t> best = {x.front(), 0};
    for (std::size_t first = 0, i = 0; i < x.size(); ++i) {
        if (x[i] - x[first] > tolerance) first = i;
        if (i - first + 1 > best.second) best = {x[first], i - first + 1};
    }
    return best;
}

}  // namespace

double may_differ(std::size_t n, double level) {
    return n == 0 ? 1 : 1 - std::pow(1 - level, 1 / static_cast<double>(n));
}

Estimate truth_interval(const std::vector<std::optional<double>>& values, double level) {
    Estimate out;
    std::size_t so = 0;
    for (const auto& v : values) {
        out.n += v.has_value();
        so += v && *v != 0;
    }
    if (out.n == 0) return out;
    const Ends ends = of_share(so, out.n, level);
    out.mean = static_cast<double>(so) / static_cast<double>(out.n);
    out.low = ends.low;
    out.high = ends.high;
    return out;
}

Estimate mean_interval(const std::vector<std::optional<double>>& values, double level, double scale) {
    Estimate out;
    std::vector<double> x;
    for (const auto& v : values) {
        if (v) x.push_back(*v);
        if (v) scale = std::max(scale, std::abs(*v));
    }
    out.n = x.size();
    if (x.empty()) return out;
    const double mean = sum(x) / static_cast<double>(x.size());
    out.mean = mean;
    if (x.size() < 2) return out;
    const double tolerance = 1e-12 * scale;
    const auto [usual, alike] = most_common(x, tolerance);
    if (alike == x.size()) {
        out.mean = usual;
        out.alike = true;
        out.unseen = may_differ(x.size(), level);
        return out;
    }
    Ends ends = of_spread(x, mean, level);
    const std::size_t few = x.size() - alike;
    if (few <= kFew && 2 * few < x.size()) {
        const Ends exact = of_few(x, usual, tolerance, level);
        ends = {std::min(ends.low, exact.low), std::max(ends.high, exact.high)};
    }
    out.low = ends.low;
    out.high = ends.high;
    return out;
}

}  // namespace gatesim
