// validate for a record of which only uploads and landings are known.
#pragma once

#include <string>

#include "command/command.hpp"
#include "model/scenario.hpp"
#include "validate/landings.hpp"

namespace gatesim {

/// What it found.
struct LandingsReport {
    std::string folder, scenario, again;
    std::uint64_t seed = 1;
    std::size_t replications = 0;
    const validate::Record& record;
    const validate::Spans &train, &test;
    Time gate = 0;          ///< how long a change was in the simulated gate, median: what the waits were fitted with
    std::size_t waits = 0;  ///< landings of the training time that the waits are from
    struct Part {
        validate::LandingScores model, hours, free;
    };
    Part in_train, in_test;
    validate::Verdict verdict = validate::Verdict::no_better;
};

/// Draws when changes were approved, for each replication anew, runs the scenario on it, and weighs what lands. The
/// exit code; what went wrong has been printed.
int validate_landings(const Arguments& arguments, const Scenario& stated, LandingsReport report);

std::string landings_text(const LandingsReport& report);
std::string landings_json(const LandingsReport& report);

}  // namespace gatesim
