// How sure a number is: confidence intervals over replications, and numbers printed with the digits that those support.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/metric.hpp"

namespace gatesim {

/// The confidence of every interval printed.
inline constexpr double kLevel = 0.95;

/// A mean over replications with its interval. Undefined values (nothing) do not count; n is how many did.
struct Estimate {
    std::optional<double> mean;  ///< nothing if n = 0
    std::optional<double> low;   ///< nothing if the interval can not be had (n < 2)
    std::optional<double> high;
    std::size_t n = 0;
    bool none_seen = false;  ///< a count that stayed 0: `high` is a one-sided bound
};

/// Student's t over replication means, two-sided.
Estimate student_interval(const std::vector<std::optional<double>>& values, double level = kLevel);

/// Exact Poisson interval (Garwood) for the mean of counts of rare events; if none was seen, the one-sided bound, about
/// 3/n. Counts that vary more between replications than Poisson's may (they come in bursts) get Student's interval
/// where that is wider.
Estimate poisson_interval(const std::vector<std::optional<double>>& counts);

/// The interval that suits the metric.
Estimate estimate(const Metric& metric, const std::vector<std::optional<double>>& values);

/// Decimals that an uncertainty supports: it keeps one significant digit, two if the first is a 1. Between 0 and 9, or
/// negative when even the last whole digits are noise (-2: hundreds).
int decimals_for(double uncertainty);

/// `value` rounded to that many decimals ("1200" for 1234 and -2), never "-0".
std::string fixed(double value, int decimals);

/// A unit to print in: seconds as s, min, h or d by size, shares as %.
struct PrintUnit {
    std::string text;
    double divisor = 1;
};
PrintUnit print_unit(const std::string& unit, double size);

/// "4.2 h ± 0.3": an estimate with the digits its interval supports; three significant ones without an interval;
/// "undefined" without a value; "0 (below 0.15)" for an event that was never seen.
std::string text(const Estimate& estimate, const std::string& unit);

/// "4.2 h": one value, three significant digits.
std::string text(double value, const std::string& unit);

}  // namespace gatesim
