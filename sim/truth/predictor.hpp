// A predictor of stated quality: what it believes of something that is good or bad.
//
// Accuracy alone is no model: 97 % right at a base rate of 90 % says nothing about which class the mistakes are in. So
// a predictor is given either by its hit rates in both classes, or by its AUC (two normal scores of equal variance,
// apart by sqrt(2) times the normal quantile of the AUC). In both cases it turns what it saw into the posterior
// probability under the true base rate, that is, it is calibrated; `confidence` then multiplies the log odds.
#pragma once

#include "model/scenario.hpp"

namespace gatesim {

/// What it believes the probability of `bad` to be, when `base` is the probability that anybody would name and `u` the
/// draw (0 < u < 1) that decides how well it sees. A base of 0 or 1 leaves nothing to learn.
double believed_bad(const Predictor& predictor, bool bad, double base, double u);

}  // namespace gatesim
