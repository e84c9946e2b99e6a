// How commands get their scenario: from a file or folder, with --strategy and --set applied, errors printed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/option.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// Options that several commands have, for their tables. `usual` is the engine that is taken if none is named.
Option set_option();
Option strategy_option();
Option jobs_option();
Option engine_option(const std::string& usual);

/// Loads what `path` names; nothing if something is wrong, which then has been printed, and `exit_code` is set.
std::optional<Scenario> load_input(const std::string& path, const Arguments& arguments, int& exit_code);

/// "/pointer=value", and the option at which it was typed: what is wrong with it is said of that option.
struct TypedSet {
    std::string option, set;
};

/// Loads what `path` names with these values applied, in order.
std::optional<Scenario> load_with_sets(const std::string& path, const std::vector<TypedSet>& sets, int& exit_code);

/// What is wrong with a strategy that was typed, with what may have been meant; empty = nothing that can be seen here
/// (an object, and exec:PROGRAM, are looked at by the loader).
std::string fault_of_strategy(const std::string& typed);

/// Loads the resolved scenario of a run directory. Relative files are looked for in `folder`.
std::optional<Scenario> load_resolved(const std::string& text, const std::string& name, const std::string& folder,
                                      int& exit_code);

/// The folder that holds scenarios/: the current one, or the source tree the program was built in. Empty if there is
/// none.
std::string scenarios_folder();

}  // namespace gatesim
