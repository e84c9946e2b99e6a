#include "chance/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include "chance/plain_math.hpp"

namespace gatesim {

namespace {

constexpr double kZ95 = 1.6448536269514722;  // the standard normal's 95 % quantile

}  // namespace

double standard_normal_quantile(double u) {
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * u, PlainMath());
}

namespace {

double standard_normal_below(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double standard_normal_density(double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

struct Moments {
    double mean;
    double second;  // of the square
};

// Of max(0, X) for a normal X: what lies below zero counts as zero.
Moments cut_normal(double m, double sd) {
    if (sd == 0) return {m, m * m};
    const double z = m / sd;
    const double below = standard_normal_below(z);
    const double density = standard_normal_density(z);
    return {m * below + sd * density, (m * m + sd * sd) * below + m * sd * density};
}

void require(bool condition, const char* what) {
    if (!condition) throw std::invalid_argument(std::string("distribution: ") + what);
}

Distribution make(Distribution::Kind kind, double a, double b) {
    Distribution out;
    out.kind = kind;
    out.a = a;
    out.b = b;
    return out;
}

double empirical_quantile(const std::vector<double>& sorted, double u) {
    const auto n = static_cast<double>(sorted.size());
    const auto rank = static_cast<std::size_t>(std::max(0.0, std::ceil(u * n) - 1));
    return sorted[std::min(rank, sorted.size() - 1)];
}

}  // namespace

Distribution Distribution::constant(double value) {
    require(value >= 0, "a constant must not be negative");
    return make(Kind::constant, value, 0);
}

Distribution Distribution::lognormal(double median, double sigma) {
    require(median > 0 && sigma >= 0, "a lognormal needs a positive median and a sigma that is not negative");
    return make(Kind::lognormal, std::log(median), sigma);
}

Distribution Distribution::lognormal_p50_p95(double p50, double p95) {
    require(p50 > 0 && p95 >= p50, "a lognormal needs 0 < p50 <= p95");
    return make(Kind::lognormal, std::log(p50), std::log(p95 / p50) / kZ95);
}

Distribution Distribution::lognormal_mean_cv(double mean, double cv) {
    require(mean > 0 && cv >= 0, "a lognormal needs a positive mean and a cv that is not negative");
    const double variance = std::log1p(cv * cv);
    return make(Kind::lognormal, std::log(mean) - variance / 2, std::sqrt(variance));
}

Distribution Distribution::exponential(double mean) {
    require(mean > 0, "an exponential needs a positive mean");
    return make(Kind::exponential, mean, 0);
}

Distribution Distribution::uniform(double low, double high) {
    require(low >= 0 && high >= low, "a uniform needs 0 <= low <= high");
    return make(Kind::uniform, low, high);
}

Distribution Distribution::normal(double mean, double sd) {
    require(mean >= 0 && sd >= 0, "a normal needs a mean and a standard deviation that are not negative");
    return make(Kind::normal, mean, sd);
}

Distribution Distribution::normal_p50_p95(double p50, double p95) {
    require(p95 >= p50, "a normal needs p50 <= p95");
    return normal(p50, (p95 - p50) / kZ95);
}

Distribution Distribution::gamma(double shape, double scale) {
    require(shape > 0 && scale > 0, "a gamma needs a positive shape and scale");
    return make(Kind::gamma, shape, scale);
}

Distribution Distribution::gamma_mean_cv(double mean, double cv) {
    require(mean > 0 && cv > 0, "a gamma needs a positive mean and cv");
    return gamma(1 / (cv * cv), mean * cv * cv);
}

Distribution Distribution::weibull(double shape, double scale) {
    require(shape > 0 && scale > 0, "a weibull needs a positive shape and scale");
    return make(Kind::weibull, shape, scale);
}

Distribution Distribution::weibull_p50_p95(double p50, double p95) {
    require(p50 > 0 && p95 > p50, "a weibull needs 0 < p50 < p95");
    // 1 - F(x) = exp(-(x / scale)^shape), solved at both quantiles.
    const double shape = std::log(std::log(20.0) / std::numbers::ln2) / std::log(p95 / p50);
    return weibull(shape, p50 / std::pow(std::numbers::ln2, 1 / shape));
}

Distribution Distribution::empirical(std::vector<double> values) {
    require(!values.empty(), "an empirical one needs at least one value");
    require(std::all_of(values.begin(), values.end(), [](double v) { return v >= 0; }), "a value is negative");
    std::sort(values.begin(), values.end());
    Distribution out;
    out.kind = Kind::empirical;
    out.sample = std::make_shared<const std::vector<double>>(std::move(values));
    return out;
}

double Distribution::quantile(double u) const {
    switch (kind) {
        case Kind::constant:
            return scale * a;
        case Kind::lognormal:
            return scale * std::exp(a + b * standard_normal_quantile(u));
        case Kind::exponential:
            return scale * -a * std::log1p(-u);
        case Kind::uniform:
            return scale * (a + u * (b - a));
        case Kind::normal:
            return scale * std::max(0.0, a + b * standard_normal_quantile(u));
        case Kind::gamma:
            return scale * b * boost::math::gamma_p_inv(a, u, PlainMath());
        case Kind::weibull:
            return scale * b * std::pow(-std::log1p(-u), 1 / a);
        case Kind::empirical:
            return sample && !sample->empty() ? scale * empirical_quantile(*sample, u) : 0;
    }
    return 0;
}

double Distribution::mean() const {
    switch (kind) {
        case Kind::constant:
        case Kind::exponential:
            return scale * a;
        case Kind::lognormal:
            return scale * std::exp(a + b * b / 2);
        case Kind::uniform:
            return scale * (a + b) / 2;
        case Kind::normal:
            return scale * cut_normal(a, b).mean;
        case Kind::gamma:
            return scale * a * b;
        case Kind::weibull:
            return scale * b * std::tgamma(1 + 1 / a);
        case Kind::empirical:
            if (!sample || sample->empty()) return 0;
            return scale * std::accumulate(sample->begin(), sample->end(), 0.0) / static_cast<double>(sample->size());
    }
    return 0;
}

double Distribution::cv() const {
    const auto from_moments = [](Moments m) {
        return m.mean > 0 ? std::sqrt(std::max(0.0, m.second - m.mean * m.mean)) / m.mean : 0.0;
    };
    switch (kind) {
        case Kind::constant:
            return 0;
        case Kind::lognormal:
            return std::sqrt(std::expm1(b * b));
        case Kind::exponential:
            return 1;
        case Kind::uniform:
            return a + b > 0 ? (b - a) / std::sqrt(12.0) / ((a + b) / 2) : 0;
        case Kind::normal:
            return from_moments(cut_normal(a, b));
        case Kind::gamma:
            return 1 / std::sqrt(a);
        case Kind::weibull:
            return from_moments({std::tgamma(1 + 1 / a), std::tgamma(1 + 2 / a)});
        case Kind::empirical: {
            if (!sample || sample->empty()) return 0;
            const double m = mean() / scale;
            double squares = 0;  // around the mean: no cancellation
            for (const double v : *sample) squares += (v - m) * (v - m);
            return m > 0 ? std::sqrt(squares / static_cast<double>(sample->size())) / m : 0;
        }
    }
    return 0;
}

std::string Distribution::describe() const {
    switch (kind) {
        case Kind::constant:
            return fmt::format("{:.6g} s", scale * a);
        case Kind::lognormal:
            return fmt::format("lognormal, median {:.6g} s, sigma {:.4g}", scale * std::exp(a), b);
        case Kind::exponential:
            return fmt::format("exponential, mean {:.6g} s", scale * a);
        case Kind::uniform:
            return fmt::format("uniform, {:.6g} s to {:.6g} s", scale * a, scale * b);
        case Kind::normal:
            return fmt::format("normal, mean {:.6g} s, sd {:.6g} s, cut at 0", scale * a, scale * b);
        case Kind::gamma:
            return fmt::format("gamma, mean {:.6g} s, cv {:.4g}", mean(), cv());
        case Kind::weibull:
            return fmt::format("weibull, shape {:.4g}, scale {:.6g} s", a, scale * b);
        case Kind::empirical:
            return fmt::format("empirical, {} values, median {:.6g} s", sample ? sample->size() : 0, quantile(0.5));
    }
    return {};
}

}  // namespace gatesim
