#include "validate/scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace gatesim::validate {

namespace {

constexpr Time kNear = 30 * kMinute;
constexpr double kEmpty = 0.5;
constexpr double kTwoSided95 = 1.959963984540054;

double mean(double sum, std::size_t n) {
    return n == 0 ? 0 : sum / static_cast<double>(n);
}

double length_of(const Spans& part, Time end) {
    Time sum = 0;
    for (const Span& span : part.list) sum += std::max<Time>(0, std::min(span.to, end) - std::max<Time>(span.from, 0));
    return static_cast<double>(sum);
}

void score_queue(const Record& record, const Forecast& forecast, const Spans& part, Scores& out) {
    double seen = 0, said = 0, seen2 = 0, said2 = 0, both = 0, far = 0, inside = 0, width = 0;
    const std::vector<double> queue = record.queue();
    for (std::size_t k = 0; k < record.instants.size(); ++k) {
        if (!part.holds(record.instants[k])) continue;
        ++out.instants;
        const double x = forecast.queue[k], y = queue[k];
        seen += y, said += x, seen2 += y * y, said2 += x * x, both += x * y, far += std::abs(x - y);
        if (forecast.low.empty()) continue;
        inside += y >= forecast.low[k] && y <= forecast.high[k] ? 1 : 0;
        width += forecast.high[k] - forecast.low[k];
    }
    const std::size_t n = out.instants;
    out.queue_seen = mean(seen, n);
    out.queue_said = mean(said, n);
    out.queue_mae = mean(far, n);
    out.bias = out.queue_said - out.queue_seen;
    const double vx = mean(said2, n) - out.queue_said * out.queue_said;
    const double vy = mean(seen2, n) - out.queue_seen * out.queue_seen;
    if (vx > 1e-9 && vy > 1e-9)
        out.correlation = (mean(both, n) - out.queue_said * out.queue_seen) / std::sqrt(vx * vy);
    out.band_cover = mean(inside, n);
    out.band_width = mean(width, n);
}

void score_departures(const Record& record, const Forecast& forecast, const Spans& part, Scores& out) {
    double near = 0, met = 0;
    std::vector<double> late, widths;
    for (std::size_t i = 0; i < record.stays.size(); ++i) {
        const Stay& stay = record.stays[i];
        if (!stay.gone() || !part.holds(stay.left())) continue;
        ++out.departures;
        const Time said = std::min(forecast.left[i], kLongest);
        near += said >= stay.left_lo - kNear && said <= stay.left_hi + kNear ? 1 : 0;
        late.push_back(seconds(said - stay.left()));
        if (forecast.left_lo.empty()) continue;
        const Time high = std::min(forecast.left_hi[i], kLongest);
        met += forecast.left_lo[i] <= stay.left_hi && high >= stay.left_lo ? 1 : 0;
        widths.push_back(seconds(high - std::min(forecast.left_lo[i], kLongest)));
    }
    out.within_30min = mean(near, out.departures);
    out.interval_met = mean(met, out.departures);
    out.interval_width = quantile_of(widths, 0.5);
    out.lateness = quantile_of(late, 0.5);
}

double log_length(Time length) {
    return std::log(std::max(1.0, seconds(length)));
}

void score_lengths(const Record& record, const Forecast& forecast, const Spans& part, Scores& out) {
    double sum = 0;
    for (std::size_t i = 0; i < record.stays.size(); ++i) {
        const Stay& stay = record.stays[i];
        if (!stay.gone() || !part.holds(stay.left())) continue;
        const Time longest =
            std::max<Time>(record.length - stay.enqueued, 0);  // who does not leave is there at the end
        std::vector<double> said;
        for (const auto& lengths : forecast.stay) said.push_back(log_length(std::min(lengths[i], longest)));
        if (said.empty()) said.push_back(log_length(std::min(forecast.left[i] - stay.enqueued, longest)));
        out.crps_each.emplace_back(stay.left(), crps(std::move(said), log_length(stay.left() - stay.enqueued)));
        sum += out.crps_each.back().second;
    }
    out.length_crps = mean(sum, out.crps_each.size());
}

void score_ends(const Record& record, const Forecast& forecast, const Spans& part, double rate, Scores& out) {
    std::vector<double> seen, said;
    double landed = 0, landed_said = 0;
    for (std::size_t i = 0; i < record.stays.size(); ++i) {
        const Stay& stay = record.stays[i];
        if (!stay.gone() || !part.holds(stay.left())) continue;
        seen.push_back(seconds(stay.left() - stay.enqueued));
        landed += stay.landed ? 1 : 0;
        out.ejected_seen += stay.ejected ? 1 : 0;
        const double chance = forecast.ejected.empty() ? rate : forecast.ejected[i];
        out.ejected_said += chance;
        out.brier += std::pow(chance - (stay.ejected ? 1 : 0), 2);
        out.brier_rate += std::pow(rate - (stay.ejected ? 1 : 0), 2);
        for (const auto& lengths : forecast.stay)
            if (lengths[i] != kNever) said.push_back(seconds(lengths[i]));
        if (forecast.stay.empty()) said.push_back(seconds(forecast.left[i] - stay.enqueued));
        landed_said += 1 - chance;
    }
    for (double* sum : {&out.ejected_seen, &out.ejected_said, &out.brier, &out.brier_rate})
        *sum = mean(*sum, seen.size());
    out.stay_p50_seen = quantile_of(seen, 0.5);
    out.stay_p90_seen = quantile_of(seen, 0.9);
    out.stay_p50_said = quantile_of(said, 0.5);
    out.stay_p90_said = quantile_of(said, 0.9);
    const double days = length_of(part, record.length) / static_cast<double>(kDay);
    if (days > 0) out.landed_a_day_seen = landed / days, out.landed_a_day_said = landed_said / days;
}

}  // namespace

