// What validate is asked: the record, the scenario on it, training and test time.
#pragma once

#include <optional>
#include <string>

#include "command/option.hpp"
#include "command/scenario_input.hpp"
#include "validate/record.hpp"

namespace gatesim {

/// The scenario with its load replaced by the record of `folder`: every stay enters when it did, and who waited at the
/// start waits there. `own` are values for it alone. Nothing if something is wrong, which then has been printed.
std::optional<Scenario> load_on_record(const std::string& path, const std::string& folder, Time origin,
                                       const Arguments& arguments, const std::vector<TypedSet>& own, int& exit_code);

/// Training and test time. Without either the first half of the record trains; what is not training is test.
/// Empty, or what is wrong with the options.
std::string read_parts(const Arguments& arguments, const validate::Record& record, validate::Spans& train,
                       validate::Spans& test);

/// What a scenario says of itself under "notes"; empty = nothing.
std::string notes_of(const Scenario& scenario);

}  // namespace gatesim
