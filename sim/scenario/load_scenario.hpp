// Reading a scenario: from a file, a folder or text to a Scenario with names resolved and units gone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/parameter.hpp"
#include "model/scenario.hpp"
#include "scenario/diagnostic.hpp"

namespace gatesim {

struct LoadOptions {
    std::vector<std::string> sets;                ///< "/pointer=value", in the order of the command line
    std::vector<StrategyDescription> strategies;  ///< what `strategy` may name
    std::vector<std::string> metric_names;        ///< what `expect` may name ("gate_time_s.p95"); empty = anything
};

/// A scenario, or what is wrong with it. Never both, never neither.
struct Loaded {
    std::optional<Scenario> scenario;
    std::vector<Diagnostic> diagnostics;

    /// 0, 2 (the scenario is wrong) or 4 (something cannot be read). What is wrong counts more than what is missing.
    int exit_code() const;
};

/// Loads `path`: a scenario file, or a folder that holds scenario.json. Throws nothing; bad input of any kind ends as
/// diagnostics. Files that the scenario names (extends, distributions) are read, load files only opened and hashed.
Loaded load_scenario(const std::string& path, const LoadOptions& options);

/// Loads text. `name` is the file's name for messages and (without its ending) the scenario's; relative files are
/// looked for in `folder`.
Loaded load_scenario_text(std::string_view text, const std::string& name, const std::string& folder,
                          const LoadOptions& options);

/// Where a value of a scenario stands, for messages about what a scenario comes to.
struct ScenarioPlace {
    std::string where;  ///< "shop.json:3:22", or "--set"
    std::string value;  ///< as JSON text
};

/// Looks `pointer` up in the document at `path`, with what it extends and with `sets`. Nothing if it is not there (its
/// default holds), or if the document cannot be read again.
std::optional<ScenarioPlace> find_in_scenario(const std::string& path, const std::vector<std::string>& sets,
                                              const std::string& pointer);

/// Reads a strategy as the command line gives it: "zuul", or an object as text ({"name": "zuul", "window": 5}).
/// Nothing when it is wrong; then `diagnostics` says why.
std::optional<StrategyChoice> read_strategy(std::string_view text, const std::vector<StrategyDescription>& strategies,
                                            std::vector<Diagnostic>& diagnostics);

}  // namespace gatesim
