// Where a steady state begins: the rule MSER-5 (White 1997; found the best of 44 by Hoad, Robinson and Davies 2010).
#pragma once

#include <cstddef>
#include <vector>

namespace gatesim {

/// Means of a series in batches of this many.
inline constexpr std::size_t kMserBatch = 5;

struct Truncation {
    std::size_t cut = 0;  ///< how many values at the beginning are warm-up; a multiple of kMserBatch
    bool found = true;    ///< false: the best cut lies in the second half, so the series is too short to tell
};

/// Cuts where the mean of what is left has the smallest estimated error: the cut d that minimises
/// sum over the batches i >= d of (Y_i - mean of those)^2 / (n - d)^2, where Y are means of five values each. The last
/// five batches are never all that is left. On ties the earliest cut.
Truncation mser5(const std::vector<double>& series);

/// How long a system remembers, in values of its series: the integrated autocorrelation time 1 + 2 sum of r_k, with the
/// autocovariances of all `runs` (of one length) about their common mean averaged, summed in pairs up to the first pair
/// that is not positive (Geyer 1992). 1 for values without memory; 0 for runs without spread.
double memory_of(const std::vector<std::vector<double>>& runs);

/// So many times as long as the memory is the least that is left out at the beginning. An empty queue with a load of
/// 0.8 to 0.9 is then within 2 % of one standard deviation of a replication; MSER-5 alone often cuts nothing there,
/// because what a few replications show of the beginning is lost in their noise.
inline constexpr double kMemories = 2;

/// Of so many runs; three, as it was once, know too little of the memory.
inline constexpr unsigned kWarmupRuns = 10;

/// The first of these runs is this replication: no study measures one of that number. A warm-up that is chosen by the
/// runs that are measured after it cuts away what was high in them by chance, and their mean is too low.
inline constexpr unsigned kFirstWarmupRun = 1000000001;

/// The warm-up of runs of one system with different luck: the longer of MSER-5 on their average and kMemories times the
/// memory. Not found if one of the two says that the series is too short: MSER-5's cut lies in its second half, or the
/// other one is more than a quarter of it.
Truncation warmup_cut(const std::vector<std::vector<double>>& runs);

}  // namespace gatesim
