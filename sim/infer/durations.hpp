// How long the runs of a job take.
#pragma once

#include <optional>
#include <vector>

#include "import/records.hpp"
#include "infer/drift.hpp"
#include "infer/lognormal.hpp"
#include "infer/training.hpp"

namespace gatesim::infer {

/// The runs of one job, by what they say of its length.
struct JobRuns {
    std::vector<const import::Run*> passed;   ///< their length is known
    std::vector<const import::Run*> failed;   ///< failure or timeout
    std::vector<const import::Run*> stopped;  ///< cancelled, superseded or unfinished: it would have been longer
    std::size_t superseded = 0, lost = 0;     ///< of them superseded; without a result
    std::size_t skipped = 0, never_started = 0;
    std::size_t inherited = 0;  ///< a later attempt that begins before it was asked for: a copy of the one before
    std::size_t executed() const { return passed.size() + failed.size() + stopped.size() + lost; }
};

/// By the number of the job's name in `texts`.
std::vector<JobRuns> runs_by_job(const import::Records& records);

/// Kaplan and Meier's survival curve of lengths, stopped ones among them. Sorted by time.
struct Survival {
    std::vector<double> times, survival, variance;  ///< after each length that is known; Greenwood's variance sum
    /// The length that a share of all does not exceed: the longest known one where the curve does not come so far.
    double quantile(double share) const;
    /// The median with the interval of Brookmeyer and Crowley (1982), on the scale log(-log S).
    Value median(std::size_t known) const;
};
Survival survival_of(const std::vector<Length>& lengths);

struct Durations {
    std::vector<Length> lengths;    ///< s, successes and stopped ones
    std::optional<LogNormal> law;   ///< nothing with fewer than two successes
    std::vector<double> empirical;  ///< s, sorted: what a file of durations holds; empty: the law is used
    Value median;                   ///< s, of the empirical law if there is one
    bool informative = false;       ///< more than a fifth was superseded: what was stopped was not stopped by chance
    /// Length of failures over the median of successes; nothing with fewer than ten.
    std::optional<Value> failure_share;
    /// Failures take 0.8 to 1.25 times as long as successes: then they count as lengths. If they were left out, those
    /// that were stopped, some of which would have failed, would weigh too much.
    bool with_failures = false;
};

/// Lengths of up to a second are taken as between 1 ms and 1 s: forges round. `end`: until when stopped runs without an
/// end ran. Empirical from 30 successes on; stopped runs give way to longer ones as in Survival.
/// With a drift lengths are over what their time has: as they would be where its scale is 1.
Durations durations_of(const JobRuns& runs, Moment end, const Drift* drift = nullptr);

}  // namespace gatesim::infer
