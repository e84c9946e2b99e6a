// Strategies of the tests' own, one parameter of every kind, so that what is tested of the loader does not move with
// the real ones.
#pragma once

#include <vector>

#include "model/parameter.hpp"
#include "model/time.hpp"

namespace gatesim::testing {

inline std::vector<StrategyDescription> strategies() {
    StrategyDescription zuul;
    zuul.name = "zuul";
    zuul.summary = "a gate";
    zuul.parameters = {
        {"window",
         ParameterKind::count,
         std::int64_t{20},
         0,
         1000,
         {},
         "How many changes are tested at once; 0 = all."},
        {"factor", ParameterKind::number, 2.0, 1, 10, {}, "By how much the window shrinks."},
        {"bypass", ParameterKind::share, 0.0, 0, 0.5, {}, "Share that lands untested."},
        {"patience",
         ParameterKind::time,
         std::int64_t{0},
         0,
         static_cast<double>(kDay),
         {},
         "How long a change waits for company."},
        {"eager", ParameterKind::flag, false, 0, 0, {}, "Whether builds start early."},
        {"on_failure",
         ParameterKind::choice,
         std::string("nearest"),
         0,
         0,
         {"nearest", "cancel-behind"},
         "What a failure does."},
    };
    StrategyDescription serial;
    serial.name = "serial";
    serial.summary = "one at a time";
    StrategyDescription preset = zuul;
    preset.name = "zuul-wide";
    preset.summary = "everything at once";
    preset.preset_of = "zuul";
    preset.preset_values = {{"window", std::int64_t{0}}, {"eager", true}};
    return {serial, zuul, preset};
}

}  // namespace gatesim::testing
