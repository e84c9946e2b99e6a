// What the runners of recorded cases share: lines of JSON in and out, and times as the records write them.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>

#include "model/time.hpp"

namespace gatesim {

/// Whole seconds as whole numbers.
nlohmann::ordered_json number(Time time);

/// The main of NAME --jsonl: one scenario of a case a line on standard input, one result a line on standard output.
/// Lines that hold a whole case ({"scenario": ...}) are accepted, too. A scenario that cannot be run gives {"error":
/// ...}.
int answer_lines(const char* name, int argc, char** argv,
                 const std::function<nlohmann::ordered_json(const nlohmann::ordered_json&)>& run);

}  // namespace gatesim