double crps(std::vector<double> said, double seen) {
    if (said.empty()) return 0;
    std::sort(said.begin(), said.end());
    const auto n = static_cast<double>(said.size());
    double far = 0, apart = 0;
    for (std::size_t i = 0; i < said.size(); ++i) {
        far += std::abs(said[i] - seen);
        apart += said[i] * (2 * static_cast<double>(i) - n + 1);  // the sum over all pairs of a sorted list
    }
    return far / n - (said.size() > 1 ? apart / (n * (n - 1)) : 0);
}

double ejection_rate(const Record& record, const Spans& part) {
    std::size_t all = 0, ejected = 0;
    for (const Stay& stay : record.stays) {
        if (!stay.gone() || !part.holds(stay.left())) continue;
        ++all;
        ejected += stay.ejected ? 1 : 0;
    }
    return mean(static_cast<double>(ejected), all);
}

Scores score(const Record& record, const Forecast& forecast, const Spans& part, double rate) {
    Scores out;
    score_queue(record, forecast, part, out);
    score_departures(record, forecast, part, out);
    score_ends(record, forecast, part, rate, out);
    score_lengths(record, forecast, part, out);
    return out;
}

const char* verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::predicts:
            return "predicts";
        case Verdict::explains:
            return "explains";
        default:
            return "does not beat the trivial model";
    }
}

Verdict judge(const Scores& model, double trivial_mae) {
    if (model.queue_mae >= trivial_mae) return Verdict::no_better;
    const bool well = model.queue_mae <= (1 - kBetterBy) * trivial_mae && model.band_cover >= kCovered;
    return well ? Verdict::predicts : Verdict::explains;
}

bool mostly_empty(const Scores& test) {
    return test.queue_seen < kEmpty;
}

Gain gain(const Scores& a, const Scores& b) {
    std::map<Time, double> days;
    for (const auto& [left, crps] : a.crps_each) days[left / kDay] -= crps;
    for (const auto& [left, crps] : b.crps_each) days[left / kDay] += crps;
    const auto stays = static_cast<double>(a.crps_each.size()), n = static_cast<double>(days.size());
    if (n < 2) return {b.length_crps - a.length_crps, std::numeric_limits<double>::infinity()};
    const double value = b.length_crps - a.length_crps, a_day = value * stays / n;
    double squares = 0;
    for (const auto& [day, sum] : days) squares += (sum - a_day) * (sum - a_day);
    return {value, kTwoSided95 * std::sqrt(squares * n / (n - 1)) / stays};
}

Verdict judge_stays(const Scores& model, const Scores& trivial) {
    const Gain nearer = gain(model, trivial);
    if (nearer.value <= nearer.half_width) return Verdict::no_better;
    const bool well = nearer.value >= kBetterBy * trivial.length_crps && model.interval_met >= kCovered;
    return well ? Verdict::predicts : Verdict::explains;
}

}  // namespace gatesim::validate
