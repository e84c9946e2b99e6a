// From features to causes: which lines belong to failures that are nobody's own, which of them are only symptoms that
// several causes share, and a small set that explains as many failures as can be.
#pragma once

#include <string>
#include <vector>

#include "correlate/factor.hpp"
#include "correlate/runs.hpp"
#include "correlate/vocabulary.hpp"

namespace gatesim::correlate {

struct Rules {
    double false_share = 0.05;   ///< of the candidates that are taken for associated with failure
    double most_passed = 0.02;   ///< share of a fingerprint's hits in passed builds
    std::size_t least_hits = 3;  ///< failed builds, of as many changes
};

/// A line, or two lines or a line and an attribute, that tell a cause.
struct Cause {
    std::vector<std::uint32_t> features;        ///< all of them
    std::vector<std::uint32_t> alike;           ///< others that say the same of nearly the same builds
    std::vector<std::uint32_t> failed, passed;  ///< builds that show all of it
    bool has_filter = false;
    Attribute filter = Attribute::job;
    std::uint32_t filter_value = 0;
    double log_p = 0;
    Evidence evidence;
    Factor factor;
};

struct Found {
    std::vector<Cause> causes;        ///< in the order in which they are to be tried on a build
    std::vector<double> weight;       ///< of each feature: log odds of failed against passed, 0 if it may be chance
    std::size_t tested = 0;           ///< features
    std::size_t associated = 0;       ///< that are discoveries
    std::size_t own = 0, shared = 0;  ///< left out: the author's; symptoms of several causes
};

Found find_causes(const Runs& runs, const std::vector<Feature>& features, const Rules& rules);

}  // namespace gatesim::correlate
