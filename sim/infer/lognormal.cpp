#include "infer/lognormal.hpp"

#include <algorithm>
#include <cmath>

#include "infer/statistics.hpp"
#include "measure/student.hpp"

namespace gatesim::infer {

namespace {

constexpr double kLeastSigma = 1e-4;
constexpr double kRare = 1e-12;  ///< a chance below this says that the bounds lie far out: take the nearer one

/// The logarithms of the lengths: sums of the known, bounds of the others.
struct Logs {
    double n = 0, sum = 0, squares = 0;
    std::vector<std::pair<double, double>> bounds;

    explicit Logs(const std::vector<Length>& lengths) {
        for (const Length& l : lengths) {
            if (!l.exact()) {
                bounds.emplace_back(std::log(l.low), std::log(l.high));
                continue;
            }
            const double y = std::log(l.low);
            ++n;
            sum += y;
            squares += y * y;
        }
    }
    double size() const { return n + static_cast<double>(bounds.size()); }
};

double log_likelihood(const Logs& logs, double mu, double sigma) {
    const double off = logs.squares - 2 * mu * logs.sum + logs.n * mu * mu;
    double out = -logs.n * std::log(sigma) - off / (2 * sigma * sigma);
    for (const auto& [low, high] : logs.bounds) {
        const double below = normal_cdf((low - mu) / sigma), above = normal_cdf(-(high - mu) / sigma);
        const double between = low > mu ? normal_cdf(-(low - mu) / sigma) - above : 1 - above - below;
        out += std::log(std::max(between, 1e-300));
    }
    return out;
}

/// What is expected of a normal value between two bounds: itself and its square.
std::pair<double, double> expected(double low, double high, double mu, double sigma) {
    const double a = (low - mu) / sigma, b = (high - mu) / sigma;
    const double chance = a > 0 ? normal_cdf(-a) - normal_cdf(-b) : normal_cdf(b) - normal_cdf(a);
    if (chance < kRare) {
        const double near = std::isfinite(low) && a > 0 ? low : high;
        return {near, near * near};
    }
    const double da = std::isfinite(a) ? normal_density(a) : 0, db = std::isfinite(b) ? normal_density(b) : 0;
    const double shift = (da - db) / chance;
    const double bend = ((std::isfinite(a) ? a * da : 0) - (std::isfinite(b) ? b * db : 0)) / chance;
    const double mean = mu + sigma * shift;
    return {mean, sigma * sigma * (1 + bend - shift * shift) + mean * mean};
}

std::pair<double, double> climb(const Logs& logs, double mu, double sigma) {
    for (int step = 0; step < 2000; ++step) {
        double sum = logs.sum, squares = logs.squares;
        for (const auto& [low, high] : logs.bounds) {
            const auto [mean, square] = expected(low, high, mu, sigma);
            sum += mean;
            squares += square;
        }
        const double next = sum / logs.size();
        const double spread = std::sqrt(std::max(squares / logs.size() - next * next, kLeastSigma * kLeastSigma));
        const bool there = std::abs(next - mu) < 1e-9 && std::abs(spread - sigma) < 1e-9;
        mu = next;
        sigma = spread;
        if (there) break;
    }
    return {mu, sigma};
}

/// Variances of mu and of log sigma, from the curvature of the likelihood.
std::pair<double, double> variances(const Logs& logs, double mu, double sigma) {
    const double h = 1e-3, step = h * sigma, s = std::log(sigma);
    const auto at = [&](double m, double l) { return log_likelihood(logs, mu + m * step, std::exp(s + l * h)); };
    const double here = at(0, 0);
    const double mm = -(at(1, 0) - 2 * here + at(-1, 0)) / (step * step);
    const double ll = -(at(0, 1) - 2 * here + at(0, -1)) / (h * h);
    const double ml = -(at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step * h);
    const double determinant = mm * ll - ml * ml;
    return {ll / determinant, mm / determinant};
}

LogNormal known_only(const Logs& logs) {
    const auto n = static_cast<std::size_t>(logs.n);
    const double mean = logs.sum / logs.n, rest = std::max(0.0, logs.squares - logs.n * mean * mean);
    const double s = std::max(kLeastSigma, std::sqrt(rest / (logs.n - 1)));
    const double half = student_quantile(n, 0.95) * s / std::sqrt(logs.n);
    const auto sigma_at = [&](double chance) {
        return s * std::sqrt((logs.n - 1) / chi_squared_quantile(logs.n - 1, chance));
    };
    return {{std::exp(mean), std::exp(mean - half), std::exp(mean + half), n},
            {s, sigma_at(0.975), sigma_at(0.025), n}};
}

}  // namespace

double LogNormal::log_likelihood(const std::vector<Length>& lengths) const {
    return infer::log_likelihood(Logs(lengths), std::log(median.value), sigma.value);
}

std::optional<LogNormal> fit_lognormal(const std::vector<Length>& lengths) {
    const Logs logs(lengths);
    const auto placed = static_cast<std::size_t>(
        std::count_if(lengths.begin(), lengths.end(), [](const Length& l) { return std::isfinite(l.high); }));
    if (placed < 2) return std::nullopt;
    if (logs.bounds.empty()) return known_only(logs);

    double middle = 0;
    for (const Length& l : lengths) middle += std::log(std::max(l.low, std::isfinite(l.high) ? l.high / 2 : l.low));
    const auto [mu, sigma] = climb(logs, middle / logs.size(), 0.5);
    const auto [of_mu, of_log_sigma] = variances(logs, mu, sigma);
    LogNormal out{{std::exp(mu), std::nullopt, std::nullopt, placed}, {sigma, std::nullopt, std::nullopt, placed}};
    if (of_mu > 0 && of_log_sigma > 0) {
        const double t = student_quantile(placed, 0.95);
        out.median.low = std::exp(mu - t * std::sqrt(of_mu));
        out.median.high = std::exp(mu + t * std::sqrt(of_mu));
        out.sigma.low = sigma * std::exp(-t * std::sqrt(of_log_sigma));
        out.sigma.high = sigma * std::exp(t * std::sqrt(of_log_sigma));
    }
    return out;
}

}  // namespace gatesim::infer
