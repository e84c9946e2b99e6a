// How sure a number is: confidence intervals over replications, and numbers printed with the digits that those support.
#pragma once

#include <algorithm>
#include <cmath>
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
    std::optional<double> low;   ///< nothing if the interval cannot be had (n < 2)
    std::optional<double> high;
    std::size_t n = 0;
    bool none_seen = false;  ///< a count or a share that stayed 0: `high` is a one-sided bound
    bool alike = false;      ///< the same in all n, and nothing says how far another may be: no interval
    double unseen = 0;       ///< if alike: the share of all replications that may differ all the same
};

/// Whether the value of a replication depends on luck at all, as far as that can be known. `none`: no replication asked
/// for luck, so all replications there could be are the same one.
enum class Chance { some, none };

/// With n replications alike, the share of all replications that may differ, at that level: 1 - (1 - level)^(1/n).
double may_differ(std::size_t n, double level);

/// Student's t over replication means, two-sided. Values without spread give an interval without width, which is true
/// only of values that cannot vary, and of skewed ones it is too low too often: mean_interval is for what luck decides.
/// Still in use for counts that come in bursts (poisson_interval), and in tests as what is improved upon.
Estimate student_interval(const std::vector<std::optional<double>>& values, double level = kLevel);

/// The interval of a mean over replications, two-sided, of values that may be skewed. Of Student's interval and Hall's
/// (P. Hall, "On the removal of skewness by transformation", J. R. Statist. Soc. B 54, 1992, 221-228: a cubic that
/// takes the skewness out of t) the ends that lie farther out, none more than 1 + c times as far as Student's. The
/// sample's skewness counts c = 1.2 + 8/n times (2 times up to n = 10), because few values show too little of a tail.
/// Mirrored values get the mirrored interval; symmetric ones get Student's and a little more. What it covers:
/// sim/TRUST.md.
///
/// What was never or hardly seen is bounded too. If all values are the same, `alike` is set and there is no interval.
/// If most are the same and few differ, the share that differs gets its exact interval (Clopper and Pearson), and the
/// result reaches as far as that share, each as far off as those seen.
/// `scale` is the size of what the values were computed from: what only rounding tells apart is the same.
Estimate mean_interval(const std::vector<std::optional<double>>& values, double level = kLevel, double scale = 0);

/// The share of values that are so, each 1 (so) or 0, with its exact interval (Clopper and Pearson).
Estimate truth_interval(const std::vector<std::optional<double>>& values, double level = kLevel);

/// Exact Poisson interval (Garwood) for the mean of counts of rare events; if none was seen, the one-sided bound, about
/// 3/n. Counts that vary more between replications than Poisson's may (they come in bursts) get Student's interval
/// where that is wider.
Estimate poisson_interval(const std::vector<std::optional<double>>& counts);

/// Without what cannot be, for quantities that are never negative: an end below 0, or of a share one above 1.
Estimate possible(Estimate estimate, const std::string& unit);

/// The interval that suits the metric: Poisson's for counts of rare events, else mean_interval. A share that is the
/// same in all replications is bounded: those that may differ lie between 0 and 1. `chance` none: no width at all.
Estimate estimate(const Metric& metric, const std::vector<std::optional<double>>& values, Chance chance = Chance::some);

/// Whether an interval reaches so much farther on one side of the mean than on the other that one half does not tell
/// it: it is printed by its ends.
inline bool is_lopsided(double below, double above) {
    return std::abs(above - below) > 0.2 * std::max(below, above);
}

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
/// "undefined" without a value; "0 (below 0.15)" for an event that was never seen; "228 changes in all 20" if they are
/// alike.
std::string text(const Estimate& estimate, const std::string& unit);

/// "4.2 h": one value, three significant digits.
std::string text(double value, const std::string& unit);

}  // namespace gatesim
