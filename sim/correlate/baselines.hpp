// What people do without correlate, as fingerprints: to be measured beside its own.
#pragma once

#include <string>
#include <vector>

#include "correlate/fingerprint.hpp"

namespace gatesim::correlate {

struct Baseline {
    std::string name;
    std::vector<Fingerprint> fingerprints;
    std::vector<Measured> measured;
};

/// Two, with at most `most` fingerprints each: the lines with an error word that most failed builds show; and the lines
/// with the largest lift, whatever chance, authors and shared symptoms have to do with it.
std::vector<Baseline> baselines(const std::vector<Feature>& features, const std::vector<std::string>& layers,
                                std::size_t most);

}  // namespace gatesim::correlate
