// When changes come.
#pragma once

#include <array>
#include <vector>

#include "infer/figure.hpp"
#include "infer/training.hpp"

namespace gatesim::infer {

inline constexpr std::size_t kHoursOfWeek = 168;

struct Arrivals {
    Value rate;  ///< per hour
    /// Of each hour of the week, Monday 00:00 UTC first; below two weeks every day is the same, below two days there is
    /// nothing. Shrunk towards the mean of all hours: (c + k mean) / (times + k), where `times` is how often the hour
    /// was seen, with k = 4 below four weeks (or days), else 1.
    std::vector<double> by_hour_of_week;
    bool daily = false;  ///< every day is the same in it
    /// Variance over mean of the hourly counts around the profile; 1 is Poisson, more comes in bursts.
    Value dispersion;
    double weeks = 0;
};

/// `times` in any order; those outside the span do not count.
Arrivals arrivals_of(const std::vector<Moment>& times, const Span& span);

/// The hour of the week of an instant, 0 to 167.
std::size_t hour_of_week(Moment t);

/// Arrivals drawn from the profile over the span: Poisson, or negative binomial by hour where they come in bursts. The
/// same seed gives the same.
std::vector<Moment> draw_arrivals(const Arrivals& arrivals, const Span& span, std::uint64_t seed);

}  // namespace gatesim::infer
