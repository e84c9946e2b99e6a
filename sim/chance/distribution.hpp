// Distributions of durations and other positive quantities, sampled from one keyed uniform draw each.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gatesim {

/// A distribution of a non-negative quantity (for durations: seconds). A plain value: copying is cheap.
///
/// Sampling inverts the distribution function at one uniform number, so that a change of a parameter moves every sample
/// smoothly (common random numbers stay synchronised) and every sample costs exactly one draw.
struct Distribution {
    enum class Kind : std::uint8_t { constant, lognormal, exponential, uniform, normal, gamma, weibull, empirical };

    Kind kind = Kind::constant;
    double a = 0;      ///< constant: value; lognormal: mu of ln; exponential: mean; uniform: low; normal: mean; gamma,
                       ///< weibull: shape
    double b = 0;      ///< lognormal: sigma of ln; uniform: high; normal: sd; gamma, weibull: scale
    double scale = 1;  ///< multiplies every sample
    std::shared_ptr<const std::vector<double>> sample;  ///< empirical: sorted values

    // One constructor for every form a scenario can write. Values that make no distribution throw
    // std::invalid_argument.
    static Distribution constant(double value);
    static Distribution lognormal(double median, double sigma);
    static Distribution lognormal_p50_p95(double p50, double p95);
    static Distribution lognormal_mean_cv(double mean, double cv);
    static Distribution exponential(double mean);
    static Distribution uniform(double low, double high);
    static Distribution normal(double mean, double sd);  ///< what lies below 0 counts as 0; mean() and cv() say so
    static Distribution normal_p50_p95(double p50, double p95);
    static Distribution gamma(double shape, double scale);
    static Distribution gamma_mean_cv(double mean, double cv);
    static Distribution weibull(double shape, double scale);
    static Distribution weibull_p50_p95(double p50, double p95);
    static Distribution empirical(std::vector<double> values);  ///< in any order

    /// The value below which a share `u` of the distribution lies, 0 < u < 1; never negative. Empirical: the step
    /// function.
    double quantile(double u) const;

    double mean() const;
    double cv() const;  ///< standard deviation over mean; 0 for a constant

    /// "lognormal, median 133 s, sigma 0.6" for `describe`.
    std::string describe() const;

    bool is_zero() const { return kind == Kind::constant && a * scale == 0; }
};

/// The standard normal's quantile, 0 < u < 1.
double standard_normal_quantile(double u);

}  // namespace gatesim
