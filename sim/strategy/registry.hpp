// The strategies there are. Each registers itself from its own file; `list`, `describe`, the schema, the loader, the
// property tests and `compare` all read this one table.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/parameter.hpp"
#include "model/scenario.hpp"
#include "strategy/strategy.hpp"

namespace gatesim {

struct StrategyEntry {
    StrategyDescription description;
    /// Makes one from the values that differ from the defaults; names and ranges were checked before.
    std::unique_ptr<Strategy> (*make)(const ParameterValues& values) = nullptr;
    /// Finds on this machine what the values name (a program), `folder` being the scenario's, and writes down where it
    /// is. What is missing, empty if nothing. nullptr: it needs nothing.
    std::string (*find)(ParameterValues& values, const std::string& folder) = nullptr;
};

/// Adds an entry; called before main. Returns true, so that a namespace-scope constant can hold the call.
bool register_strategy(StrategyEntry entry);

/// Adds a preset: a name for a strategy with some parameters set. May run before its strategy is registered.
bool register_preset(const std::string& name, const std::string& of, const std::string& summary,
                     ParameterValues values);

/// All strategies and presets, by name.
std::vector<StrategyDescription> strategy_descriptions();

/// The strategy or preset of that name.
std::optional<StrategyDescription> find_strategy(const std::string& name);

/// What a person means by "NAME" or by "NAME:TEXT", which sets the strategy's text parameter.
StrategyChoice choice_of(const std::string& text);

/// Whether there is such a strategy, and everything it must be told is told. Empty, or what is wrong.
std::string problem_of(const StrategyChoice& choice);

/// Before a run: finds what the choice names outside of gatesim (StrategyEntry::find). Empty, or what is missing.
std::string find_outside(StrategyChoice& choice, const std::string& folder);

/// The strategy a scenario chose; a preset's values come first, the choice's own override them. nullptr if the name is
/// unknown.
std::unique_ptr<Strategy> make_strategy(const StrategyChoice& choice);

/// From this step of the timeline on: what the choice goes by then.
void take_step(StrategyChoice& choice, const TimelineStep& step);

/// What the pipeline's strategy permits itself at some time of the run, whatever the timeline makes it go by: what was
/// tested under one permission may land when it has been taken back.
Relaxations relaxations_in(const Scenario& scenario, PipelineId pipeline);

}  // namespace gatesim
