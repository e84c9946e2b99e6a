// A recorded case of Tide or bors-ng: its scenario translated into ours, its result in the words of the record.
#pragma once

#include <nlohmann/json.hpp>

#include "model/scenario.hpp"

namespace gatesim {

/// Which of the two a scenario is of; by its keys.
bool is_tide_case(const nlohmann::ordered_json& scenario);

/// Translates the scenario of a case. Throws std::runtime_error with what is wrong.
Scenario scenario_of_gate_case(const nlohmann::ordered_json& scenario);

/// Runs it on the heap through the code that every run uses: tests, landed, ejected.
nlohmann::ordered_json run_gate_case(const nlohmann::ordered_json& scenario);

/// The three lists, each sorted: the order of rows of one instant is no part of a result.
nlohmann::json comparable(const nlohmann::ordered_json& result);

}  // namespace gatesim
