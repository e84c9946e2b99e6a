// What validate found, as text and as one document.
#pragma once

#include <string>
#include <vector>

#include "validate/scores.hpp"
#include "validate/special.hpp"

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
    std::string title = {}, notes = {};  ///< what the scenario says of itself
    std::uint64_t seed = 1;
    std::size_t replications = 0;
    const validate::Record& record;
    validate::Spans train = {}, test = {};
    validate::Forecast forecast = {};  ///< the model's
    validate::Forecast constant_forecast = {}, free_forecast = {};
    BothParts model = {}, constant = {}, free = {};
    double builds = 0, node_hours = 0, tests_per_stay = 0;           ///< means over replications
    std::vector<validate::Slice> days = {}, hours = {}, worst = {};  ///< of the test time
    std::vector<validate::Special> special = {};                     ///< of each of the worst
    std::vector<Tried> tried = {};                                   ///< nearest in training time first
    validate::Verdict verdict = validate::Verdict::no_better;
    std::string again = {};

    double trivial_mae(bool test) const;  ///< of the better of the two trivial models
    bool constant_is_better() const;      ///< in test time, of these two
    const validate::Scores& trivial_lengths()
        const;  ///< in test time, of the trivial model nearer to the lengths of stays
};

std::string validate_text(const ValidateReport& report);
std::string validate_json(const ValidateReport& report);
/// What was seen, the model with its band, and the better trivial model, as SVG.
std::string validate_picture(const ValidateReport& report);
/// All of it as one page.
std::string validate_page(const ValidateReport& report);

}  // namespace gatesim
