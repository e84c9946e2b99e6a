#include "infer/durations.hpp"

#include <algorithm>
#include <cmath>

#include "infer/statistics.hpp"
#include "measure/ranks.hpp"

namespace gatesim::infer {

namespace {

using import::Run;
using import::RunResult;

constexpr std::size_t kEmpirical = 30;
constexpr std::size_t kFewFailures = 10;

Length length_of(Moment from, Moment to) {
    const double s = seconds(to - from);
    return s >= 1 ? Length{s, s} : Length{0.001, 1};
}

/// Of a run that ended.
Length length_of(const Run& r) {
    if (r.ended_width == 0) return length_of(r.started, r.ended);
    const double low = std::max(0.001, seconds(r.ended_lo() - r.started));
    return {low, std::max(low, seconds(r.ended_hi() - r.started))};
}

double middle_of(const Length& l) {
    return l.exact() ? l.low : (l.low + l.high) / 2;
}

/// As many values as there were successes, at least 100 where some were stopped, evenly over the survival curve.
std::vector<double> sample_of(const std::vector<Length>& lengths, std::size_t known) {
    std::vector<double> out;
    if (known == lengths.size()) {
        for (const Length& l : lengths) out.push_back(middle_of(l));
        std::sort(out.begin(), out.end());
        return out;
    }
    const Survival curve = survival_of(lengths);
    const std::size_t n = std::max<std::size_t>(known, 100);
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(curve.quantile((static_cast<double>(i) + 0.5) / static_cast<double>(n)));
    return out;
}

}  // namespace

std::vector<JobRuns> runs_by_job(const import::Records& records) {
    std::vector<JobRuns> out(records.texts.size());
    for (const Run& r : records.runs) {
        JobRuns& job = out[r.job];
        const Moment asked = r.created != kNever ? r.created : r.queued;
        if (r.result == RunResult::skipped)
            ++job.skipped;
        else if (r.started == kNever)
            ++job.never_started;
        else if (r.attempt > 1 && asked != kNever && r.started < asked)
            ++job.inherited;
        else if (r.result == RunResult::no_result)
            ++job.lost;
        else if (r.result == RunResult::cancelled || r.result == RunResult::superseded ||
                 r.result == RunResult::unfinished || r.ended == kNever) {
            job.stopped.push_back(&r);
            job.superseded += r.result == RunResult::superseded ? 1 : 0;
        } else
            (r.result == RunResult::success ? job.passed : job.failed).push_back(&r);
    }
    return out;
}

Survival survival_of(const std::vector<Length>& lengths) {
    std::vector<std::pair<double, bool>> all;  // time, and whether it was stopped then; ends come first
    for (const Length& l : lengths) {
        const bool stopped = !std::isfinite(l.high);
        all.emplace_back(stopped ? l.low : middle_of(l), stopped);
    }
    std::sort(all.begin(), all.end());
    Survival out;
    double left = 1, variance = 0;
    for (std::size_t i = 0; i < all.size();) {
        const auto at_risk = static_cast<double>(all.size() - i);
        double ended = 0;
        std::size_t j = i;
        for (; j < all.size() && all[j].first == all[i].first; ++j) ended += all[j].second ? 0 : 1;
        if (ended > 0) {
            left *= 1 - ended / at_risk;
            if (at_risk > ended) variance += ended / (at_risk * (at_risk - ended));
            out.times.push_back(all[i].first);
            out.survival.push_back(left);
            out.variance.push_back(variance);
        }
        i = j;
    }
    return out;
}

double Survival::quantile(double share) const {
    for (std::size_t i = 0; i < times.size(); ++i)
        if (survival[i] <= 1 - share + 1e-12) return times[i];
    return times.back();
}

Value Survival::median(std::size_t known) const {
    Value out{quantile(0.5), std::nullopt, std::nullopt, known};
    const double half = std::log(-std::log(0.5));
    for (std::size_t i = 0; i < times.size(); ++i) {
        const double s = survival[i];
        if (s <= 0 || s >= 1 || variance[i] <= 0) continue;
        const double spread = std::sqrt(variance[i]) / std::abs(std::log(s));
        const double off = (std::log(-std::log(s)) - half) / spread;
        if (off >= -kZ && !out.low) out.low = times[i];
        if (off > kZ && !out.high) out.high = times[i];
    }
    return out;
}

/// How long failures are, over the median of successes.
std::optional<Value> failure_share(const JobRuns& runs, double median) {
    if (runs.failed.size() < kFewFailures || median <= 0) return std::nullopt;
    std::vector<Length> shares;
    for (const Run* r : runs.failed) {
        const double s = std::max(0.5, seconds(r->ended - r->started)) / median;
        shares.push_back({s, s});
    }
    return survival_of(shares).median(shares.size());
}

Durations durations_of(const JobRuns& runs, Moment end, const Drift* drift) {
    Durations out;
    const auto add = [&](Moment from, const Length& length) {
        const double scale = drift ? drift->scale_at(from) : 1;
        out.lengths.push_back({length.low / scale, length.high / scale});
    };
    for (const Run* r : runs.passed) add(r->started, length_of(*r));
    if (!out.lengths.empty()) {
        std::vector<double> known;
        for (const Length& l : out.lengths) known.push_back(middle_of(l));
        std::sort(known.begin(), known.end());
        out.failure_share = failure_share(runs, nearest_rank(known, 50));
    }
    out.with_failures = out.failure_share && out.failure_share->value > 0.8 && out.failure_share->value < 1.25;
    if (out.with_failures)
        for (const Run* r : runs.failed) add(r->started, length_of(*r));
    const std::size_t known = out.lengths.size();
    for (const Run* r : runs.stopped) {
        const double s = seconds((r->ended != kNever ? r->ended : end) - r->started);
        if (s > 0) add(r->started, {s, std::numeric_limits<double>::infinity()});
    }
    out.law = fit_lognormal(out.lengths);
    out.informative = static_cast<double>(runs.superseded) > 0.2 * static_cast<double>(runs.executed());
    if (known >= kEmpirical) {
        out.empirical = sample_of(out.lengths, known);
        out.median = survival_of(out.lengths).median(known);
    } else if (out.law) {
        out.median = out.law->median;
    }
    return out;
}

}  // namespace gatesim::infer
