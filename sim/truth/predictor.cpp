#include "truth/predictor.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "chance/distribution.hpp"

namespace gatesim {

namespace {

// The logarithm of how much more likely a bad one gives this verdict than a good one. Infinite for a perfect predictor.
double evidence_of_verdict(const Predictor& predictor, bool says_bad) {
    return says_bad ? std::log(predictor.bad_hits / (1 - predictor.good_hits))
                    : std::log((1 - predictor.bad_hits) / predictor.good_hits);
}

double evidence_of_score(double auc, bool bad, double u) {
    // Closer to 1 the distance would grow beyond all bounds, with nothing left to tell apart.
    const double apart = std::numbers::sqrt2 * standard_normal_quantile(std::clamp(auc, 1e-9, 1 - 1e-9));
    const double score = standard_normal_quantile(u) + (bad ? apart : 0);
    return apart * score - apart * apart / 2;
}

}  // namespace

double believed_bad(const Predictor& predictor, bool bad, double base, double u) {
    if (!(base > 0)) return 0;
    if (!(base < 1)) return 1;
    if (predictor.kind == Predictor::Kind::base_rate) return base;
    double evidence = 0;
    if (predictor.kind == Predictor::Kind::hits) {
        evidence = evidence_of_verdict(predictor, bad ? u < predictor.bad_hits : u >= predictor.good_hits);
    } else {
        evidence = evidence_of_score(predictor.auc, bad, u);
    }
    return 1 / (1 + std::exp(-predictor.confidence * (std::log(base / (1 - base)) + evidence)));
}

}  // namespace gatesim
