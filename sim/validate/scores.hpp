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
    /// How far the lengths of single stays are off: the mean CRPS of their logarithms, of all replications' lengths
    /// against the real one. 0.1 is about a tenth of the length. It rewards a narrow forecast that is right, and one
    /// stay of a day does not outweigh a hundred of minutes.
    double length_crps = 0;
    std::vector<std::pair<Time, double>> crps_each;  ///< when each stay left, and its part in that
};

/// The mean distance of what was said from what was seen, less half the mean distance of two of the said values from
/// each other: 0 if all say the truth. Fair: it does not depend on how many there are.
double crps(std::vector<double> said, double seen);

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

/// Whether hardly ever anybody waits: then a model that says "nobody" is right about the queue, and its length tells
/// nothing about a model. What can be judged is how long single stays last.
bool mostly_empty(const Scores& test);
/// How much nearer one is to the lengths than the other (difference of length_crps; positive: `a` is nearer), with the
/// half width of its 95 % interval. Stays of one day share their weather, so a day counts as one value.
struct Gain {
    double value = 0, half_width = 0;
};
Gain gain(const Scores& a, const Scores& b);
/// Of such a queue, against the better of the trivial models: nearer by more than chance explains; and to predict, by a
/// quarter, with the 90 % interval of departures in place of the band.
Verdict judge_stays(const Scores& model, const Scores& trivial);

}  // namespace gatesim::validate
