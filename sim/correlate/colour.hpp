// Lines of a build by weight: how much more failed builds show them than passed ones. What a page colours.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "correlate/fingerprint.hpp"

namespace gatesim::correlate {

struct ColouredLine {
    std::string layer, text;
    double weight = 0;         ///< log odds of failed against passed; 0 = may be chance
    int fingerprint = -1;      ///< whose pattern it matches
    std::size_t left_out = 0;  ///< lines left out before it
};

class Colours {
public:
    Colours(const std::vector<Feature>& features, const std::vector<double>& weight,
            const std::vector<std::string>& layers, const std::vector<Fingerprint>& fingerprints);
    ~Colours();

    /// The suspicious lines of a build with two of their neighbours on each side, at most `most`.
    std::vector<ColouredLine> excerpt(Logs& logs, const LayerRule& rule, std::uint32_t build, std::size_t most) const;

private:
    struct Known;
    std::vector<std::unique_ptr<Known>> known_;
};

}  // namespace gatesim::correlate
