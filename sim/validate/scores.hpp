// How near a forecast comes to what happened, in one stretch of time.
#pragma once

#include <string>
#include <vector>

#include "validate/forecast.hpp"

namespace gatesim::validate {

/// Figures of one part of the time: instants in it, and stays that ended in it.
struct Scores {
    std::size_t instants = 0, departures = 0;
    double queue_seen = 0, queue_said = 0;  ///< means over the instants
    double queue_mae = 0;                   ///< mean distance of the median curve
    double bias = 0;                        ///< said minus seen, mean
    double correlation = 0;                 ///< of the two curves; 0 if one of them is flat
    double band_cover = 0, band_width = 0;  ///< share of the instants inside the 90 % band, and its mean width
    double within_30min = 0;                ///< share whose median departure is at most 30 min outside [lo, hi]
    double interval_met = 0;                ///< share whose [lo, hi] meets the model's 90 % interval
    double interval_width = 0;              ///< median width of that interval, seconds
    double lateness = 0;                    ///< median of said minus the middle of [lo, hi], seconds
    double ejected_seen = 0, ejected_said = 0;
    double brier = 0, brier_rate = 0;  ///< of the ejections; of who always says the rate of the training time
    double stay_p50_seen = 0, stay_p50_said = 0;  ///< seconds
    double stay_p90_seen = 0, stay_p90_said = 0;
    double landed_a_day_seen = 0, landed_a_day_said = 0;
};

/// `rate`: the share of ejections in training time, for brier_rate.
Scores score(const Record& record, const Forecast& forecast, const Spans& part, double rate);

/// Share of the stays that ended there which were ejected.
double ejection_rate(const Record& record, const Spans& part);

/// What a prediction takes: nearer than the better trivial model by this share, and so many instants inside the band.
inline constexpr double kBetterBy = 0.25, kCovered = 0.85;

enum class Verdict {
    no_better,  ///< a trivial model is as near to the queue in test time
    explains,   ///< nearer than both trivial models
    predicts,   ///< nearer by a quarter at least, and the band holds at least 85 % of the instants
};

const char* verdict_name(Verdict verdict);  ///< "does not beat the trivial model", "explains", "predicts"

/// By the test time.
Verdict judge(const Scores& model, double trivial_mae);

}  // namespace gatesim::validate
