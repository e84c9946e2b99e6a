// What validate found, as text and as one document.
#pragma once

#include <string>
#include <vector>

#include "validate/residuals.hpp"
#include "validate/scores.hpp"

namespace gatesim {

/// The same figures in training time and in test time.
struct BothParts {
    validate::Scores train, test;
};

/// A strategy or a setting of one, as the finder ranks it.
struct Tried {
    std::string label;
    BothParts scores;
};

struct ValidateReport {
    std::string folder, scenario;
    std::uint64_t seed = 1;
    std::size_t replications = 0;
    const validate::Record& record;
    validate::Spans train, test;
    validate::Forecast forecast;  ///< the model's
    BothParts model, constant, free;
    double builds = 0, node_hours = 0, tests_per_stay = 0;  ///< means over replications
    std::vector<validate::Slice> days, hours, worst;        ///< of the test time
    std::vector<Tried> tried;                               ///< nearest in training time first
    validate::Verdict verdict = validate::Verdict::no_better;
    std::string again;

    double trivial_mae(bool test) const;  ///< of the better of the two trivial models
    const validate::Scores& trivial_lengths()
        const;  ///< in test time, of the trivial model nearer to the lengths of stays
};

std::string validate_text(const ValidateReport& report);
std::string validate_json(const ValidateReport& report);
/// The two curves, and the model's band, as SVG.
std::string validate_picture(const ValidateReport& report);

}  // namespace gatesim
