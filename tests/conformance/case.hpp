// A recorded conformance case: its scenario translated into ours, its result in the words of the record.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "model/scenario.hpp"

namespace gatesim {

/// Translates the scenario of a case. Numbers become seconds. Throws std::runtime_error with what is wrong.
Scenario scenario_of_case(const nlohmann::ordered_json& scenario);

/// Runs it on the heap through the code that every run uses and tells what happened: changes, reports, merged, builds,
/// windows, and `stuck` with the changes that nothing would ever move again.
nlohmann::ordered_json run_case(const nlohmann::ordered_json& scenario);

}  // namespace gatesim
