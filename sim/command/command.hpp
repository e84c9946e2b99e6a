// The commands there are. Each registers itself from its own file; `help`, `list` and the dispatcher read this one
// table.
#pragma once

#include <string>
#include <vector>

#include "command/option.hpp"

namespace gatesim {

/// Exit codes, the same for every command.
enum Exit : int {
    kFine = 0,
    kMissed = 1,      ///< it ran, and an expectation failed
    kUsage = 2,       ///< the command line or the scenario is wrong
    kBroken = 3,      ///< a strategy broke the contract of the gate, and nothing else
    kUnreadable = 4,  ///< cannot read or write, out of memory, a worker was killed, or a mistake of gatesim itself
    kInterrupted = 130,
};

struct Command {
    std::string name;
    std::string summary;                ///< one line
    std::string help;                   ///< a paragraph or two
    std::vector<std::string> examples;  ///< what comes after the program's name
    std::vector<Positional> positionals;
    std::vector<Option> options;  ///< without the global ones
    int (*run)(const Arguments& arguments) = nullptr;
};

/// Adds a command; called before main. Returns true, so that a namespace-scope constant can hold the call.
bool register_command(Command command);

/// All, in the order a newcomer should meet them.
std::vector<Command> commands();
const Command* find_command(const std::string& name);

/// Options every command has.
const std::vector<Option>& global_options();

/// The page of `help COMMAND`.
std::string help_text(const Command& command);
/// The short page without a command.
std::string overview_text();

/// Says "gatesim run: PROBLEM" and where to look on stderr. Returns kUsage.
int usage_error(const std::string& command, const std::string& problem);

}  // namespace gatesim
