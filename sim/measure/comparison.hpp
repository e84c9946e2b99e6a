// Two arms on the same luck: differences replication by replication, how sure they are, and what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/interval.hpp"
#include "measure/metric.hpp"

namespace gatesim {

/// What a difference means. `higher` and `lower` are for metrics of which neither way is better.
enum class Verdict { better, worse, higher, lower, negligible, undecided };

/// "better" and so on, as in compare.json.
const char* verdict_text(Verdict verdict);

/// An arm minus the baseline.
struct Difference {
    std::optional<double> mean;  ///< nothing if no replication has both values
    std::optional<double> low;   ///< nothing with fewer than two
    std::optional<double> high;
    std::size_t n = 0;       ///< replications in which both values are defined
    bool alike = false;      ///< the same in all n, and nothing bounds what another may show: no interval
    double unseen = 0;       ///< if alike: the share of all replications that may differ all the same
    bool none_seen = false;  ///< rare events, and never a difference: low and high are the bound of what may be hidden
    Verdict verdict = Verdict::undecided;
    /// What common luck is worth: the variance that the difference would have if each had its own, over the one that it
    /// has; so many times the replications would be needed for the same interval. Nothing if the latter is zero, or
    /// with fewer than three replications.
    std::optional<double> pairing = std::nullopt;
};

/// The values of one metric, by replication; nothing = undefined there.
using Series = std::vector<std::optional<double>>;

/// a - b, replication by replication.
Series paired(const Series& a, const Series& b);

/// The confidence that one interval needs so that all of them hold at once with `level` (Bonferroni): `comparisons`
/// intervals, computed at each of `looks` looks.
double simultaneous_level(double level, std::size_t comparisons, std::size_t looks);

/// The paired difference with its interval of that level (mean_interval), and its verdict:
/// - negligible: the whole interval lies within ± matters x |the baseline's mean|;
/// - better, worse: the whole interval lies on one side of zero, and the mean difference matters;
/// - undecided: everything else, and whatever has no interval.
/// A difference that is the same in all replications proves nothing about others: shares get the bound that they lie
/// between 0 and 1, rare events that never differed -ln(1 - level)/n, and everything else is undecided. Only where no
/// luck can make a difference (`chance` none) it is known.
Difference difference(const Metric& metric, const Series& arm, const Series& baseline, double level, double matters,
                      Chance chance = Chance::some);

/// Whether half the width of its interval is at most `precision` of the baseline's mean, or of the difference itself
/// where that is larger. What is undefined in the arm or in the baseline cannot become more precise: true.
bool is_precise(const Difference& difference, const Series& baseline, double precision);

/// After how many replications to look whether they suffice: `least`, twice, four times … as many, at last `most`.
/// Fixed beforehand, so that the error can be spent over the looks.
std::vector<std::uint32_t> looks(std::uint32_t least, std::uint32_t most);

}  // namespace gatesim
