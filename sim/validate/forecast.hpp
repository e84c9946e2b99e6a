// What a model says of every stay, from many replications, and two models that anybody could make up.
#pragma once

#include <string>
#include <vector>

#include "study/stay_list.hpp"
#include "validate/record.hpp"

namespace gatesim::validate {

/// A model's answer: what the queue was like at each instant, when each stay ended, and how.
struct Forecast {
    std::vector<double> queue;            ///< by instant: the median over replications
    std::vector<double> low, high;        ///< by instant: 90 % of replications lie between; empty = no band
    std::vector<Time> left;               ///< by stay: the median departure; kNever: in most it did not leave
    std::vector<Time> left_lo, left_hi;   ///< by stay: 90 % of replications lie between; empty = no band
    std::vector<double> ejected;          ///< by stay: the share of replications that eject it; empty = not said
    std::vector<std::vector<Time>> stay;  ///< by replication: lengths of stays, by stay; kNever: no end
};

/// Of replications, each with one simulated stay for every real one. A stay that a replication does not have counts as
/// one without an end.
Forecast forecast_of(const Record& record, const std::vector<SimulatedStays>& replications);

/// Everybody stays equally long: the median of those that left in training time.
Forecast constant_stay(const Record& record, const Spans& train);

/// Everybody stays as long as somebody of the training time did, and nobody waits for anybody (M/G/inf): the queue is
/// the sum of the shares that are still there.
Forecast free_stays(const Record& record, const Spans& train);

/// The value below which a share of them lies, between the two nearest; 0 of none.
double quantile_of(std::vector<double> values, double share);

}  // namespace gatesim::validate
