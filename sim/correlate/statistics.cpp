#include "correlate/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gatesim::correlate {

namespace {

constexpr std::uint64_t kExact = 400;

double log_factorial(std::uint64_t n) {
    static thread_local std::vector<double> table{0};
    while (table.size() <= n) table.push_back(table.back() + std::log(static_cast<double>(table.size())));
    return table[n];
}

/// Chances of 0, 1 … `drawn` failed among the drawn.
std::vector<double> chances(const Stratum& s) {
    std::vector<double> out(s.drawn + 1, 0);
    const double all = log_choose(s.runs, s.drawn);
    for (std::uint64_t k = 0; k <= s.drawn; ++k) {
        if (k > s.bad || s.drawn - k > s.runs - s.bad) continue;
        out[k] = std::exp(log_choose(s.bad, k) + log_choose(s.runs - s.bad, s.drawn - k) - all);
    }
    return out;
}

/// Chernoff's bound of the tail, with the best of a row of parameters.
double log_bound(const std::vector<Stratum>& strata, std::uint64_t hits) {
    double best = 0;
    for (double t = 0.05; t < 14; t *= 1.15) {
        double sum = -t * static_cast<double>(hits);
        for (const Stratum& s : strata) {
            const double q = static_cast<double>(s.bad) / static_cast<double>(s.runs);
            sum += static_cast<double>(s.drawn) * std::log(1 - q + q * std::exp(t));
        }
        best = std::min(best, sum);
    }
    return best;
}

/// Benjamini and Hochberg's step-up over the tests of `which`, at that level.
std::vector<bool> step_up(const std::vector<double>& log_p, const std::vector<std::size_t>& which, double level) {
    std::vector<std::size_t> order = which;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return log_p[a] < log_p[b]; });
    std::size_t taken = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
        if (log_p[order[i]] <= std::log(level * static_cast<double>(i + 1) / static_cast<double>(order.size())))
            taken = i + 1;
    std::vector<bool> out(log_p.size(), false);
    for (std::size_t i = 0; i < taken; ++i) out[order[i]] = true;
    return out;
}

}  // namespace

double log_choose(std::uint64_t n, std::uint64_t k) {
    return k > n ? -INFINITY : log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

double log_tail(const std::vector<Stratum>& strata, std::uint64_t hits) {
    std::uint64_t drawn = 0;
    for (const Stratum& s : strata) drawn += s.drawn;
    if (hits == 0) return 0;
    if (hits > drawn) return -INFINITY;
    bool all = true;
    double product = 0;
    for (const Stratum& s : strata) {
        all = all && s.drawn <= s.bad;
        if (s.drawn > 0) product += log_choose(s.bad, s.drawn) - log_choose(s.runs, s.drawn);
    }
    if (hits == drawn) return all ? product : -INFINITY;
    if (drawn > kExact) return log_bound(strata, hits);
    std::vector<double> sum{1};
    for (const Stratum& s : strata) {
        if (s.drawn == 0) continue;
        const std::vector<double> one = chances(s);
        std::vector<double> next(sum.size() + one.size() - 1, 0);
        for (std::size_t i = 0; i < sum.size(); ++i)
            for (std::size_t j = 0; j < one.size(); ++j) next[i + j] += sum[i] * one[j];
        sum = std::move(next);
    }
    double tail = 0;
    for (std::size_t k = sum.size(); k-- > hits;) tail += sum[k];
    return tail > 1e-290 ? std::min(0.0, std::log(tail)) : log_bound(strata, hits);
}

double log_tail(std::uint64_t runs, std::uint64_t part, std::uint64_t drawn, std::uint64_t hits) {
    return log_tail({Stratum{runs, part, drawn}}, hits);
}

std::vector<bool> discoveries(const std::vector<double>& log_p, const std::vector<double>& log_best, double rate) {
    std::vector<double> sorted = log_best;
    std::sort(sorted.begin(), sorted.end());
    // The smallest K for which no more than K tests can reach rate / K.
    std::size_t k = 1;
    for (; k < sorted.size(); ++k) {
        const double level = std::log(rate / static_cast<double>(k));
        if (static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), level) - sorted.begin()) <= k)
            break;
    }
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < log_p.size(); ++i)
        if (log_best[i] <= std::log(rate / static_cast<double>(k))) which.push_back(i);
    return step_up(log_p, which, rate);
}

std::vector<bool> discoveries_simple(const std::vector<double>& log_p, double rate) {
    std::vector<std::size_t> which(log_p.size());
    std::iota(which.begin(), which.end(), 0);
    return step_up(log_p, which, rate);
}

std::uint64_t clean_runs(double rate) {
    if (rate <= 0) return 0;
    return rate >= 0.95 ? 1 : static_cast<std::uint64_t>(std::ceil(std::log(0.05) / std::log1p(-rate)));
}

Sequential sequential(double rate) {
    Sequential out;
    if (rate <= 0 || rate >= 1) {
        out.if_fixed = out.if_not_fixed = 1;
        out.clean = 1;
        return out;
    }
    constexpr double kError = 0.05;
    const double fixed = rate / 10, gain = std::log((1 - fixed) / (1 - rate)), loss = std::log(fixed / rate);
    const double end = std::log((1 - kError) / kError);
    const double mean = (1 - 2 * kError) * end;  // of the sum where it ends, for either truth
    out.if_fixed = mean / ((1 - fixed) * gain + fixed * loss);
    out.if_not_fixed = -mean / ((1 - rate) * gain + rate * loss);
    out.clean = static_cast<std::uint64_t>(std::ceil(end / gain));
    return out;
}

}  // namespace gatesim::correlate
