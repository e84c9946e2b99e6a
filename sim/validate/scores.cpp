#include "validate/scores.hpp"

#include <algorithm>
#include <cmath>

namespace gatesim::validate {

namespace {

constexpr Time kNear = 30 * kMinute;

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

}  // namespace gatesim::validate
