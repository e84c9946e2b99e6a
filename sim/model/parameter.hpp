// Typed, documented, range-checked parameters: the one table from which the loader, `describe`, the JSON Schema
// and the documentation of a strategy are made.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// What a parameter is written as in a scenario.
enum class ParameterKind {
    count,   ///< a bare whole number
    number,  ///< a bare number
    share,   ///< "2%" (or a bare number from 0 to 1); kept as a fraction
    time,    ///< "45m"; kept as Time
    flag,    ///< true or false
    choice,  ///< one of `choices`
    text,    ///< any text; a strategy has at most one, and "NAME:TEXT" sets it
};

/// A parameter's value. count and time are int64_t, number and share double, flag bool, choice and text string.
using ParameterValue = std::variant<std::int64_t, double, bool, std::string>;

/// One parameter of a strategy, as its author documents it.
struct Parameter {
    std::string name;                  ///< as in the scenario: snake_case
    ParameterKind kind;                ///< decides how the value is read and printed
    ParameterValue value;              ///< the default
    double low = 0;                    ///< smallest allowed (count, number, share; microseconds for time)
    double high = 1e18;                ///< largest allowed
    std::vector<std::string> choices;  ///< for kind choice, in the order to print
    std::string help;                  ///< one sentence: what it does, and what its extremes mean
    /// A main parameter, of which a strategy has one or two: the values that `compare --tune` chooses among, the
    /// default one of them. Empty: any other. They say how much or how many; what a strategy promises they leave alone.
    std::vector<ParameterValue> tries = {};
};

/// Values by name, in the order of the strategy's table; only what differs from the default need be present.
using ParameterValues = std::vector<std::pair<std::string, ParameterValue>>;

/// What `list`, `describe`, the loader and the schema need to know of a strategy, without its code.
struct StrategyDescription {
    std::string name;                      ///< as in the scenario: "zuul", "serial"
    std::string summary;                   ///< one sentence for `list`
    std::string help;                      ///< a paragraph for `describe`: rule, source, when to use it, counter-policy
    std::string preset_of;                 ///< for a preset: the strategy it configures; else empty
    ParameterValues preset_values;         ///< for a preset: what it sets
    std::vector<std::string> relaxations;  ///< declared departures from soundness; empty for most
    std::vector<Parameter> parameters;     ///< in the order to print (a preset repeats its strategy's)
};

/// A strategy as a scenario asks for it.
struct StrategyChoice {
    std::string name = "zuul";
    ParameterValues values;
};

}  // namespace gatesim
